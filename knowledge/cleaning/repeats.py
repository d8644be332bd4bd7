"""Finds articles that are told twice: the same text in another script, another layout, or cut short.

Short copies of long texts are what field folders are full of, so likeness is measured as the share of the shorter
text found in the longer one. MinHash estimates likeness of whole sets and would miss them; sampled shingles in an
inverted index find both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Container

    from numpy.typing import NDArray

_SHINGLE = 5
_SAMPLED = 4
"""Every fourth shingle, chosen by its own hash, stands for all: the same ones in every copy."""
_SAME_ARTICLE = 0.6
_FACTOR, _MIXER = np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class _Shingles:
    """The shingles of some articles, sorted, and whose each is."""

    hashes: NDArray[np.uint32]
    rows: NDArray[np.int32]

    def rows_with(self, wanted: NDArray[np.uint32]) -> NDArray[np.int32]:
        """A row for each of the wanted shingles that stands in it."""
        first, last = np.searchsorted(self.hashes, wanted), np.searchsorted(self.hashes, wanted, side="right")
        steps = np.arange(int((last - first).sum())) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        found: NDArray[np.int32] = self.rows[np.repeat(first, last - first) + steps]
        return found

    def joined(self, other: _Shingles) -> _Shingles:
        """Those of both."""
        hashes, rows = np.concatenate([self.hashes, other.hashes]), np.concatenate([self.rows, other.rows])
        order = np.argsort(hashes, kind="stable")
        return _Shingles(hashes[order], rows[order])


@dataclass(slots=True)
class Repeats:
    """The articles seen so far, by key; a few hundred bytes each, so that tens of thousands may be remembered."""

    _row_of: dict[str, int] = field(default_factory=dict)
    _keys: list[str] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _parts: list[_Shingles] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        return key in self._row_of

    def add(self, key: str, text: str) -> None:
        """Remembers an article."""
        shingles = shingles_of(text)
        row = self._row_of[key] = len(self._keys)
        self._keys.append(key)
        self._sizes.append(len(shingles))
        self._parts.append(_Shingles(shingles, np.full(len(shingles), row, np.int32)))
        while len(self._parts) > 1 and len(self._parts[-2].rows) <= 2 * len(self._parts[-1].rows):
            self._parts[-2:] = [self._parts[-2].joined(self._parts[-1])]

    def like(self, text: str, *, among: Container[str] | None = None) -> tuple[str, float] | None:
        """The key of the article (one `among` these) that tells the same; how much of the shorter is in the longer."""
        shingles = shingles_of(text)
        rows = np.concatenate([np.zeros(0, np.int32), *(part.rows_with(shingles) for part in self._parts)])
        candidates, shared = np.unique(rows, return_counts=True)
        shorter = np.minimum(np.array([self._sizes[row] for row in candidates.tolist()], np.int64), len(shingles))
        likeness = shared / np.maximum(shorter, 1)
        for at in np.argsort(-likeness, kind="stable").tolist():
            key = self._keys[candidates[at]]
            if likeness[at] < _SAME_ARTICLE:
                break
            if among is None or key in among:
                return key, float(likeness[at])
        return None


def shingles_of(text: str) -> NDArray[np.uint32]:
    """The sampled shingles of a text, sorted; spaces, marks, case and script make no difference."""
    bare = re.sub(r"[\W_]+", "", folded(text))
    codes = np.frombuffer(bare.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    codes = np.pad(codes, (0, max(_SHINGLE - len(codes), 0)))
    hashes = np.zeros(len(codes) - _SHINGLE + 1, np.uint64)
    for at in range(_SHINGLE):
        hashes = (hashes ^ codes[at : len(hashes) + at]) * _FACTOR
    mixed = ((hashes * _MIXER) >> np.uint64(32)).astype(np.uint32)
    return np.unique(mixed[mixed % _SAMPLED == 0])
