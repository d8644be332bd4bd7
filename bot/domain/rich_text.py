"""Text with light markup that every channel can show: bold, quote, code."""

import re
from collections.abc import Iterable, Mapping, Sequence
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
        return _run_on((self, other))

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __getitem__(self, piece: slice) -> "RichText":
        start, end, _ = piece.indices(len(self.text))
        cut = ((max(s.start, start) - start, min(s.end, end) - start, s.mark) for s in self.spans)
        return RichText(self.text[start:end], tuple(Span(a, b, m) for a, b, m in cut if a < b))


def joined(parts: Sequence[RichText], separator: str = "\n") -> RichText:
    """The non-empty parts, one after the other."""
    between = RichText(separator)
    spaced = [piece for part in parts if part for piece in (between, part)]
    return _run_on(spaced[1:])


def _run_on(parts: Iterable[RichText]) -> RichText:
    """All parts as one text."""
    texts: list[str] = []
    spans: list[Span] = []
    length = 0
    for part in parts:
        texts.append(part.text)
        spans += [Span(s.start + length, s.end + length, s.mark) for s in part.spans] if length else part.spans
        length += len(part.text)
    return RichText("".join(texts), tuple(spans))


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
    return _run_on(piece if isinstance(piece, RichText) else _filled(piece, values) for piece in _parsed(template))


def _filled(piece: "_Piece", values: Mapping[str, RichText | str]) -> RichText:
    if piece.slot:
        value = values[piece.slot]
        return value if isinstance(value, RichText) else RichText(value)
    inner = rendered(piece.inner, values)
    return RichText(inner.text, (Span(0, len(inner.text), piece.mark), *inner.spans))


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
        if at < match.start():
            pieces.append(RichText(template[at : match.start()]))
        at = match.end()
        if match["slot"]:
            pieces.append(_Piece(slot=match["slot"]))
        elif match["bold"]:
            pieces.append(_Piece(inner=match["bold"]))
        else:
            pieces.append(_Piece(inner=match["code"], mark=Mark.CODE))
    return (*pieces, RichText(template[at:])) if at < len(template) else tuple(pieces)
