"""Long texts cut where a reader would pause, counted as Telegram counts: UTF-16 code units."""

from collections.abc import Iterator

from bot.domain.rich_text import RichText

TEXT_UNITS = 4096
CAPTION_UNITS = 1024

_PAUSES = ("\n\n", "\n", "。", "！", "？", "；", ". ", "! ", "? ", "; ", "，", ", ", " ")
"""Where to cut, best first."""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: RichText, limit: int = TEXT_UNITS) -> Iterator[RichText]:
    """The text in pieces of at most `limit` units each, none empty; marks that span a cut go on in the next piece."""
    rest = _stripped(text)
    while units(rest.text) > limit:
        cut = _cut(rest.text, limit)
        piece = _stripped(rest[:cut])
        if piece:
            yield piece
        rest = _stripped(rest[cut:])
    if rest:
        yield rest


def _cut(text: str, limit: int) -> int:
    """How many characters fit, ending at the best pause of the second half where there is one."""
    fits = _characters_within(text, limit)
    for pause in _PAUSES:
        at = text.rfind(pause, fits // 2, fits)
        if at >= 0:
            return at + len(pause)
    return fits


def _characters_within(text: str, limit: int) -> int:
    used = 0
    for position, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return position
    return len(text)


def _stripped(text: RichText) -> RichText:
    start = len(text.text) - len(text.text.lstrip())
    return text[start : max(start, len(text.text.rstrip()))]
