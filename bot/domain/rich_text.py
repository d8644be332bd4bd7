"""Text with light markup that every channel can show: bold, quote, code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Mark(StrEnum):
    """How a stretch of text is set off."""

    BOLD = "bold"
    QUOTE = "blockquote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` carries `mark`; offsets count Python characters."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class RichText:
    """Text and the marked stretches in it."""

    text: str
    spans: tuple[Span, ...] = ()

    def __add__(self, other: "RichText") -> "RichText":
        moved = tuple(Span(s.start + len(self.text), s.end + len(self.text), s.mark) for s in other.spans)
        return RichText(self.text + other.text, self.spans + moved)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __getitem__(self, piece: slice) -> "RichText":
        start, end, _ = piece.indices(len(self.text))
        cut = ((max(s.start, start) - start, min(s.end, end) - start, s.mark) for s in self.spans)
        return RichText(self.text[start:end], tuple(Span(a, b, m) for a, b, m in cut if a < b))


def joined(parts: Sequence[RichText], separator: str = "\n") -> RichText:
    """The non-empty parts, one after the other."""
    whole = RichText("")
    for part in parts:
        if part:
            whole = part if not whole else whole + RichText(separator) + part
    return whole


def quoted(text: str) -> RichText:
    """Text set off as a quotation."""
    return RichText(text, (Span(0, len(text), Mark.QUOTE),)) if text else RichText("")


def bold(text: str) -> RichText:
    """Text in bold."""
    return RichText(text, (Span(0, len(text), Mark.BOLD),)) if text else RichText("")


_PIECES = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`\n]+)`|\{(?P<slot>\w+)\}", re.DOTALL)
_SLOTS = re.compile(r"\{(\w+)\}")


def slots_of(template: str) -> frozenset[str]:
    """The names of the slots in a template."""
    return frozenset(_SLOTS.findall(template))


def rendered(template: str, values: Mapping[str, "RichText | str"]) -> RichText:
    """A template of our own with its slots filled; markup inside values stays plain text.

    Marks: `**bold**`, `` `code` ``. Raises KeyError for a slot without a value.
    """
    whole = RichText("")
    for piece in _parsed(template):
        if isinstance(piece, RichText):
            whole += piece
        elif piece.slot:
            value = values[piece.slot]
            whole += value if isinstance(value, RichText) else RichText(value)
        else:
            filled = rendered(piece.inner, values)
            whole += RichText(filled.text, (Span(0, len(filled.text), piece.mark), *filled.spans))
    return whole


@dataclass(frozen=True, slots=True)
class _Piece:
    """A slot, or a marked stretch that may hold slots."""

    slot: str = ""
    inner: str = ""
    mark: Mark = Mark.BOLD


@cache
def _parsed(template: str) -> tuple[RichText | _Piece, ...]:
    pieces: list[RichText | _Piece] = []
    at = 0
    for match in _PIECES.finditer(template):
        pieces.append(RichText(template[at : match.start()]))
        at = match.end()
        if match["slot"]:
            pieces.append(_Piece(slot=match["slot"]))
        elif match["bold"]:
            pieces.append(_Piece(inner=match["bold"]))
        else:
            pieces.append(_Piece(inner=match["code"], mark=Mark.CODE))
    return (*pieces, RichText(template[at:]))
