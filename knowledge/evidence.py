"""Whether what was found answers the question: a check of its own, since the best score says little about it."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a question's terms stands in a text, as they are or in the other language."""

    words: KeywordIndex
    glossary: Glossary

    def of(self, query: str, texts: Sequence[str]) -> float:
        """The share of the telling terms, weighed by how telling they are, that the texts contain."""
        terms = np.unique(terms_of(query))
        telling = terms[is_pair(terms) | is_word(terms)]
        telling = telling if len(telling) else terms
        if not len(telling) or not texts:
            return 0.0
        inside = np.unique(np.concatenate([terms_of(text) for text in texts]))
        present = np.array([self._present(term, inside) for term in telling.tolist()], np.float32)
        weights = self.words.weights(telling)
        return float(weights @ present / max(float(weights.sum()), 1e-6))

    def _present(self, term: int, inside: NDArray[np.int64]) -> float:
        """1 for a term that is inside, else the share of its translations that are."""
        if _among(np.array([term]), inside)[0]:
            return 1.0
        meanings, shares = self.glossary.translated(term)
        return float(shares[_among(meanings, inside)].sum() / shares.sum()) if len(shares) else 0.0


def evidence_for(question: Question, best: Sequence[Scored], *, coverage: float, leaning: float) -> Mapping[str, float]:
    """What speaks for an answer: how near the best hits are, how much of the question they cover, its subject."""
    parts = [one.parts for one in best]
    near = {name: max((part.get(name, 0.0) for part in parts), default=0.0) for name in _TAKEN_OVER}
    likeness = [max(part.get("window", 0.0), part.get("meaning", 0.0)) for part in parts]
    heard_words, heard_meaning = question.heard_best
    return {
        **near,
        "meaning": max(likeness, default=0.0),
        "heard_words": heard_words,
        "heard_meaning": heard_meaning,
        "coverage": coverage,
        "leaning": leaning,
        "score": best[0].score if best else 0.0,
    }


def _among(terms: NDArray[np.int64], inside: NDArray[np.int64]) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(inside, terms), len(inside) - 1)
    found: NDArray[np.bool_] = inside[at] == terms
    return found
