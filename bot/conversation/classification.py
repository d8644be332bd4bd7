"""Which skill free words are for: every skill says how sure it is, and code picks.

Where the claims leave doubt, the skills' example sentences are the second voice: how like them is what was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.likeness import Likeness, by_words
from bot.domain.wish import Wish
from bot.ports import Skill
from bot.wording.phrasebook import LANGUAGES, keys_of

SURE = 0.8
"""A claim from here on needs no second opinion, unless another is near it."""
NEAR = 0.3
"""How far behind a sure claim another one is out of the question."""
CLEAR = 0.1
"""By how much the first must lead where the examples were asked as well."""
OFFERED = 3
_EXAMPLES_WEIGH = 2.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The skills that may be meant, best first; `is_sure` when the first is clearly meant."""

    skills: tuple[Skill, ...]
    is_sure: bool


def choice_for(wish: Wish, skills: Sequence[Skill], *, likeness: Likeness = by_words) -> Choice:
    """The claims of all skills weighed, with their examples where that leaves doubt; empty when nobody claims."""
    claims = {skill.name: skill.claim(wish) for skill in skills}
    first, second = _two_best(claims)
    if not first:
        return Choice((), False)
    if first >= SURE and first - second >= NEAR:
        return Choice(_ranked(claims, skills), True)
    alike = _alike(wish.text, skills, likeness)
    weighed = {name: claim + _EXAMPLES_WEIGH * alike.get(name, 0.0) for name, claim in claims.items()}
    first, second = _two_best(weighed)
    return Choice(_ranked(weighed, skills), first - second >= CLEAR)


def _alike(text: str, skills: Sequence[Skill], likeness: Likeness) -> Mapping[str, float]:
    """How like each skill's examples the words are, in whichever language."""
    lines = [
        (skill.name, example)
        for skill in skills
        for language in LANGUAGES
        for example in keys_of(language).get(f"{skill.name}.examples", ())
    ]
    best: dict[str, float] = {}
    for (name, _), like in zip(lines, likeness(text, [example for _, example in lines]), strict=True):
        best[name] = max(best.get(name, 0.0), like)
    return best


def _two_best(strengths: Mapping[str, float]) -> tuple[float, float]:
    first, second, *_ = (*sorted(strengths.values(), reverse=True), 0.0, 0.0)
    return first, second


def _ranked(strengths: Mapping[str, float], skills: Sequence[Skill]) -> tuple[Skill, ...]:
    named = [skill for skill in skills if strengths[skill.name] > 0]
    return tuple(sorted(named, key=lambda skill: -strengths[skill.name])[:OFFERED])
