"""Whether what was found answers the question: a check of its own, since the best score says little about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.keyword_index import is_pair, is_word, terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.glossary import Glossary
    from knowledge.keyword_index import KeywordIndex
    from knowledge.questions import Question
    from knowledge.ranking import Scored

_TAKEN_OVER = ("words", "translated", "asked_words", "asked_meaning")
_SURE_ENOUGH = 1e-6
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Covered:
    """What texts say of a question's telling terms, each weighed by how rare it is.

    `share` of the weight is said, `missing` is the mean weight not said, `missing_in_all` its sum; `unheard` is the
    share of the terms that are not said and stand in no text known.
    """

    share: float = 0.0
    missing: float = 0.0
    missing_in_all: float = 0.0
    unheard: float = 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a question's terms stands in a text, as they are or in the other language."""

    words: KeywordIndex
    glossary: Glossary

    def of(self, query: str, texts: Sequence[str]) -> Covered:
        """What the texts, together, say of the question's terms."""
        terms = np.unique(terms_of(query))
        telling = terms[is_pair(terms) | is_word(terms)]
        telling = telling if len(telling) else terms
        if not len(telling) or not texts:
            return Covered()
        inside = np.unique(np.concatenate([terms_of(text) for text in texts]))
        absent = 1 - np.array([self._present(term, inside) for term in telling.tolist()], np.float32)
        weights = self.words.weights(telling)
        missing = float(weights @ absent)
        return Covered(
            share=1 - missing / max(float(weights.sum()), _SURE_ENOUGH),
            missing=missing / len(telling),
            missing_in_all=missing,
            unheard=float(absent[~self.words.knows(telling)].sum()) / len(telling),
        )

    def _present(self, term: int, inside: NDArray[np.int64]) -> float:
        """1 for a term that is inside, else the share of its translations that are."""
        if _among(np.array([term]), inside)[0]:
            return 1.0
        meanings, shares = self.glossary.translated(term)
        return float(shares[_among(meanings, inside)].sum() / shares.sum()) if len(shares) else 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, whatever was found: how it leans towards selling, and how the library hears it.

    `nearest` is the mean likeness of the few library passages likest to it, `spread` how far the likenesses of all of
    them lie apart: a question about nothing in the field is about equally unlike all.
    """

    leaning: float
    nearest: float
    spread: float


def subject_of(leaning: float, library: NDArray[np.float32]) -> Subject:
    """The subject of a question with this leaning; `library` is how like each of its passages the question is."""
    if not len(library):
        return Subject(leaning, 0.0, 0.0)
    return Subject(leaning, float(np.sort(library)[-_NEAREST:].mean()), float(library.std()))


def evidence_for(
    question: Question, best: Sequence[Scored], *, covered: Covered, subject: Subject
) -> Mapping[str, float]:
    """What speaks for an answer: how near the best hits are, what of the question they leave unsaid, its subject."""
    parts = [one.parts for one in best]
    near = {name: max((part.get(name, 0.0) for part in parts), default=0.0) for name in _TAKEN_OVER}
    likeness = [max(part.get("window", 0.0), part.get("meaning", 0.0)) for part in parts]
    heard_words, heard_meaning = question.heard_best
    return {
        **near,
        "meaning": max(likeness, default=0.0),
        "heard_words": heard_words,
        "heard_meaning": heard_meaning,
        "coverage": covered.share,
        "missing": covered.missing,
        "missing_in_all": covered.missing_in_all,
        "unheard": covered.unheard,
        "leaning": subject.leaning,
        "library_nearest": subject.nearest,
        "library_spread": subject.spread,
        "odds": _log_odds(best[0].score) if best else _log_odds(0.0),
    }


def _log_odds(probability: float) -> float:
    sure = min(max(probability, _SURE_ENOUGH), 1 - _SURE_ENOUGH)
    return math.log(sure / (1 - sure))


def _among(terms: NDArray[np.int64], inside: NDArray[np.int64]) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(inside, terms), len(inside) - 1)
    found: NDArray[np.bool_] = inside[at] == terms
    return found
