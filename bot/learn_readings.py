"""Learns what clauses and notes say: `python -m bot.learn_readings CASES…` reads labelled ones and writes the weights.

It learns from `bot/debriefing/examples/<judge>/<label>.txt`, one example a line, and from development cases with gold
records. What is printed is about cases held out while learning.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from bot.debriefing.clauses import Clause, clauses_of
from bot.debriefing.evaluation import Case, alike_share, cases_in, evaluate, same_name
from bot.debriefing.extraction import notes_from, parts_of
from bot.debriefing.proposals import NO_FIELD, Field
from bot.debriefing.reading_sense import WEIGHTS_FILE, Judge, Judges, ReadingSense
from bot.debriefing.reading_signs import clause_signs, note_signs
from bot.domain.visit import Sentiment, Stage, VisitNote
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.softmax_regression import learned_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXAMPLES = "examples"
FOLDS = 5
_TOLD_ON = date(2026, 6, 1)
_SAME = 60.0
"""From here on (0 … 100) the words of a clause are those of a value."""
_FIELDS = {
    "needs": Field.NEED,
    "pains": Field.PAIN,
    "objections": Field.OBJECTION,
    "decision_criteria": Field.CRITERION,
    "authority": Field.AUTHORITY,
    "decision_process": Field.PROCESS,
    "champion": Field.CHAMPION,
    "timeline": Field.TIMELINE,
    "budget": Field.BUDGET,
    "commitments": Field.COMMITMENT,
}
_LABELS = {
    "statement": (NO_FIELD, *_FIELDS.values()),
    "stage": (NO_FIELD, *Stage),
    "mood": tuple(Sentiment),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Rows of one judge, the number of the label of each, and the case each is of, "" for an example."""

    rows: "NDArray[np.float32]"
    wanted: "NDArray[np.int64]"
    case: tuple[str, ...]

    def without(self, fold: int | None) -> "Lesson":
        """What is left when the cases of a fold are held out."""
        kept = [at for at, case in enumerate(self.case) if not case or fold_of(case) != fold]
        return Lesson(self.rows[kept], self.wanted[kept], tuple(self.case[at] for at in kept))


def main(paths: Sequence[str]) -> int:
    """Learns the judges, prints how notes drawn with them do on cases held out, and writes the weights."""
    cases = [case for path in paths for case in cases_in(Path(path))]
    embedder = SentenceEmbedder()
    lessons = lessons_of(cases, embedder)
    sys.stdout.write(f"held out: {json.dumps(held_out(cases, lessons, embedder))}\n")
    write(learned(lessons), embedder.name)
    return 0


def write(judges: Judges, embedder: str) -> None:
    """The judges as the weights that are shipped for this embedder."""
    told = {name: getattr(judges, name).as_json() for name in _LABELS}
    text = json.dumps({"embedder": embedder, "judges": told}, ensure_ascii=False, separators=(",", ":"))
    file = Path(str(files("bot.debriefing").joinpath(WEIGHTS_FILE)))
    file.write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")


def held_out(cases: Sequence[Case], lessons: dict[str, Lesson], embedder: SentenceEmbedder) -> dict[str, object]:
    """The figures of notes each drawn by judges that had not seen the case."""
    senses = [ReadingSense(learned(lessons, fold), embedder) for fold in range(FOLDS)]
    notes = {
        case.text: notes_from(case.text, reference=case.reference, sense=senses[fold_of(case.id)]) for case in cases
    }
    return evaluate(cases, lambda text, _: notes[text]).figures()


def fold_of(case: str) -> int:
    """The fold in which a case is held out."""
    return crc32(case.encode()) % FOLDS


def learned(lessons: dict[str, Lesson], fold: int | None = None) -> Judges:
    """The judges that all lessons make, or all but those of one fold."""
    made = {}
    for name, lesson in lessons.items():
        left = lesson.without(fold)
        counts = np.ones(len(left.case), np.float32)
        made[name] = Judge(_LABELS[name], learned_weights(left.rows, left.wanted, counts))
    return Judges(**made)


def lessons_of(cases: Sequence[Case], embedder: SentenceEmbedder) -> dict[str, Lesson]:
    """What each judge learns from."""
    found: dict[str, list[tuple[NDArray[np.float32], str, str]]] = {name: [] for name in _LABELS}
    for name in _LABELS:
        for clause, label in _examples(name):
            row = (
                clause_signs([clause], embedder, _TOLD_ON)[0] if name == "statement" else note_signs([clause], embedder)
            )
            found[name].append((row, label, ""))
    for case in cases:
        clauses = clauses_of(case.text)
        rows = clause_signs(clauses, embedder, case.reference)
        found["statement"] += [
            (row, _stated(clause, case.notes), case.id) for row, clause in zip(rows, clauses, strict=True)
        ]
        for note, own in _parts(case):
            row = note_signs(own, embedder)
            found["stage"].append((row, note.stage or NO_FIELD, case.id))
            found["mood"].append((row, note.sentiment, case.id))
    return {name: _lesson(name, told) for name, told in found.items()}


def _lesson(name: str, told: Sequence[tuple["NDArray[np.float32]", str, str]]) -> Lesson:
    numbers = np.array([_LABELS[name].index(label) for _, label, _ in told])
    return Lesson(np.stack([row for row, _, _ in told]), numbers, tuple(case for *_, case in told))


def _examples(judge: str) -> Iterator[tuple[Clause, str]]:
    for file in sorted(Path(str(files("bot.debriefing").joinpath(EXAMPLES, judge))).glob("*.txt")):
        label = Stage[file.stem.upper()] if judge == "stage" and file.stem != NO_FIELD else file.stem
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        yield from ((Clause(line, 0, 0), label) for line in lines if line)


def _stated(clause: Clause, notes: Sequence[VisitNote]) -> str:
    """The field of the gold value whose words the clause has most of."""
    likeness = {NO_FIELD: _SAME}
    for note in notes:
        for name, field in _FIELDS.items():
            value = getattr(note, name)
            for one in value if isinstance(value, tuple) else (value,) if value else ():
                text = str(getattr(one, "text", None) or getattr(one, "action", None) or one)
                likeness[field] = max(likeness.get(field, 0.0), alike_share(clause.text, text))
    return max(likeness, key=lambda label: likeness[label])


def _parts(case: Case) -> Iterator[tuple[VisitNote, Sequence[Clause]]]:
    """Each gold note with the clauses that speak of its account."""
    parts = parts_of(case.text)
    for note in case.notes:
        own = [clauses for name, clauses in parts if same_name(name, note.account)]
        if len(case.notes) == 1 or own:
            yield note, own[0] if own else clauses_of(case.text)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
