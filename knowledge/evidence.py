"""Whether what was found answers the question: a check of its own, since the best score says little about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from knowledge.keyword_index import is_pair, terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.keyword_index import KeywordIndex
    from knowledge.ranking import Scored

_LOOKED_AT = 3
_TAKEN_OVER = ("words", "asked_words", "asked_meaning")


def evidence_for(
    query: str, best: Sequence[Scored], *, words: KeywordIndex, leaning: float, heard: tuple[float, float]
) -> Mapping[str, float]:
    """What speaks for an answer: how near the best hits are, how much of the question they cover, its subject.

    `heard` is how much the question sounds like any entry of the library, by words and by meaning.
    """
    parts = [one.parts for one in best[:_LOOKED_AT]]
    near = {name: max((part.get(name, 0.0) for part in parts), default=0.0) for name in _TAKEN_OVER}
    likeness = [max(part.get("window", 0.0), part.get("meaning", 0.0)) for part in parts]
    return {
        **near,
        "meaning": max(likeness, default=0.0),
        "heard_words": heard[0],
        "heard_meaning": heard[1],
        "coverage": covered(query, [one.passage.text for one in best[:_LOOKED_AT]], words),
        "leaning": leaning,
        "score": best[0].score if best else 0.0,
    }


def covered(query: str, texts: Sequence[str], words: KeywordIndex) -> float:
    """The share of the question's telling terms, weighed by how telling they are, that the texts contain."""
    terms = np.unique(terms_of(query))
    telling = terms[is_pair(terms) | (terms > 1 << 42)]
    telling = telling if len(telling) else terms
    if not len(telling) or not texts:
        return 0.0
    present = np.isin(telling, np.concatenate([terms_of(text) for text in texts]))
    weights = words.weights(telling)
    return float(weights[present].sum() / max(float(weights.sum()), 1e-6))
