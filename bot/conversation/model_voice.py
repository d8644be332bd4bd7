"""The model as the last voice: asked only when nobody is sure, believed only when it names one of those in question."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.errors import ModelUnavailable
from bot.ports import LanguageModel, Skill
from bot.wording.phrasebook import Phrasebook

PROMPT = "route_message"
PATIENCE_SECONDS = 6.0
"""Buttons are quicker than a model that thinks longer."""
NOBODY = "none"
_LONGEST = 300
_EXAMPLES = 3


async def named_by(
    model: LanguageModel, text: str, skills: Sequence[Skill], words: Phrasebook, *, rep: str
) -> Skill | None:
    """The one of these skills that the model says the words are for; None without a model, or a clear word of it."""
    if model.is_offline:
        return None
    inputs = {"choices": "\n".join(_line(skill.name, words) for skill in skills), "message": _quoted(text)}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            said = await model.propose(PROMPT, inputs, language=words.language, rep=rep, schema=_schema(skills))
    except (ModelUnavailable, TimeoutError):
        return None
    return next((skill for skill in skills if skill.name == said.get("skill")), None)


def _line(name: str, words: Phrasebook) -> str:
    return f"{name}: {words.plain(f'{name}.help')} ({' / '.join(words.list_of(f'{name}.examples')[:_EXAMPLES])})"


def _quoted(text: str) -> str:
    return text[:_LONGEST].replace("<", "‹").replace(">", "›")


def _schema(skills: Sequence[Skill]) -> Mapping[str, object]:
    names = [*(skill.name for skill in skills), NOBODY]
    return {
        "type": "object",
        "properties": {"skill": {"type": "string", "enum": names}},
        "required": ["skill"],
        "additionalProperties": False,
    }
