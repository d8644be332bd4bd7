"""Which skill free words are for: one that is certain, else the one they are likeliest for, else the rep is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.understanding import BY_WORDS, Understanding
from bot.conversation.route_sense import route_sense
from bot.domain.wish import Wish
from bot.ports import Skill
from bot.wording.phrasebook import LANGUAGES, keys_of

SURE = 0.8
"""A claim from here on is certain; where several are, what the words are like decides."""
OFFERED = 3
ALIKE = 0.7
"""How like an example words must be to count for a skill that nothing was learned about."""
_UNLIKELY = 0.05
"""Nobody is offered a skill that is less likely than that."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The skills that may be meant, best first; `strength` (0 … 1) is how likely the first is, `is_sure` when clear."""

    skills: tuple[Skill, ...]
    is_sure: bool
    strength: float = 0.0


def choice_for(wish: Wish, skills: Sequence[Skill], *, understanding: Understanding = BY_WORDS) -> Choice:
    """The skill for these words; what may be offered on a button has a command."""
    claims = {skill.name: skill.claim(wish) for skill in skills}
    certain = [skill for skill in skills if claims[skill.name] >= SURE]
    if len(certain) == 1:
        return Choice((certain[0],), True, 1.0)
    sense = route_sense()(wish, claims, understanding.embedder)
    untaught = [skill for skill in skills if skill.name not in sense.likely]
    likely = {**sense.likely, **_like_their_examples(wish.text, claims, untaught, understanding)}
    best = sorted(skills, key=lambda skill: -likely[skill.name])
    first = likely[best[0].name]
    second = max((likely[skill.name] for skill in untaught if skill is not best[0]), default=0.0)
    if first >= sense.sure and second < sense.sure:
        return Choice((best[0],), True, first)
    offered = [skill for skill in best if skill.commands and likely[skill.name] >= _UNLIKELY]
    return Choice(tuple(offered[:OFFERED]), False, first)


def _like_their_examples(
    text: str, claims: Mapping[str, float], skills: Sequence[Skill], understanding: Understanding
) -> Mapping[str, float]:
    """How likely skills are that nothing was learned about: what they claim, or how like their examples this is."""
    lines = [
        (skill.name, example)
        for skill in skills
        for language in LANGUAGES
        for example in keys_of(language).get(f"{skill.name}.examples", ())
    ]
    found = {skill.name: claims[skill.name] for skill in skills}
    alike = understanding.likeness(text, [example for _, example in lines]) if lines else []
    for (name, _), like in zip(lines, alike, strict=True):
        if like >= ALIKE:
            found[name] = max(found[name], like)
    return found
