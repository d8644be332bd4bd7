"""One question as every voice hears it, and what each voice says of a passage or an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.catalogue import Catalogue
    from knowledge.concepts import Heard
    from knowledge.passage_vectors import PassageVectors

_MOST_OF_EACH_VOICE = 100


@dataclass(frozen=True, slots=True)
class Question:
    """Scores by row: `words` of the passages, `translated` by the glossary's words for those of the question, `leads`
    by what leads to passages, `spoken` by the entries' own terms.
    """

    language: str
    vector: NDArray[np.float32]
    words: NDArray[np.float32]
    translated: NDArray[np.float32]
    leads: NDArray[np.float32]
    heard: Heard | None
    spoken: NDArray[np.float32]
    centre: NDArray[np.float32] | None

    @property
    def heard_best(self) -> tuple[float, float]:
        """How much the loudest entry sounds like the question, by words and by meaning."""
        if self.heard is None:
            return 0.0, 0.0
        return float(self.heard.words.max(initial=0.0)), float(self.heard.meaning.max(initial=0.0))

    def candidates(self, visible: NDArray[np.bool_], near: Sequence[int], catalogue: Catalogue) -> NDArray[np.intp]:
        """The rows worth a closer look: the first hundred of each voice."""
        rows = set(near)
        for scores in (self.words, self.translated, self.spoken):
            best = np.argpartition(-scores, min(_MOST_OF_EACH_VOICE, len(scores) - 1))[: _MOST_OF_EACH_VOICE + 1]
            rows.update(best[scores[best] > 0].tolist())
        for lead in np.flatnonzero(self.leads > 0).tolist():
            if (row := catalogue.row_of(catalogue.leads[lead].target)) is not None:
                rows.add(row)
        return np.array(sorted(row for row in rows if visible[row]), np.intp)

    def row_likeness(self, rows: NDArray[np.intp], vectors: PassageVectors) -> NDArray[np.float32]:
        """Words and meaning of rows of one entry, to choose which of them to show."""
        likeness: NDArray[np.float32] = vectors.meaning(self.vector, rows) + 2 * self.words[rows]
        return likeness


def document_parts(
    question: Question, rows: NDArray[np.intp], vectors: PassageVectors, catalogue: Catalogue
) -> list[Mapping[str, float]]:
    """What each voice says of these rows of documents; generated questions say only what they add to the passage."""
    nothing = np.zeros(len(rows), np.float32)
    leads = np.array([question.leads[lead] if lead is not None else 0.0 for lead in catalogue.leads_to(rows)])
    parts = {
        "words": question.words[rows],
        "translated": question.translated[rows],
        "meaning": vectors.meaning(question.vector, rows),
        "heading": vectors.heading(question.vector, rows),
        "window": vectors.best_window(question.vector, rows),
        "concept_words": question.spoken[rows],
        "concept_meaning": vectors.meaning(question.centre, rows) if question.centre is not None else nothing,
        "asked_words": np.maximum(leads - question.words[rows], 0),
        "asked_meaning": vectors.questions_gain(question.vector, rows),
    }
    return [dict(zip(parts, map(float, values), strict=True)) for values in zip(*parts.values(), strict=True)]


def entry_parts(
    question: Question, entries: Sequence[str], vectors: PassageVectors, catalogue: Catalogue
) -> list[Mapping[str, float]]:
    """What each voice says of the entries."""
    assert question.heard is not None
    rows = [np.asarray(catalogue.rows_of_entry(entry), np.intp) for entry in entries]
    ends = np.cumsum([len(some) for some in rows])
    starts = ends - [len(some) for some in rows]
    flat = np.concatenate(rows)
    words = np.maximum.reduceat(question.words[flat], starts)
    meaning = np.maximum.reduceat(vectors.meaning(question.vector, flat), starts)
    return [
        {
            "asked_words": float(question.heard.words[at]),
            "asked_meaning": float(question.heard.meaning[at]),
            "words": float(words[at]),
            "meaning": float(meaning[at]),
        }
        for at in range(len(entries))
    ]
