"""Cuts a text at its own joints (lines, sentences, clauses) into pieces that can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.passages import LONGEST_PASSAGE, SHORTEST_PASSAGE

AIM = 260
"""Characters a piece should have: long enough to say one thing, short enough for half a screen."""

_SENTENCE_END = re.compile(
    r"(?<=[。！？!?；;…])(?![。！？!?；;…”’」』）)'\"])"  # 。 but not 。” or ……
    r"|(?<=[。！？!?][”’」』）)'\"])"
    r"|(?<=[.])(?=\s+[A-Z])"
)
_CLAUSE_END = re.compile(r"(?<=[，,、：:])")


def pieces_of(text: str, *, aim: int = AIM, most: int = LONGEST_PASSAGE, least: int = SHORTEST_PASSAGE) -> list[str]:
    """The text in pieces of `least` to `most` characters, cut between sentences where it can be.

    Nothing is lost but white space at the cuts. Only a text shorter than `least` gives a shorter piece.
    """
    packed: list[str] = []
    for part in _parts(text, most):
        if packed and len(packed[-1]) + len(part) <= (aim if len(packed[-1]) >= least else most):
            packed[-1] += part
        else:
            packed.append(part)
    pieces = [piece.strip() for piece in packed if piece.strip()]
    return _without_scraps(pieces, most=most, least=least)


def _parts(text: str, most: int) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if not line.strip():
            continue
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


def _without_scraps(pieces: list[str], *, most: int, least: int) -> list[str]:
    """A piece too short to stand alone joins a neighbour; if that grows too long, the two share evenly."""
    whole: list[str] = []
    for piece in pieces:
        if whole and min(len(piece), len(whole[-1])) < least:
            whole.extend(_shared(whole.pop(), piece, most))
        else:
            whole.append(piece)
    return whole


def _shared(first: str, second: str, most: int) -> list[str]:
    joined = f"{first}\n{second}"
    if len(joined) <= most:
        return [joined]
    middle = len(joined) // 2
    joints = [found.end() for found in re.finditer(r"[。！？!?；;，,、\s]", joined[middle - 120 : middle + 120])]
    cut = middle - 120 + min(joints, key=lambda at: abs(at - 120)) if joints else middle
    return [joined[:cut].strip(), joined[cut:].strip()]
