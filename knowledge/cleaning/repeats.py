"""Finds articles that are told twice: the same text in another script, another layout, or cut short.

Short copies of long texts are what field folders are full of, so likeness is measured as the share of the shorter
text found in the longer one. MinHash estimates likeness of whole sets and would miss them; sampled shingles in an
inverted index find both.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from knowledge.folding import folded

_SHINGLE = 5
_SAMPLED = 4
"""Every fourth shingle, chosen by its own hash, stands for all: the same ones in every copy."""
_SAME_ARTICLE = 0.6


@dataclass(slots=True)
class Repeats:
    """The articles seen so far, by key."""

    _seen: dict[str, frozenset[int]] = field(default_factory=dict)
    _with_shingle: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, text: str) -> None:
        """Remembers an article."""
        shingles = shingles_of(text)
        self._seen[key] = shingles
        for shingle in shingles:
            self._with_shingle[shingle].append(key)

    def like(self, text: str) -> tuple[str, float] | None:
        """The key of the article that tells the same, and how much of the shorter one is in the longer."""
        shingles = shingles_of(text)
        shared = Counter(key for shingle in shingles for key in self._with_shingle.get(shingle, ()))
        likeness = {key: count / max(min(len(shingles), len(self._seen[key])), 1) for key, count in shared.items()}
        best = max(likeness, key=likeness.__getitem__, default=None)
        return (best, likeness[best]) if best is not None and likeness[best] >= _SAME_ARTICLE else None


def shingles_of(text: str) -> frozenset[int]:
    """The sampled shingles of a text; spaces, marks, case and script make no difference."""
    bare = re.sub(r"[\W_]+", "", folded(text))
    hashes = (zlib.crc32(bare[at : at + _SHINGLE].encode()) for at in range(max(len(bare) - _SHINGLE + 1, 1)))
    return frozenset(one for one in hashes if one % _SAMPLED == 0)
