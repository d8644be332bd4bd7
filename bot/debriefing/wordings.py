# ruff: noqa: E501 - patterns are read whole, one to a line
"""From a clause as spoken to a value as noted: fillers and reported-speech openings gone, slips of recognition mended."""

import re

from bot.debriefing.cues import cue, opening

_SLIPS = {
    "合铜": "合同",
    "报价但": "报价单",
    "预蒜": "预算",
    "招表": "招标",
    "彩购": "采购",
    "投表": "投标",
    "按排": "安排",
    "方桉": "方案",
    "样鸡": "样机",
    "交其": "交期",
    "验手": "验收",
    "帐期": "账期",
}
_INNER_FILLER = re.compile(r"(?:嗯+|呃+)[，,、]?|\b(?:um+|uh+|er+m*)\b,?\s?", re.IGNORECASE)
_EDGE = " \t，,。.;；:：、!！?？\"'“”‘’"


def as_noted(words: str) -> str:
    """The words without what only speech needs; the message's own words otherwise."""
    text = _INNER_FILLER.sub("", words).strip(_EDGE)
    for _ in range(3):
        before = text
        for idea in ("filler", "speech"):
            match = opening(idea).match(text)
            if match and match.end() and len(text) - match.end() >= 2:
                text = text[match.end() :].strip(_EDGE).removeprefix("的")
        if text == before:
            break
    for slip, meant in _SLIPS.items():
        text = text.replace(slip, meant)
    return re.sub(r"\s+", " ", text)


def says(idea: str, words: str) -> bool:
    """True where the words carry a cue of that idea."""
    return bool(cue(idea).search(words))
