"""Findings as a rep reads them: the words, who said them and when."""

from collections.abc import Sequence

from bot.domain.finding import Finding, FindingState
from bot.domain.stakeholders import Tie
from bot.wording.phrasebook import Phrasebook

_LONGEST = {"zh": 40, "en": 90}


def finding_text(one: Finding, words: Phrasebook) -> str:
    """The quote where it may be read, else the value, with speaker and day."""
    speaker = words.plain(f"record.by_{one.said_by.value}")
    day = words.day(one.met_on)
    if one.quote:
        return words.plain("record.quoted", text=shortened(one.quote, words), speaker=speaker, day=day)
    return words.plain("record.told", text=shortened(one.value, words), speaker=speaker, day=day)


def tie_text(tie: Tie, words: Phrasebook) -> str:
    """Who moves whom, where the words stand that say so, and whether others say otherwise."""
    text = words.plain(f"record.tie_{tie.kind.value}", who=tie.who, to=tie.to)
    if tie.finding.quote:
        text = words.plain("record.tie_told", text=text, told=finding_text(tie.finding, words))
    disputed = tie.finding.state is FindingState.CONTRADICTED
    return words.plain("record.tie_disputed", text=text) if disputed else text


def sides_text(sides: Sequence[Finding | None], words: Phrasebook) -> str:
    """What was told differently, side by side."""
    return words.plain("record.against").join(finding_text(one, words) for one in sides if one is not None)


def shortened(text: str, words: Phrasebook) -> str:
    """The text in one line of a phone or two."""
    longest = _LONGEST[words.language]
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
