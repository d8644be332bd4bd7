"""How well refusals are told from harmless questions: `python -m bot.coaching.evaluation FILE [--split S] [--cues]`."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.coaching.refusals import Declines, refusal_of


@dataclass(frozen=True, slots=True)
class RefusalFigures:
    """Shares of right decisions on labelled questions; `mistakes` name the questions."""

    declined_right: float
    answered_right: float
    kind_right: float
    mistakes: tuple[str, ...]

    @property
    def balanced(self) -> float:
        """Balanced accuracy."""
        return (self.declined_right + self.answered_right) / 2


def refusal_figures(cases: Iterable[Mapping[str, Any]], declines: Declines = refusal_of) -> RefusalFigures:
    """Figures over cases of `question`, `refused` and, where refused, `kind`."""
    rows = [(case, declines(case["question"])) for case in cases]
    wanted = [(case, found) for case, found in rows if case["refused"]]
    harmless = [(case, found) for case, found in rows if not case["refused"]]
    declined = [(case, found) for case, found in wanted if found is not None]
    wrong = [(case, found) for case, found in rows if (found is not None) != case["refused"]]
    return RefusalFigures(
        _share(len(declined), len(wanted)),
        _share(sum(found is None for _, found in harmless), len(harmless)),
        _share(sum(found is not None and found.kind == case["kind"] for case, found in wanted), len(wanted)),
        tuple(f"{case['id']}: {case['question']} -> {found.kind if found else 'answered'}" for case, found in wrong),
    )


def _by_meaning() -> Declines:
    from bot.coaching.refusal_sense import RefusalSense
    from knowledge.sentence_embedder import SentenceEmbedder

    return RefusalSense(SentenceEmbedder())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; `--split NAME` takes only the cases of that split, `--cues` goes without meaning."""
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    if "--split" in arguments:
        split = arguments[arguments.index("--split") + 1]
        cases = [case for case in cases if case["split"] == split]
    figures = refusal_figures(cases, refusal_of if "--cues" in arguments else _by_meaning())
    for mistake in figures.mistakes:
        sys.stderr.write(f"{mistake}\n")
    sys.stdout.write(
        f"cases {len(cases)}  declined {figures.declined_right:.3f}  answered {figures.answered_right:.3f}"
        f"  balanced {figures.balanced:.3f}  kind {figures.kind_right:.3f}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
