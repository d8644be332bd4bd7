"""Measures search against judged questions, beside the usual baselines.

A case is one JSON object: `query`, `style`, `set` (tune or held) and either `relevant` (passages, each named by
hashes of short stretches of its text, so that cases hold no document and survive another way of splitting) or
`entries` (ids of the library); both empty when nothing should be found.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.folding import folded

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.passages import Passage, SearchResults

ANCHOR_LENGTH = 12
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what should be found; `judged` maps ids to grades once the documents are known."""

    id: str
    query: str
    style: str
    held: bool
    anchors: tuple[tuple[frozenset[str], int], ...] = ()
    entries: frozenset[str] = frozenset()

    @property
    def answerable(self) -> bool:
        """Whether anything should be found."""
        return bool(self.anchors or self.entries)


@dataclass(slots=True)
class Score:
    """Sums over questions; read the means by name."""

    count: int = 0
    sums: dict[str, float] = field(default_factory=dict)

    def add(self, found: Sequence[str], grades: Mapping[str, int]) -> None:
        """Takes in the results of one question, best first."""
        gains = [grades.get(one, 0) for one in found[:_DEPTH]]
        ideal = sorted(grades.values(), reverse=True)[:_DEPTH]
        first = next((rank for rank, gain in enumerate(gains, start=1) if gain), None)
        measured = {
            "hit@1": float(first == 1),
            "hit@3": float(first is not None and first <= 3),
            "hit@5": float(first is not None and first <= 5),
            "MRR": 1 / first if first else 0.0,
            "nDCG@10": _discounted(gains) / max(_discounted(ideal), 1e-9),
        }
        self.count += 1
        for name, value in measured.items():
            self.sums[name] = self.sums.get(name, 0.0) + value

    def means(self) -> Mapping[str, float]:
        """Each measure's mean."""
        return {name: total / max(self.count, 1) for name, total in self.sums.items()}


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, one JSON object a line."""
    return [_case(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_questions(path: Path) -> dict[str, list[str]]:
    """Generated questions by the key of the passage's text, a passage a line; none when there is no such file."""
    if not path.exists():
        return {}
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {one["passage"]: one["questions"] for one in found}


def anchors_in(text: str) -> frozenset[str]:
    """The hashes of every short stretch of a text, by which cases name it."""
    bare = _bare(text)
    return frozenset(map(_hashed, (bare[at : at + ANCHOR_LENGTH] for at in range(len(bare) - ANCHOR_LENGTH + 1))))


def anchors_of(text: str) -> list[str]:
    """A few stretches of a passage, spread over it, to name it in a case."""
    bare = _bare(text)
    places = [int(len(bare) * part) for part in (0.25, 0.5, 0.75)]
    return [_hashed(bare[at : at + ANCHOR_LENGTH]) for at in places if at + ANCHOR_LENGTH <= len(bare)]


def grades_for(case: Case, stretches: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Grades by passage id; `stretches` are `anchors_in` every passage. A passage cut in two counts in both parts."""
    grades: dict[str, int] = {}
    for anchors, grade in case.anchors:
        shared = {passage_id: len(anchors & inside) for passage_id, inside in stretches.items()}
        most = max(shared.values(), default=0)
        for passage_id, count in shared.items():
            if count and count == most:
                grades[passage_id] = max(grade, grades.get(passage_id, 0))
    return grades


def shown_ids(results: SearchResults) -> list[str]:
    """The ids found, best first, as cases name them."""
    return [hit.passage.shown_id for hit in results.hits]


def balanced_accuracy(judged: Iterable[tuple[bool, bool]]) -> float:
    """The mean of being right on answerable and on unanswerable questions; pairs of (truth, said)."""
    rates: list[float] = []
    pairs = list(judged)
    for truth in (True, False):
        said = [answer == truth for is_true, answer in pairs if is_true == truth]
        if said:
            rates.append(sum(said) / len(said))
    return sum(rates) / max(len(rates), 1)


def stretches_of(passages: Iterable[Passage]) -> dict[str, frozenset[str]]:
    """What `grades_for` compares with."""
    return {passage.id: anchors_in(passage.text) for passage in passages}


def _discounted(gains: Sequence[int]) -> float:
    return float(sum((2**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1)))


def _case(found: Mapping[str, object]) -> Case:
    relevant = found.get("relevant") or []
    entries = found.get("entries") or []
    assert isinstance(relevant, list)
    assert isinstance(entries, list)
    return Case(
        id=str(found["id"]),
        query=str(found["query"]),
        style=str(found.get("style", "")),
        held=found.get("set") == "held",
        anchors=tuple((frozenset(one["anchors"]), int(one["grade"])) for one in relevant),
        entries=frozenset(map(str, entries)),
    )


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))


def _hashed(stretch: str) -> str:
    return hashlib.sha256(stretch.encode("utf-8", "replace")).hexdigest()[:12]
