"""From a question to the entries of the library it is about, and from those to passages in other words.

Reps and textbooks name the same trouble differently; an entry knows both: its `asks` are the reps' words, its name,
aliases and summary the textbooks'.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.keyword_index import KeywordIndex
from knowledge.library_passages import leads_to, passages_of_entry
from knowledge.library_schema import LANGUAGES, searchable_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.library_entries import Library, LibraryEntry
    from knowledge.vector_cache import VectorCache

_NEAREST = 3
_WORDS_BESIDE_MEANING = 1.5
_TEMPERATURE = 0.5
_MOST_ENTRIES = 8
_MOST_PASSAGES = 1000
_MUCH_GROWN = 1.125
"""How many times as many passages let every entry be heard anew in all of them, since terms tell more or less then."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How much each entry (in the order of `Concepts.ids`) sounds like the question."""

    words: NDArray[np.float32]
    meaning: NDArray[np.float32]
    shares: dict[int, float]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The rows that speak most in an entry's terms, and how much, of the first `of` passages."""

    of: int
    rows: NDArray[np.intp]
    scores: NDArray[np.float32]

    def most(self) -> _Spoken:
        """The same without the rows that speak little in them."""
        most = min(_MOST_PASSAGES, len(self.rows))
        best = np.argpartition(-self.scores, most - 1)[:most] if most else slice(0)
        return _Spoken(self.of, self.rows[best], self.scores[best])


@dataclass(slots=True)
class Concepts:
    """The searchable entries with the ways to ask for them."""

    ids: tuple[str, ...]
    _words: KeywordIndex
    _asks: NDArray[np.float32]
    _asks_of: NDArray[np.intp]
    _centres: NDArray[np.float32]
    _profiles: tuple[str, ...]
    _spoken_in: dict[int, _Spoken] = field(default_factory=dict)

    def heard(self, query: str, vector: NDArray[np.float32]) -> Heard:
        """Which entries the question is about, by the words and the meaning of their asks."""
        words = self._words.scores(query)
        likeness = np.append(self._asks @ vector, np.float32(-1))[self._asks_of]
        meaning = np.partition(likeness, -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
        return Heard(words, meaning, _shares(_standard(meaning) + _WORDS_BESIDE_MEANING * _standard(words)))

    def passage_words(self, heard: Heard, passages: KeywordIndex) -> NDArray[np.float32]:
        """For every passage, how much it speaks in the textbook words of what was heard."""
        total = np.zeros(len(passages), np.float32)
        for entry, share in heard.shares.items():
            spoken = self._spoken_for(entry, passages)
            total[spoken.rows] += share * spoken.scores
        return total

    def listen(self, entry: int, passages: KeywordIndex) -> None:
        """Hears an entry in the passages beforehand, so that no question waits for it."""
        self._spoken_for(entry, passages)

    @property
    def profiles(self) -> Sequence[str]:
        """What entries are heard by in the passages."""
        return self._profiles

    def spoken(self) -> dict[str, NDArray[np.generic]]:
        """What was heard in the passages of all entries, for `restore`."""
        heard = [self._spoken_in[entry] for entry in range(len(self.ids))]
        return {"passages": np.stack([one.rows for one in heard]), "scores": np.stack([one.scores for one in heard])}

    def restore(self, of: int, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Takes back what was heard in the first `of` passages."""
        both = zip(arrays["passages"], arrays["scores"], strict=True)
        self._spoken_in.update((entry, _Spoken(of, rows, scores)) for entry, (rows, scores) in enumerate(both))

    def centre(self, heard: Heard) -> NDArray[np.float32]:
        """The meaning of what was heard, as the entries themselves tell it."""
        centre = np.zeros(self._centres.shape[1], np.float32)
        for entry, share in heard.shares.items():
            centre += share * self._centres[entry]
        return centre

    def _spoken_for(self, entry: int, passages: KeywordIndex) -> _Spoken:
        """The passages that speak most in an entry's terms; kept, and only new passages are heard for it."""
        kept = self._spoken_in.get(entry)
        if kept is None or len(passages) > _MUCH_GROWN * kept.of:
            kept = _Spoken(0, np.zeros(0, np.intp), np.zeros(0, np.float32))
        if kept.of < len(passages):
            scores = passages.scores(self._profiles[entry], since=kept.of)
            new = np.arange(kept.of, len(passages), dtype=np.intp)
            everything = np.concatenate([kept.rows, new]), np.concatenate([kept.scores, scores])
            kept = self._spoken_in[entry] = _Spoken(len(passages), *everything).most()
        return kept


def concepts_of(library: Library, cache: VectorCache) -> Concepts | None:
    """The concepts of a library; None when it has no searchable entry."""
    entries = [entry for entry in library.entries if entry.kind in searchable_kinds()]
    if not entries:
        return None
    asks = [_asks(entry) for entry in entries]
    words = KeywordIndex()
    words.add(["\n".join(asked) for asked in asks])
    return Concepts(
        ids=tuple(entry.id for entry in entries),
        _words=words,
        _asks=cache.vectors([ask for asked in asks for ask in asked]).long(),
        _asks_of=_rows_of([len(asked) for asked in asks]),
        _centres=np.stack([_centre(entry, cache) for entry in entries]),
        _profiles=tuple(_profile(entry) for entry in entries),
    )


def _asks(entry: LibraryEntry) -> list[str]:
    return list(dict.fromkeys(ask for language in LANGUAGES for ask in leads_to(entry, language)))


def _rows_of(counts: Sequence[int]) -> NDArray[np.intp]:
    """For each entry the rows of its asks, filled up with a row that is none."""
    ends = np.cumsum(counts)
    rows = np.full((len(counts), max(_NEAREST, *counts)), ends[-1], np.intp)
    for entry, (count, end) in enumerate(zip(counts, ends.tolist(), strict=True)):
        rows[entry, :count] = np.arange(end - count, end)
    return rows


def _centre(entry: LibraryEntry, cache: VectorCache) -> NDArray[np.float32]:
    texts = [passage.text for passage in passages_of_entry(entry) if passage.language == LANGUAGES[0]]
    centre: NDArray[np.float32] = cache.vectors(texts).long().mean(axis=0)
    return centre


def _profile(entry: LibraryEntry) -> str:
    text = entry.text(LANGUAGES[0])
    return " ".join([text.name, *text.lines("aliases"), text.summary])


def _standard(values: NDArray[np.float32]) -> NDArray[np.float32]:
    deviation = max(float(values.std()), 1e-6)
    standard: NDArray[np.float32] = (values - values.mean()) / deviation
    return standard


def _shares(loudness: NDArray[np.float32]) -> dict[int, float]:
    """Shares of the loudest entries, adding up to one."""
    best: Sequence[int] = np.argsort(-loudness)[:_MOST_ENTRIES].tolist()
    strength = np.exp((loudness[best] - loudness[best[0]]) / _TEMPERATURE)
    return dict(zip(best, (strength / strength.sum()).tolist(), strict=True))
