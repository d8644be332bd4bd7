"""Free words as numbers, for telling which skill they are for: meaning, pieces of words, marks, and the claims."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from bot.debriefing.organisations import organisations_in
from bot.debriefing.people import people_in
from bot.domain.wish import Wish
from knowledge.folding import folded

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARKS = (
    "route.ahead",
    "route.behind",
    "route.question",
    "route.advice",
    "route.customer",
    "route.mine",
    "route.bot",
    "route.look",
    "route.correction",
)
"""Wording keys of cues that tell what kind of sentence it is, whatever skill it is for."""
BUCKETS = 1024
"""Pieces of words are counted in so many; two that fall together are rare enough."""
_MEANING_WEIGHS = 2.0
_MARK_WEIGHS = 0.5
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9']+")
_PIECE = 4


def signs_of(wish: Wish, claims: Mapping[str, float], skills: Sequence[str]) -> "NDArray[np.float32]":
    """One row for these words: the claims in the order of `skills`; the last column is one for all."""
    marks = [_MARK_WEIGHS * mark for mark in _marks(wish)]
    claimed = [claims.get(name, 0.0) for name in skills]
    return np.concatenate([_pieces(wish.text), np.array([*marks, *claimed, 1.0], np.float32)])


def with_meaning(signs: "NDArray[np.float32]", meaning: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The row with the words' vector before it."""
    return np.concatenate([_MEANING_WEIGHS * meaning, signs])


def _marks(wish: Wish) -> list[float]:
    named = bool(wish.account), bool(organisations_in(wish.text)), bool(people_in(wish.text))
    is_short = len(wish.text) <= 6 or (len(wish.text.split()) == 1 and wish.text.isascii())
    return [float(mark) for mark in (*(wish.says(key) for key in MARKS), *named, is_short)]


def _pieces(text: str) -> "NDArray[np.float32]":
    """How often each piece of the words occurs, as a row of length one."""
    row = np.zeros(BUCKETS, np.float32)
    for piece in _pieces_in(folded(text)):
        row[crc32(piece.encode()) % BUCKETS] += 1
    return row / max(float(np.linalg.norm(row)), 1.0)


def _pieces_in(text: str) -> set[str]:
    """Chinese signs alone, in pairs and threes; Latin words alone, in pairs, and their pieces for misspelt ones."""
    words = _LATIN.findall(text)
    pieces = {f" {word}" for word in words}
    pieces |= {f" {one} {two}" for one, two in zip(["^", *words], [*words, "$"], strict=True)}
    pieces |= {piece for word in words for piece in _runs(f"<{word}>", _PIECE)}
    for run in _HAN.findall(text):
        pieces |= {*run, *_runs(f"^{run}$", 2), *_runs(run, 3)}
    return pieces


def _runs(text: str, length: int) -> set[str]:
    return {text[at : at + length] for at in range(len(text) - length + 1)}
