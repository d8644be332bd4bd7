"""From the words of a question to everything the search asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.folding import folded, language_of
from knowledge.keyword_index import terms_of
from knowledge.questions import Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.concepts import Concepts
    from knowledge.glossary import Glossary
    from knowledge.keyword_index import KeywordIndex
    from knowledge.passages import Embedder

_CONTEXT_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class QuestionReader:
    """Reads questions against the passages' words, the leads' words and the library's concepts."""

    embedder: Embedder
    passage_words: KeywordIndex
    lead_words: KeywordIndex
    concepts: Concepts | None
    glossary: Glossary

    def read(self, query: str, context: str | None = None) -> Question:
        """The question, a third of it the one before it in the same talk. Raises VectorsUnavailableError."""
        vector, words, leads, translated = self._heard(query)
        if context:
            before = self._heard(context)
            mixed = _mixed(vector, before[0])
            vector = mixed / np.linalg.norm(mixed)
            words, leads, translated = _mixed(words, before[1]), _mixed(leads, before[2]), _mixed(translated, before[3])
        heard = self.concepts.heard(f"{query} {context or ''}", vector) if self.concepts else None
        spoken = self.concepts.passage_words(heard, self.passage_words) if self.concepts and heard else None
        return Question(
            language=language_of(query),
            vector=vector,
            words=words,
            translated=translated,
            leads=leads,
            heard=heard,
            spoken=spoken if spoken is not None else np.zeros_like(words),
            centre=self.concepts.centre(heard) if self.concepts and heard else None,
        )

    def _heard(self, text: str) -> tuple[NDArray[np.float32], ...]:
        meanings, shares = self.glossary.all_translated(np.unique(terms_of(text)))
        return (
            self.embedder.embed([folded(text)])[0],
            self.passage_words.scores(text),
            self.lead_words.scores(text),
            self.passage_words.scores_of(meanings, shares * self.passage_words.weights(meanings)),
        )


def _mixed(now: NDArray[np.float32], before: NDArray[np.float32]) -> NDArray[np.float32]:
    share = np.float32(_CONTEXT_SHARE)
    mixed: NDArray[np.float32] = (1 - share) * now + share * before
    return mixed
