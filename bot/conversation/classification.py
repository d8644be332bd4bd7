"""Which skill free words are for: every skill says how sure it is, and code picks.

Where the claims leave doubt, the skills' example sentences are the second voice: how like they are to what was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.likeness import Likeness, by_words
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


def choice_for(wish: Wish, skills: Sequence[Skill], *, likeness: Likeness = by_words) -> Choice:
    """The claims of all skills weighed; empty when nobody claims the words."""
    claims = {skill.name: skill.claim(wish) for skill in skills}
    claimed = sorted((skill for skill in skills if claims[skill.name] > 0), key=lambda skill: -claims[skill.name])
    if not claimed:
        return Choice((), False)
    first, second = claims[claimed[0].name], max([claims[one.name] for one in claimed[1:]], default=0.0)
    return Choice(tuple(claimed[:OFFERED]), first >= SURE or first - second >= CLEAR)
