"""Tells sales knowledge from what merely stands beside it, by meaning and by words (topics.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import VectorsUnavailableError
from knowledge.folding import folded
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.splitting.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from knowledge.passages import Embedder

_NEAREST = 3
_MOST_PIECES = 16
_WORDS_WEIGHT = 0.15
_ON_TOPIC = -0.018
"""A little below the middle: a useful article left out costs more than a dull one kept."""


@dataclass(slots=True)
class Topics:
    """Judges articles; without an embedder by words alone, by the embedded one while it cannot be reached."""

    embedder: Embedder | None = None
    _known: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def is_selling(self, title: str, text: str) -> bool:
        """Whether an article is of use to somebody who sells."""
        return self.leaning(title, text) > _ON_TOPIC

    def leaning(self, title: str, text: str) -> float:
        """Above 0 towards selling, below 0 towards other subjects."""
        words = _WORDS_WEIGHT * _by_words(f"{title}\n{text}")
        if self.embedder is None:
            return words
        try:
            return words + self._by_meaning(title, text)
        except VectorsUnavailableError:
            return words if isinstance(self.embedder, SentenceEmbedder) else _embedded().leaning(title, text)

    def reaches_meaning(self) -> bool:
        """Whether vectors can be made just now; without an embedder nobody misses them."""
        try:
            return self.embedder is None or len(self.embedder.embed(["拜访"])) == 1
        except VectorsUnavailableError:
            return False

    def leanings(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same for vectors of short texts, by meaning alone."""
        near = {side: _nearest(vectors @ self._sentences(side).T) for side in ("selling", "beside")}
        leanings: NDArray[np.float32] = near["selling"] - near["beside"]
        return leanings

    def _by_meaning(self, title: str, text: str) -> float:
        assert self.embedder is not None
        pieces = pieces_of(text, aim=160)
        step = max(1, -(-len(pieces) // _MOST_PIECES))
        return float(np.mean(self.leanings(self.embedder.embed([title, *pieces[::step]]))))

    def _sentences(self, side: str) -> NDArray[np.float32]:
        if side not in self._known:
            assert self.embedder is not None
            self._known[side] = self.embedder.embed(_lists()[side]["sentences"])
        return self._known[side]


@cache
def _embedded() -> Topics:
    return Topics(SentenceEmbedder())


def _nearest(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    best: NDArray[np.float32] = np.sort(likeness, axis=1)[:, -_NEAREST:].mean(axis=1)
    return best


def _by_words(text: str) -> float:
    """From -1 to 1: which side's words are more frequent."""
    plain = folded(text)
    selling, beside = (len(_pattern(side).findall(plain)) for side in ("selling", "beside"))
    return (selling - 2 * beside) / (selling + 2 * beside + 3)


@cache
def _pattern(side: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _lists()[side]["words"])))


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("knowledge.cleaning").joinpath("topics.toml").read_text("utf-8"))
