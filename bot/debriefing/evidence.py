"""Whether words are in a message, and which piece of it they are: white space aside, contiguous, or not at all."""

import re
from functools import lru_cache


@lru_cache(maxsize=64)
def _squeezed(message: str) -> tuple[str, tuple[int, ...]]:
    kept = [(sign, index) for index, sign in enumerate(message) if not sign.isspace()]
    return "".join(sign for sign, _ in kept), tuple(index for _, index in kept)


def quoted(quote: str, message: str) -> str | None:
    """The piece of the message that the quote repeats, white space aside; None where it does not."""
    place = place_of(quote, message)
    return message[place[0] : place[1]] if place else None


def place_of(quote: str, message: str, near: int = 0) -> tuple[int, int] | None:
    """Where the quote stands in the message (start, end), white space aside, at or after `near` if it can."""
    wanted = re.sub(r"\s+", "", quote)
    if not wanted:
        return None
    text, places = _squeezed(message)
    begin = sum(1 for place in places if place < near)
    index = text.find(wanted, begin)
    index = index if index >= 0 else text.find(wanted)
    if index < 0:
        return None
    return places[index], places[index + len(wanted) - 1] + 1
