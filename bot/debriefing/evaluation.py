# ruff: noqa: E501 - patterns are read whole, one to a line
"""How well notes are drawn from messages: precision, recall and F1 per field against gold records.

Notes are paired by account, values by field. Names agree when one contains the other or they are spelled alike
(ratio >= 80); texts agree when their characters are alike (ratio >= 55) or one holds the other and is not twice as
long again; a commitment must also name the same actor, a budget the same amount, a timeline the same day.
Run as `python -m bot.debriefing.evaluation FILE` for what is drawn without a chat model.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.debriefing.evidence import quoted
from bot.domain.visit import VisitNote, pointers_of
from bot.domain.visit_json import note_from_json

TEXT_ALIKE, NAME_ALIKE = 55.0, 80.0
NOT_CONTENT = frozenset({"account", "visit_date", "sentiment", "stage"})
FIELDS = (
    "account", "visit_date", "contacts", "needs", "pains", "objections", "competitors", "budget", "authority", "timeline",
    "decision_process", "decision_criteria", "champion", "commitments", "stage", "sentiment",
)  # fmt: skip

NotesOf = Callable[[str, date], Sequence[VisitNote]]


@dataclass(frozen=True, slots=True)
class Case:
    """One message with the notes it should give."""

    id: str
    text: str
    reference: date
    notes: tuple[VisitNote, ...]


@dataclass(slots=True)
class Tally:
    """Counts of one evaluation: hits, misses and extras per field, exact values right and wrong, invented values."""

    hits: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    exact_tried: Counter[str] = field(default_factory=Counter)
    values: int = 0
    invented: int = 0
    cases: int = 0

    def figures(self) -> dict[str, object]:
        """Precision, recall and F1 per field and over all, shares of exact values right, share of invented values."""
        content = [name for name in FIELDS if name not in NOT_CONTENT]
        return {
            "cases": self.cases,
            "micro": self._score(FIELDS),
            "content": self._score(content),
            "fields": {name: self._score([name]) for name in FIELDS},
            "right_among_found": {
                name: [self.exact[name], self.exact_tried[name]] for name in sorted(self.exact_tried)
            },
            "invented": [self.invented, self.values],
        }

    def _score(self, names: Iterable[str]) -> dict[str, float]:
        chosen = list(names)
        hits, given, wanted = (sum(counts[name] for name in chosen) for counts in (self.hits, self.given, self.wanted))
        precision, recall = hits / given if given else 0.0, hits / wanted if wanted else 0.0
        f1 = 2 * hits / (given + wanted) if given + wanted else 0.0
        return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "wanted": wanted}


def cases_in(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON-lines file: id, text, reference_date and the notes wanted."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return tuple(
        Case(
            str(row["id"]),
            row["text"],
            date.fromisoformat(row["reference_date"]),
            tuple(note_from_json(n) for n in row["notes"]),
        )
        for row in rows
    )


def evaluate(cases: Iterable[Case], notes_of: NotesOf) -> Tally:
    """The tally of what `notes_of` gives for each case."""
    tally = Tally()
    for case in cases:
        given = tuple(notes_of(case.text, case.reference))
        tally.cases += 1
        for note in given:
            pointers = pointers_of(note)
            tally.values += len(pointers)
            tally.invented += sum(1 for one in pointers if not quoted(note.evidence.get(one, ""), case.text))
        for made, gold in _paired(given, case.notes):
            _count(tally, made, gold)
    return tally


def alike(one: str, other: str) -> bool:
    """True where two texts say the same by their characters."""
    from rapidfuzz import fuzz

    left, right = _plain(one), _plain(other)
    if not left or not right:
        return False
    held = (left in right or right in left) and max(len(left), len(right)) <= 3 * min(len(left), len(right))
    return held or fuzz.ratio(left, right) >= TEXT_ALIKE


def alike_share(one: str, other: str) -> float:
    """From 0 to 100 how much two texts have in common; 100 where one holds the other."""
    from rapidfuzz import fuzz

    left, right = _plain(one), _plain(other)
    if not left or not right:
        return 0.0
    return 100.0 if left in right or right in left else fuzz.ratio(left, right)


def same_name(one: str | None, other: str | None) -> bool:
    """True where two names mean the same person or firm by spelling."""
    from rapidfuzz import fuzz

    left, right = _plain(one or ""), _plain(other or "")
    return bool(left and right) and (left in right or right in left or fuzz.ratio(left, right) >= NAME_ALIKE)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _paired(given: Sequence[VisitNote], wanted: Sequence[VisitNote]) -> list[tuple[VisitNote | None, VisitNote | None]]:
    left, pairs = list(given), []
    for gold in wanted:
        made = next(
            (note for note in left if same_name(note.account, gold.account) or note.account == gold.account), None
        )
        if made is None and len(given) == len(wanted) == 1:
            made = given[0]
        if made is not None:
            left.remove(made)
        pairs.append((made, gold))
    return [*pairs, *((note, None) for note in left)]


def _count(tally: Tally, made: VisitNote | None, gold: VisitNote | None) -> None:
    for name in FIELDS:
        have, want = _values(made, name), _values(gold, name)
        tally.given[name] += len(have)
        tally.wanted[name] += len(want)
        for one in have:
            match = next((other for other in want if _agree(name, one, other)), None)
            if match is not None:
                want.remove(match)
                tally.hits[name] += 1
                _count_exact(tally, name, one, match)
    if made and gold and made.visit_date and gold.visit_date:
        _exact(tally, "visit_date", made.visit_date == gold.visit_date)
    if made and gold and made.timeline and gold.timeline and made.timeline.date:
        _exact(tally, "timeline_date", made.timeline.date == gold.timeline.date)
    if made and gold and made.budget and made.budget.amount_cny is not None:
        _exact(tally, "amount", gold.budget is not None and made.budget.amount_cny == gold.budget.amount_cny)


def _values(note: VisitNote | None, name: str) -> list[object]:
    value = getattr(note, name) if note else None
    if value is None:
        return []
    return list(value) if isinstance(value, tuple) else [value]


def _agree(name: str, one: object, other: object) -> bool:
    if name in ("visit_date", "stage", "sentiment"):
        return one == other
    if name == "contacts":
        return same_name(_part(one, "name"), _part(other, "name"))
    if name in ("account", "competitors"):
        return same_name(str(one), str(other))
    if name == "budget":
        amounts = getattr(one, "amount_cny", None), getattr(other, "amount_cny", None)
        return amounts[0] == amounts[1] and (amounts[0] is not None or alike(_part(one, "text"), _part(other, "text")))
    if name == "timeline":
        return getattr(one, "date", None) == getattr(other, "date", None) and (
            getattr(one, "date", None) is not None or alike(_part(one, "text"), _part(other, "text"))
        )
    if name == "commitments":
        return getattr(one, "who", None) == getattr(other, "who", None) and alike(
            _part(one, "action"), _part(other, "action")
        )
    return alike(_part(one, "text"), _part(other, "text"))


def _part(value: object, name: str) -> str:
    return str(getattr(value, name, value))


def _count_exact(tally: Tally, name: str, one: object, other: object) -> None:
    if name == "commitments" and getattr(one, "due", None):
        _exact(tally, "due", getattr(one, "due", None) == getattr(other, "due", None))
    for field_name, part in (("contacts", "role"), ("contacts", "title"), ("objections", "kind"), ("budget", "status")):
        if name == field_name:
            _exact(tally, f"{field_name}.{part}", getattr(one, part) == getattr(other, part))


def _exact(tally: Tally, name: str, right: bool) -> None:
    tally.exact_tried[name] += 1
    tally.exact[name] += int(right)


def lines_of(figures: Mapping[str, object]) -> list[str]:
    """The figures as short lines for a terminal."""
    return [json.dumps({name: value}, ensure_ascii=False) for name, value in figures.items()]


def _main(path: str) -> None:
    from bot.debriefing.extraction import notes_from
    from bot.debriefing.reading_sense import reading_sense
    from knowledge.sentence_embedder import SentenceEmbedder

    sense = reading_sense(SentenceEmbedder())
    tally = evaluate(cases_in(Path(path)), lambda text, reference: notes_from(text, reference=reference, sense=sense))
    sys.stdout.write("\n".join(lines_of(tally.figures())) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1])
