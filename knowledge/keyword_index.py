"""Search by words: BM25 over Chinese characters and pairs of them, and over Latin words. Exact, offline, light.

Terms are numbers (a character, a pair packed into one, the hash of a word), so the index is a few arrays, has no
vocabulary in memory, and can be kept on disk as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.folding import folded

_K1, _B = 1.2, 0.6
_PAIR_SHIFT = 21
_WORD_BIT = 1 << 60
_WORD = re.compile(r"[a-z0-9]+(?:[.%&'-][a-z0-9]+)*%?|[\u0400-\u04ff]+")
_ENGLISH_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:'s|ies|ing|ed|es|s|e|y)$")
_EMPTY_WORD = re.compile(
    r"a|about|all|am|an|and|any|are|as|at|be|been|but|by|can|could|did|do|does|for|from|get|had|has|have|"
    r"he|her|him|his|how|i|if|in|into|is|it|its|just|me|my|no|not|of|on|one|or|our|out|say|she|should|so|"
    r"some|than|that|the|their|them|then|there|they|this|to|too|up|us|was|we|were|what|when|where|which|"
    r"who|why|will|with|would|you|your"
)
"""English words that stand in every text and say nothing of its subject."""
_COMMON = 8
"""A term is common where one row in so many has it: then all rows are counted at once, without looking them up."""


def terms_of(text: str) -> NDArray[np.int64]:
    """The terms of a text with repeats: characters and neighbouring pairs for Chinese, stems for Latin words."""
    plain = folded(text)
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0xF900) & (codes <= 0xFAFF))
    pairs = han[:-1] & han[1:]
    words = [
        _WORD_BIT | zlib.crc32(_stem(word).encode()) for word in _WORD.findall(plain) if not _EMPTY_WORD.fullmatch(word)
    ]
    return np.concatenate(
        [codes[han], (codes[:-1][pairs] << _PAIR_SHIFT) | codes[1:][pairs], np.array(words, dtype=np.int64)]
    )


def is_pair(terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which terms are pairs of Chinese characters."""
    return (terms >= 1 << _PAIR_SHIFT) & (terms < _WORD_BIT)


def is_word(terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which terms are words in an alphabet."""
    return terms >= _WORD_BIT


def _stem(word: str) -> str:
    return _ENGLISH_ENDINGS.sub("", word) if word.isascii() and word.isalpha() else word


@dataclass(frozen=True, slots=True)
class _Segment:
    """Postings of the rows from `first` to before `stop`: for each term (sorted) a slice of `rows` and `counts`."""

    first: int
    stop: int
    terms: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint8]

    def postings(self, term: int) -> slice:
        at = int(np.searchsorted(self.terms, term))
        if at == len(self.terms) or self.terms[at] != term:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))


@dataclass(slots=True)
class KeywordIndex:
    """Rows of text, numbered as they were added; a removed row keeps its number and scores nothing."""

    _segments: list[_Segment] = field(default_factory=list)
    _lengths: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    _alive: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    _norms: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        self._weigh_lengths()

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, texts: Sequence[str]) -> None:
        """Adds a row per text."""
        if not texts:
            return
        found = [np.unique(terms_of(text), return_counts=True) for text in texts]
        first = len(self)
        sizes = [len(terms) for terms, _ in found]
        rows = np.repeat(np.arange(first, first + len(texts), dtype=np.int32), sizes)
        terms = np.concatenate([terms for terms, _ in found])
        counts = np.minimum(np.concatenate([counts for _, counts in found]), 255).astype(np.uint8)
        lengths = np.array([counts.sum() for _, counts in found], np.float32)
        self._lengths = np.concatenate([self._lengths, lengths])
        self._alive = np.concatenate([self._alive, np.ones(len(texts), np.bool_)])
        self._weigh_lengths()
        self._segments.append(_segment(first, len(self), terms, rows, counts))
        while len(self._segments) > 1 and len(self._segments[-2].rows) <= 2 * len(self._segments[-1].rows):
            self._segments[-2:] = [_merged(self._segments[-2:])]

    def remove(self, row: int) -> None:
        """Takes a row out of every answer."""
        self._alive[row] = False

    def scores(self, query: str, *, since: int = 0) -> NDArray[np.float32]:
        """BM25 of the rows from `since` on for the query, divided by the weight of all its terms: about 0 to 1."""
        terms, wanted = np.unique(terms_of(query), return_counts=True)
        return self.scores_of(terms, self.weights(terms) * np.minimum(wanted, 2), since=since)

    def scores_of(
        self, terms: NDArray[np.int64], weights: NDArray[np.float32], *, since: int = 0
    ) -> NDArray[np.float32]:
        """The same for terms that are weighed otherwise."""
        total = np.zeros(len(self), np.float32)
        weighed = list(zip(terms.tolist(), weights.astype(np.float32), strict=True))
        for segment in (one for one in self._segments if one.stop > since):
            here = total[segment.first : segment.stop]
            norms = self._norms[segment.first : segment.stop]
            for term, weight in weighed:
                at = segment.postings(term)
                _add_impact(here, norms, segment.rows[at] - segment.first, segment.counts[at], weight)
        total *= self._alive
        return total[since:] / np.float32(max(float(weights.sum()), 1e-6))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The whole index as arrays, for `of_arrays`; rows removed are alive again there."""
        if len(self._segments) != 1:
            self._segments = [_merged(self._segments)] if self._segments else []
        if not self._segments:
            return {}
        whole = self._segments[0]
        return {
            "terms": whole.terms,
            "starts": whole.starts,
            "postings": whole.rows,
            "counts": whole.counts,
            "lengths": self._lengths,
        }

    @staticmethod
    def of_arrays(arrays: Mapping[str, NDArray[Any]]) -> KeywordIndex:
        """The index these arrays were taken from."""
        if "terms" not in arrays:
            return KeywordIndex()
        rows = len(arrays["lengths"])
        segment = _Segment(0, rows, arrays["terms"], arrays["starts"], arrays["postings"], arrays["counts"])
        return KeywordIndex([segment], arrays["lengths"], np.ones(rows, np.bool_))

    def weights(self, terms: NDArray[np.int64]) -> NDArray[np.float32]:
        """How telling each term is here: its inverse document frequency."""
        counts = np.array([self._rows_with(term) for term in terms.tolist()], np.float32)
        rows = max(len(self), 1)
        idf: NDArray[np.float32] = np.log1p((rows - counts + 0.5) / (counts + 0.5)).astype(np.float32)
        return idf

    def _weigh_lengths(self) -> None:
        mean = max(float(self._lengths.mean()), 1.0) if len(self) else 1.0
        self._norms = (_K1 * (1 - _B + _B * self._lengths / mean)).astype(np.float32)

    def knows(self, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which terms stand in any row, removed ones too."""
        return np.array([self._rows_with(term) > 0 for term in terms.tolist()], np.bool_)

    def _rows_with(self, term: int) -> int:
        slices = (segment.postings(term) for segment in self._segments)
        return sum(at.stop - at.start for at in slices)


def _add_impact(
    total: NDArray[np.float32],
    norms: NDArray[np.float32],
    rows: NDArray[np.int32],
    counts: NDArray[np.uint8],
    weight: np.float32,
) -> None:
    """Adds to the total what one term says of the rows it stands in."""
    if len(rows) * _COMMON > len(total):
        everywhere = np.zeros(len(total), np.float32)
        everywhere[rows] = counts
        total += weight * everywhere / (everywhere + norms)
    elif len(rows):
        some = counts.astype(np.float32)
        total[rows] += weight * some / (some + norms[rows])


def _segment(
    first: int, stop: int, terms: NDArray[np.int64], rows: NDArray[np.int32], counts: NDArray[np.uint8]
) -> _Segment:
    order = np.argsort(terms, kind="stable")
    distinct, starts = np.unique(terms[order], return_index=True)
    return _Segment(first, stop, distinct, np.append(starts, len(terms)), rows[order], counts[order])


def _merged(segments: Sequence[_Segment]) -> _Segment:
    terms = np.concatenate([np.repeat(one.terms, np.diff(one.starts)) for one in segments])
    rows = np.concatenate([one.rows for one in segments])
    counts = np.concatenate([one.counts for one in segments])
    return _segment(segments[0].first, segments[-1].stop, terms, rows, counts)
