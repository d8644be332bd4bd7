"""What the terms of one language are in the other, learned from the lines the library has in both.

An English question shares no word with a Chinese passage; through the glossary it does. Nobody writes the glossary:
IBM's first model of translation finds, in the entries' parallel lines, which terms go with which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.keyword_index import is_pair, is_word, terms_of
from knowledge.library_schema import LANGUAGES
from knowledge.snapshot import keep, kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knowledge.library_entries import Library, LibraryEntry

_ROUNDS = 4
_MOST_MEANINGS = 4
_LEAST_SHARE = 0.05
_LEAST_SEEN = 1.0
"""How often, weighed, two terms must have gone together: once may be chance, and mostly is."""
_ANY = 0
"""A term every line is given, to answer for the words that translate nothing."""
_LISTS_OF_THEIR_OWN = frozenset({"asks", "aliases"})
"""Lists whose lines are not each other's translations."""

Terms = NDArray[np.int64]


def _none(dtype: type[np.generic]) -> NDArray[Any]:
    return np.zeros(0, dtype)


@dataclass(frozen=True, slots=True)
class Glossary:
    """For each term (sorted) a slice of `meanings` in the other language with their `shares`."""

    terms: Terms = field(default_factory=lambda: _none(np.int64))
    starts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    meanings: Terms = field(default_factory=lambda: _none(np.int64))
    shares: NDArray[np.float32] = field(default_factory=lambda: _none(np.float32))

    def translated(self, term: int) -> tuple[Terms, NDArray[np.float32]]:
        """What a term may be in the other language, and how likely each is; nothing for a term never seen."""
        at = int(np.searchsorted(self.terms, term))
        known = at < len(self.terms) and self.terms[at] == term
        found = slice(int(self.starts[at]), int(self.starts[at + 1])) if known else slice(0)
        return self.meanings[found], self.shares[found]

    def all_translated(self, terms: Terms) -> tuple[Terms, NDArray[np.float32]]:
        """The same for several terms in one."""
        found = [self.translated(term) for term in terms.tolist()]
        return (
            np.concatenate([_none(np.int64), *(meanings for meanings, _ in found)]),
            np.concatenate([_none(np.float32), *(shares for _, shares in found)]),
        )


def glossary_of(library: Library, folder: Path | None = None) -> Glossary:
    """The glossary of a library, kept in the folder between runs."""
    lines = list(chain.from_iterable(map(_parallel_lines, library.entries)))
    texts = [text for pair in lines for text in pair]
    path = folder / "glossary.npz" if folder else None
    found = kept(path, texts) if path else None
    if found and found[0] == len(texts):
        return _of_arrays(found[1])
    learned = _learned(lines)
    if path:
        keep(path, {name: getattr(learned, name) for name in ("terms", "starts", "meanings", "shares")}, texts)
    return learned


def _parallel_lines(entry: LibraryEntry) -> Iterator[tuple[str, str]]:
    here, there = (entry.text(language) for language in LANGUAGES)
    yield _names(here.name, here.lines("aliases")), _names(there.name, there.lines("aliases"))
    for key in here.values:
        mine, theirs = list(_texts(here.values[key])), list(_texts(there.values.get(key)))
        if len(mine) == len(theirs) and key not in _LISTS_OF_THEIR_OWN:
            yield from zip(mine, theirs, strict=True)


def _names(name: str, aliases: Sequence[str]) -> str:
    return "\n".join([name, *aliases])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(_texts(value[key]) for key in sorted(value))
    elif isinstance(value, Sequence):
        yield from chain.from_iterable(map(_texts, value))


def _learned(lines: Sequence[tuple[str, str]]) -> Glossary:
    found = [np.unique(terms_of(text)) for pair in lines for text in pair]
    chinese = [terms[is_pair(terms)] for terms in found[::2]]
    english = [terms[is_word(terms)] for terms in found[1::2]]
    if not lines:
        return Glossary()
    return _joined(_best_of_each(*_model_one(english, chinese)), _best_of_each(*_model_one(chinese, english)))


def _model_one(
    sources: Sequence[Terms], targets: Sequence[Terms]
) -> tuple[Terms, Terms, NDArray[np.float64], NDArray[np.float64]]:
    """Pairs of terms that stand in the same lines, with how likely and how often one is the other's translation."""
    given = [np.append(source, _ANY) for source in sources]
    said = np.concatenate([np.repeat(source, len(target)) for source, target in zip(given, targets, strict=True)])
    meant = np.concatenate([np.tile(target, len(source)) for source, target in zip(given, targets, strict=True)])
    ends = np.cumsum([0, *map(len, targets)])
    places = [np.tile(np.arange(end - len(target), end), len(source))
              for source, target, end in zip(given, targets, ends[1:].tolist(), strict=True)]  # fmt: skip
    place = np.concatenate(places)
    terms, said = np.unique(said, return_inverse=True)
    others, meant = np.unique(meant, return_inverse=True)
    pairs, pair = np.unique(said * len(others) + meant, return_inverse=True)
    likely: NDArray[np.float64] = np.ones(len(pairs))
    seen = likely
    for _ in range(_ROUNDS):
        share = likely[pair]
        share /= _summed(place, share)[place]
        seen = _summed(pair, share)
        likely = seen / _summed(said, share)[pairs // len(others)]
    return terms[pairs // len(others)], others[pairs % len(others)], likely, seen


def _summed(groups: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.bincount(groups, weights=values), np.float64)


def _best_of_each(
    terms: Terms, others: Terms, likely: NDArray[np.float64], seen: NDArray[np.float64]
) -> tuple[Terms, Terms, NDArray[np.float64]]:
    """The likeliest translations of each term, best first, without those that may be chance."""
    sure = np.flatnonzero((likely >= _LEAST_SHARE) & (seen >= _LEAST_SEEN) & (terms != _ANY))
    order = sure[np.lexsort((-likely[sure], terms[sure]))]
    first = np.searchsorted(terms[order], terms[order])
    best = order[np.arange(len(order)) - first < _MOST_MEANINGS]
    return terms[best], others[best], likely[best]


def _joined(*parts: tuple[Terms, Terms, NDArray[np.float64]]) -> Glossary:
    terms, meanings, shares = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(terms, kind="stable")
    distinct, starts = np.unique(terms[order], return_index=True)
    return Glossary(distinct, np.append(starts, len(terms)), meanings[order], shares[order].astype(np.float32))


def _of_arrays(arrays: Mapping[str, NDArray[Any]]) -> Glossary:
    return Glossary(arrays["terms"], arrays["starts"], arrays["meanings"], arrays["shares"])
