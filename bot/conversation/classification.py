"""Which skill free words are for: every skill says how sure it is, and code picks."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.wish import Wish
from bot.ports import Skill

SURE = 0.8
"""A claim from here on needs no second opinion."""
CLEAR = 0.15
"""By how much an unsure claim must lead."""
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The skills that claim the words, best first; `is_sure` when the first is clearly meant."""

    skills: tuple[Skill, ...]
    is_sure: bool


def choice_for(wish: Wish, skills: Sequence[Skill]) -> Choice:
    """The claims of all skills weighed; empty when nobody claims the words."""
    claims = sorted(((skill.claim(wish), -place, skill) for place, skill in enumerate(skills)), key=lambda c: c[:2])
    claimed = [(strength, skill) for strength, _, skill in reversed(claims) if strength > 0]
    if not claimed:
        return Choice((), False)
    first = claimed[0][0]
    second = claimed[1][0] if len(claimed) > 1 else 0.0
    named = tuple(skill for _, skill in claimed[:OFFERED])
    return Choice(named, first >= SURE or first - second >= CLEAR)
