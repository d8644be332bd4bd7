"""How often free words reach the right skill: figures per set and per skill, and the misses where they are wanted."""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.coaching.understanding import Understanding
from bot.conversation.classification import choice_for
from bot.domain.wish import Wish
from bot.ports import Skill

MONDAY = date(2026, 11, 23)
"""On which day the messages are taken to be said."""

Decide = Callable[[str, Sequence[Skill]], Awaitable[Skill | None]]
"""Asks a model which of the skills in question some words are for."""


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
    def is_offered(self) -> bool:
        """True when the rep was asked and a right skill is on the buttons."""
        return not self.is_sure and bool(set(self.skills) & set(self.case.skills))

    @property
    def is_wrong(self) -> bool:
        """True when it went straight to a wrong skill."""
        return self.is_sure and not self.is_right


def cases_in(file: Path) -> list[Case]:
    """The cases of a JSON Lines file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(row["id"], row["text"], tuple(row["skill"].split("|")), row["set"], tuple(row.get("accounts", ())))
        for row in rows
    ]


async def sent(
    cases: Sequence[Case], skills: Sequence[Skill], *, understanding: Understanding, decide: Decide | None = None
) -> list[Sent]:
    """Every case through the classification and, where that is unsure, the model."""
    found = []
    for case in cases:
        choice = choice_for(Wish(case.text, MONDAY, case.accounts), skills, understanding=understanding)
        named = await decide(case.text, choice.skills) if decide and not choice.is_sure else None
        names = (named.name,) if named else tuple(skill.name for skill in choice.skills)
        found.append(Sent(case, names, bool(named) or choice.is_sure))
    return found


def lines_of(found: Sequence[Sent]) -> Iterator[str]:
    """The figures of each set as a whole and of each skill in it."""
    for part in dict.fromkeys(one.case.part for one in found):
        of_part = [one for one in found if one.case.part == part]
        yield (
            f"{part} {len(of_part)}  right {_share(one.is_right for one in of_part)}"
            f"  asked with the right button {_share(one.is_offered for one in of_part)}"
            f"  asked without {_share(not one.is_sure and not one.is_offered for one in of_part)}"
            f"  wrong {_share(one.is_wrong for one in of_part)}"
        )
        for skill in sorted({name for one in of_part for name in one.case.skills}):
            sent_there = [one for one in of_part if one.is_sure and one.skills[0] == skill]
            meant = [one for one in of_part if one.case.skills[0] == skill]
            precision, recall = _share(one.is_right for one in sent_there), _share(one.is_right for one in meant)
            yield f"  {skill}: {len(meant)}  precision {precision}  recall {recall}"


def misses_of(found: Sequence[Sent]) -> Iterator[str]:
    """Every message that did not go straight to its skill; not for cases that must stay unseen."""
    for one in found:
        if not one.is_right:
            went = one.skills[0] if one.is_sure else "asked: " + ", ".join(one.skills)
            yield f"{one.case.part} {one.case.id}: {one.case.text} -> {went} (wanted {' or '.join(one.case.skills)})"


def _share(held: Iterable[bool]) -> str:
    marks = list(held)
    return f"{sum(marks) / len(marks):.3f}" if marks else "-"
