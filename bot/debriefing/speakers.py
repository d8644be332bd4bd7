"""Who said a thing: the customer, a third party, or the rep himself, by the words that lead up to it."""

import re

from bot.debriefing.cues import cue
from bot.debriefing.evidence import place_of
from bot.domain.finding import Speaker

_SENTENCE_END = re.compile(r"[。！!？?；;\n]|\.(?=\s|$)")
_CUES = (
    (Speaker.REP, ("own_words",)),
    (Speaker.THIRD_PARTY, ("third_party",)),
    (Speaker.CUSTOMER, ("speech", "voiced")),
)
"""Where two end at the same place, the first one decides: 听他同事说 is also a 说."""


def speaker_of(quote: str, message: str) -> Speaker:
    """Whose words the quote is; the rep's own where nothing in its sentence names a speaker."""
    place = place_of(quote, message) if quote else None
    if place is None:
        return Speaker.REP
    start = max((match.end() for match in _SENTENCE_END.finditer(message, 0, place[0])), default=0)
    led = message[start : place[1]]
    last = {speaker: max(_last_end(idea, led) for idea in ideas) for speaker, ideas in _CUES}
    speaker = max(last, key=lambda one: last[one])
    return speaker if last[speaker] else Speaker.REP


def _last_end(idea: str, text: str) -> int:
    return max((match.end() for match in cue(idea).finditer(text)), default=0)
