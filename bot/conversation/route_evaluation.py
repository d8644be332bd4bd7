"""How often free words reach the right skill: accuracy per set, the share asked back, and every miss."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.coaching.likeness import Likeness, by_words
from bot.conversation.classification import choice_for
from bot.domain.wish import Wish
from bot.ports import Skill

SETS = ("tune", "held")
MONDAY = date(2026, 11, 23)
"""On which day the messages are taken to be said."""


@dataclass(frozen=True, slots=True)
class Case:
    """A message as typed, the skills it may go to (the first is the best), and the accounts of whoever typed it."""

    id: str
    text: str
    skills: tuple[str, ...]
    part: str
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message went: the skill it was given to, or those that were offered."""

    case: Case
    skills: tuple[str, ...]
    is_sure: bool

    @property
    def is_right(self) -> bool:
        """True when it went straight to a right skill."""
        return self.is_sure and self.skills[0] in self.case.skills

    @property
    def is_within_reach(self) -> bool:
        """True when it went to a right skill or one is on the buttons."""
        return self.is_right or (not self.is_sure and bool(set(self.skills) & set(self.case.skills)))


def cases_in(file: Path) -> list[Case]:
    """The cases of a JSON Lines file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(row["id"], row["text"], tuple(row["skill"].split("|")), row["set"], tuple(row.get("accounts", ())))
        for row in rows
    ]


def sent(cases: Sequence[Case], skills: Sequence[Skill], *, default: str, likeness: Likeness = by_words) -> list[Sent]:
    """Every case through the classification; what nobody claims goes to the default, as in the router."""
    found = []
    for case in cases:
        choice = choice_for(Wish(case.text, MONDAY, case.accounts), skills, likeness=likeness)
        names = tuple(skill.name for skill in choice.skills) or (default,)
        found.append(Sent(case, names, choice.is_sure or not choice.skills))
    return found


def lines_of(found: Sequence[Sent]) -> Iterator[str]:
    """The figures of each set, then every message that did not go straight to its skill."""
    for part in SETS:
        of_part = [one for one in found if one.case.part == part]
        if of_part:
            yield (
                f"{part} {len(of_part)}  accuracy {_share(one.is_right for one in of_part):.3f}"
                f"  asked back {_share(not one.is_sure for one in of_part):.3f}"
                f"  right or offered {_share(one.is_within_reach for one in of_part):.3f}"
            )
    for one in found:
        if not one.is_right:
            went = one.skills[0] if one.is_sure else "asked back: " + ", ".join(one.skills)
            yield f"{one.case.part} {one.case.id}: {one.case.text} -> {went} (wanted {' or '.join(one.case.skills)})"


def _share(held: Iterator[bool]) -> float:
    marks = list(held)
    return sum(marks) / len(marks) if marks else 0.0
