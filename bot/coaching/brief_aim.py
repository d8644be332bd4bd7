"""What a model adds to a brief: one sentence on what the visit should bring home, checked against the records."""

from collections.abc import Mapping
from dataclasses import replace

from bot.coaching.brief import Brief
from bot.coaching.checks import Ground
from bot.errors import ModelUnavailable
from bot.ports import LanguageModel

PROMPT = "prep_brief"
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {"aim": {"type": "string"}},
    "required": ["aim"],
    "additionalProperties": False,
}
_MOST_SHOWN = 8
_LONGEST_AIM = {"zh": 70, "en": 200}


async def with_aim(model: LanguageModel, brief: Brief, *, language: str, rep: str) -> Brief:
    """The brief with an aim, or as it was when there is no model or what it says does not stand."""
    if model.is_offline or brief.is_general:
        return brief
    inputs = _inputs(brief)
    try:
        proposed = await model.propose(PROMPT, inputs, language=language, rep=rep, schema=SCHEMA)
    except ModelUnavailable:
        return brief
    aim = proposed.get("aim")
    if not isinstance(aim, str) or not 0 < len(aim) <= _LONGEST_AIM[language]:
        return brief
    ground = Ground("\n".join(inputs.values()), "", language)
    return replace(brief, aim=aim) if ground.holds(aim) else brief


def _inputs(brief: Brief) -> Mapping[str, str]:
    about = " · ".join(part for part in (brief.account, brief.person, brief.stage) if part)
    known = "\n".join(f"- {one.value}" for one in brief.known[:_MOST_SHOWN])
    asked = "\n".join(f"- {gap.name}: {gap.question}" for gap in brief.gaps[:_MOST_SHOWN])
    shown = {"account": about, "known": known, "open": asked}
    return {name: text.replace("<", "‹").replace(">", "›") for name, text in shown.items()}
