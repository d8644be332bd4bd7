"""How far the rules agree with labelled talks: `python -m bot.practising.evaluation FILE… [--differences]`.

Each line is the `score` contract's input with a `labels` list, one object per rep turn as in its output.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.practice import Violation
from bot.practising.score_json import score_as_json

Labels = Mapping[str, Any]


@dataclass
class Agreement:
    """Counts of pairs (labelled, found) for one label; None stands for nothing there."""

    name: str
    pairs: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)

    def add(self, labelled: str | None, found: str | None) -> None:
        """One more pair; two Nones count as agreement on absence."""
        self.pairs[labelled, found] += 1

    @property
    def accuracy(self) -> float:
        """Share of equal pairs."""
        return _share(sum(number for (one, two), number in self.pairs.items() if one == two), self.pairs.total())

    @property
    def kappa(self) -> float:
        """Cohen's kappa: agreement beyond what chance would give; 1 when there is nothing to disagree on."""
        total = self.pairs.total()
        rows, columns = Counter[str | None](), Counter[str | None]()
        for (one, two), number in self.pairs.items():
            rows[one] += number
            columns[two] += number
        chance = sum(rows[key] * columns[key] for key in rows) / total**2 if total else 1.0
        return (self.accuracy - chance) / (1 - chance) if chance < 1 else 1.0

    @property
    def f1(self) -> float:
        """The balance of precision and recall over what is there, absence left out."""
        both = sum(number for (one, two), number in self.pairs.items() if one == two and one is not None)
        labelled = sum(number for (one, _), number in self.pairs.items() if one is not None)
        found = sum(number for (_, two), number in self.pairs.items() if two is not None)
        return _share(2 * both, labelled + found)

    def line(self) -> str:
        """One line of the report."""
        counted = sum(number for (one, _), number in self.pairs.items() if one is not None)
        return f"{self.name:32} n={counted:4}  accuracy={self.accuracy:.2f}  kappa={self.kappa:.2f}  F1={self.f1:.2f}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where label and rule disagree."""

    talk: str
    text: str
    label: str
    labelled: str
    found: str

    def __str__(self) -> str:
        return f"{self.talk} {self.label}: labelled {self.labelled}, found {self.found}\n    {self.text}"


class Comparison:
    """Labelled talks against the rules, label by label."""

    def __init__(self) -> None:
        names = ("question found", "spin", "form", "objection seen", "objection quality", "trust_building")
        self._agreements = {
            name: Agreement(name) for name in (*names, "bant_obtained", "closing_commitment", "violation")
        }
        self._agreements |= {violation.value: Agreement(f"  {violation.value}") for violation in Violation}
        self.differences: list[Difference] = []
        self._near = [0, 0]

    def add(self, talk: Mapping[str, Any]) -> None:
        """One talk with its labels."""
        found = {labels["index"]: labels for labels in score_as_json(talk)["turns"]}
        for labelled in talk["labels"]:
            text = talk["turns"][labelled["index"]]["text"]
            self._turn(_Place(str(talk["id"]), text), labelled, found[labelled["index"]])

    def report(self) -> Iterator[str]:
        """The figures, a line each."""
        for agreement in self._agreements.values():
            yield agreement.line()
        yield f"objection quality within one step   {_share(self._near[0], self._near[1]):.2f}"

    def agreement(self, name: str) -> Agreement:
        """The counts of one label."""
        return self._agreements[name]

    def _turn(self, place: "_Place", labelled: Labels, found: Labels) -> None:
        self._questions(place, labelled["questions"], found["questions"])
        self._set(place, "violation", labelled["violations"], found["violations"], [v.value for v in Violation])
        self._set(place, "bant_obtained", labelled["bant_obtained"], found["bant_obtained"], list("BANT"))
        for name in ("trust_building", "closing_commitment"):
            self._pair(place, name, _there(labelled[name]), _there(found[name]))
        one, two = labelled["objection_quality"], found["objection_quality"]
        self._pair(place, "objection seen", _there(one is not None), _there(two is not None))
        if one is not None and two is not None:
            self._pair(place, "objection quality", str(one), str(two))
            self._near[0] += abs(one - two) <= 1
            self._near[1] += 1

    def _questions(self, place: "_Place", labelled: Sequence[Labels], found: Sequence[Labels]) -> None:
        left = list(found)
        for question in labelled:
            match = next((other for other in left if _same(question["text"], other["text"])), None)
            inner = _Place(place.talk, question["text"])
            self._pair(inner, "question found", "yes", None if match is None else "yes")
            if match is not None:
                left.remove(match)
                self._pair(inner, "spin", question["spin"], match["spin"])
                self._pair(inner, "form", question["form"], match["form"])
        for extra in left:
            self._pair(_Place(place.talk, extra["text"]), "question found", None, "yes")

    def _set(self, place: "_Place", name: str, one: Sequence[str], two: Sequence[str], all_of: Sequence[str]) -> None:
        for key in all_of:
            pair = (key if key in one else None, key if key in two else None)
            self._agreements[name].add(*pair)
            if key in self._agreements:
                self._agreements[key].add(*pair)
            if pair[0] != pair[1]:
                self._differ(place, name, *pair)

    def _pair(self, place: "_Place", name: str, one: str | None, two: str | None) -> None:
        self._agreements[name].add(one, two)
        if one != two:
            self._differ(place, name, one, two)

    def _differ(self, place: "_Place", name: str, one: str | None, two: str | None) -> None:
        self.differences.append(Difference(place.talk, place.text, name, str(one), str(two)))


@dataclass(frozen=True, slots=True)
class _Place:
    talk: str
    text: str


def compared(talks: Iterable[Mapping[str, Any]]) -> Comparison:
    """All talks against the rules."""
    comparison = Comparison()
    for talk in talks:
        comparison.add(talk)
    return comparison


def talks_in(*files: Path) -> Iterator[Mapping[str, Any]]:
    """The talks of these files, one JSON object a line."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def main(arguments: Sequence[str]) -> int:
    """Prints the figures, with `--differences` also every disagreement."""
    files = [Path(argument) for argument in arguments if not argument.startswith("--")]
    comparison = compared(talks_in(*files))
    if "--differences" in arguments:
        sys.stdout.writelines(f"{difference}\n" for difference in comparison.differences)
    sys.stdout.writelines(f"{line}\n" for line in comparison.report())
    return 0


def _same(one: str, other: str) -> bool:
    return one.strip() in other or other.strip() in one


def _there(value: bool) -> str | None:
    return "yes" if value else None


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
