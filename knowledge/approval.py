"""Lines that a document marks as approved wording: the same characters from the file to the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]
"""Where an approved line begins and ends in a text, in Python characters."""


class ApprovedLine(str):
    """A line marked as approved: no step on its way may change, cut, join or drop it."""

    __slots__ = ()


def spans_in(parts: Iterable[str]) -> tuple[Span, ...]:
    """Where the approved lines lie when these parts are written one after the other."""
    spans: list[Span] = []
    length = 0
    for part in parts:
        if isinstance(part, ApprovedLine):
            spans.append((length, length + len(part)))
        length += len(part)
    return tuple(spans)


def parts_of(text: str, approved: Sequence[Span]) -> Iterator[str]:
    """The text in parts, each approved line a part of its own; together they are the text."""
    last = 0
    for start, end in approved:
        if last < start:
            yield text[last:start]
        yield ApprovedLine(text[start:end])
        last = end
    if last < len(text):
        yield text[last:]


def marked(text: str, approved: Sequence[Span], mark: str) -> str:
    """The text with the mark behind each approved line."""
    return "".join(f"{part}{mark}" if isinstance(part, ApprovedLine) else part for part in parts_of(text, approved))


def approved_in(text: str, approved: Sequence[Span]) -> tuple[str, ...]:
    """The approved lines of a text, to the character."""
    return tuple(text[start:end] for start, end in approved)
