"""A text as the pieces of its words, counted in a fixed number of buckets: what a linear judge reads beside meaning."""

import re
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from knowledge.folding import folded

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 1024
"""Pieces of words are counted in so many; two that fall together are rare enough."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9']+")
_PIECE = 4


def word_pieces(text: str) -> "NDArray[np.float32]":
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
