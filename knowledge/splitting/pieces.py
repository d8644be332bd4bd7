"""Cuts a text at its own joints (lines, sentences, clauses) into pieces that can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.approval import ApprovedLine, Span, parts_of, spans_in
from knowledge.passages import LONGEST_PASSAGE, SHORTEST_PASSAGE

AIM = 260
"""Characters a piece should have: long enough to say one thing, short enough for half a screen."""

_SENTENCE_END = re.compile(
    r"(?<=[。！？!?；;…])(?![。！？!?；;…”’」』）)'\"])"  # 。 but not 。” or ……
    r"|(?<=[。！？!?][”’」』）)'\"])"
    r"|(?<=[.])(?=\s+[A-Z])"
)
_CLAUSE_END = re.compile(r"(?<=[，,、：:])")
_JOINT = re.compile(r"[。！？!?；;，,、\s]")
_NEAR_MIDDLE = 120

_Parts = list[str]
"""A piece before it is written: its stretches in order, approved lines as they are."""


def pieces_of(text: str, *, aim: int = AIM, most: int = LONGEST_PASSAGE, least: int = SHORTEST_PASSAGE) -> list[str]:
    """The text in pieces of `least` to `most` characters, cut between sentences where it can be.

    Nothing is lost but white space at the cuts. Only a text shorter than `least` gives a shorter piece.
    """
    return [piece for piece, _ in pieces_with_approved(text, (), aim=aim, most=most, least=least)]


def pieces_with_approved(
    text: str, approved: Sequence[Span], *, aim: int = AIM, most: int = LONGEST_PASSAGE, least: int = SHORTEST_PASSAGE
) -> list[tuple[str, tuple[Span, ...]]]:
    """The same with the approved lines of each piece, none of which is cut: a piece is as long as its longest one."""
    packed: list[_Parts] = []
    for part in _parts(parts_of(text, approved), most):
        if packed and _length(packed[-1]) + len(part) <= (aim if _length(packed[-1]) >= least else most):
            packed[-1].append(part)
        else:
            packed.append([part])
    pieces = [stripped for piece in packed if (stripped := _stripped(piece))]
    return [("".join(piece), spans_in(piece)) for piece in _without_scraps(pieces, most=most, least=least)]


def _parts(stretches: Iterable[str], most: int) -> Iterator[str]:
    before = ""
    for stretch in stretches:
        if isinstance(stretch, ApprovedLine):
            yield stretch
        else:
            if before and stretch[0] == "\n":
                yield "\n"
            yield from _sentences(stretch, most)
        before = stretch


def _sentences(stretch: str, most: int) -> Iterator[str]:
    for line in stretch.splitlines(keepends=True):
        if line.strip():
            sentences = [line] if len(line) <= most // 3 else _SENTENCE_END.split(line)
            for sentence in sentences:
                yield from _short_enough(sentence, most)


def _short_enough(sentence: str, most: int) -> Iterator[str]:
    if len(sentence) <= most:
        yield sentence
        return
    held = ""
    for clause in _hard_cut(_CLAUSE_END.split(sentence), most // 2):
        if held and len(held) + len(clause) > most // 2:
            yield held
            held = ""
        held += clause
    yield held


def _hard_cut(clauses: Iterable[str], most: int) -> Iterator[str]:
    for clause in clauses:
        for start in range(0, len(clause), most):
            yield clause[start : start + most]


def _without_scraps(pieces: list[_Parts], *, most: int, least: int) -> list[_Parts]:
    """A piece too short to stand alone joins a neighbour; if that grows too long, the two share evenly."""
    whole: list[_Parts] = []
    for piece in pieces:
        if whole and min(_length(piece), _length(whole[-1])) < least:
            whole.extend(_shared(whole.pop(), piece, most))
        else:
            whole.append(piece)
    return whole


def _shared(first: _Parts, second: _Parts, most: int) -> list[_Parts]:
    both = [*first, "\n", *second]
    if _length(both) <= most:
        return [both]
    middle = _length(both) // 2
    joints = [at for at in _joints(both) if abs(at - middle) <= _NEAR_MIDDLE]
    cut = min(joints, key=lambda at: abs(at - middle)) if joints else _hard_place(both, middle)
    return [piece for half in _cut_at(both, cut) if (piece := _stripped(half))]


def _joints(parts: _Parts) -> Iterator[int]:
    """Where a piece may be cut: behind marks and white space, before and behind an approved line."""
    start = 0
    for part in parts:
        if isinstance(part, ApprovedLine):
            yield from (start, start + len(part))
        else:
            yield from (start + found.end() for found in _JOINT.finditer(part))
        start += len(part)


def _hard_place(parts: _Parts, middle: int) -> int:
    """The middle, or the nearer end of the approved line that lies there."""
    for start, end in spans_in(parts):
        if start < middle < end:
            return start if middle - start <= end - middle and start else end
    return middle


def _cut_at(parts: _Parts, cut: int) -> tuple[_Parts, _Parts]:
    first: _Parts = []
    second: _Parts = []
    start = 0
    for part in parts:
        if start + len(part) <= cut:
            first.append(part)
        elif start >= cut:
            second.append(part)
        else:
            first.append(part[: cut - start])
            second.append(part[cut - start :])
        start += len(part)
    return first, second


def _stripped(parts: _Parts) -> _Parts:
    """The parts without white space around them all."""
    kept = list(parts)
    while kept and not isinstance(kept[0], ApprovedLine) and not kept[0].lstrip():
        kept.pop(0)
    while kept and not isinstance(kept[-1], ApprovedLine) and not kept[-1].rstrip():
        kept.pop()
    if kept and not isinstance(kept[0], ApprovedLine):
        kept[0] = kept[0].lstrip()
    if kept and not isinstance(kept[-1], ApprovedLine):
        kept[-1] = kept[-1].rstrip()
    return kept


def _length(parts: _Parts) -> int:
    return sum(map(len, parts))
