"""The knowledge base of the product: words, meaning, and the library's concepts together.

Without vectors (no model, a damaged index that cannot be rebuilt) it searches by words and says so once in the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from knowledge.chroma_index import ChromaIndex
from knowledge.cleaning.topics import Topics
from knowledge.concepts import Concepts, concepts_of
from knowledge.errors import VectorsUnavailableError
from knowledge.evidence import Coverage, evidence_for
from knowledge.folding import language_of
from knowledge.glossary import Glossary, glossary_of
from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.passage_vectors import PassageVectors
from knowledge.passages import Embedder, Findings, Hit, PassageStore, Scope, Source
from knowledge.question_reader import QuestionReader
from knowledge.questions import Question, document_parts, entry_parts
from knowledge.ranking import Scored, best_of_each
from knowledge.search_weights import Weights, fitted_weights, probability
from knowledge.snapshot import WORTH_KEEPING, keep, kept
from knowledge.vector_cache import VectorCache, stored_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from knowledge.library_entries import Library

_LOG = logging.getLogger(__name__)
_LEAST_EVIDENCE = 0.5
_LOOKED_AT = 3
"""How many hits, best first, the check of the evidence reads."""


@dataclass(slots=True)
class HybridKnowledgeBase:
    """Fulfils KnowledgeBase; the first search computes what vectors are missing, `prepare` does so beforehand.

    `folder` keeps vectors between runs; `chroma_url` names a Chroma server in place of the folder's own index.
    """

    library: Library
    store: PassageStore
    embedder: Embedder
    folder: Path | None = None
    chroma_url: str | None = None
    weights: Weights = field(default_factory=fitted_weights)
    _words: KeywordKnowledgeBase = field(init=False)
    _cache: VectorCache = field(init=False)
    _index: ChromaIndex = field(init=False)
    _vectors: PassageVectors = field(init=False)
    _topics: Topics = field(init=False)
    _concepts: Concepts | None = None
    _glossary: Glossary = field(default_factory=Glossary)
    _rows: int = 0
    _leads: int = 0
    _generation: int | None = None
    _warned: bool = False
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self._words = KeywordKnowledgeBase(self.library, self.store, self.folder)
        self._cache = VectorCache(self.embedder, self.folder / "vectors" if self.folder else None)
        folder = self.folder / "chroma" if self.folder and not self.chroma_url else None
        self._index = ChromaIndex(f"passages-{stored_name(self.embedder)}", folder, self.chroma_url)
        self._vectors = PassageVectors(self._cache)
        self._topics = Topics(self.embedder)

    def refresh(self) -> None:
        """Takes in what changed in the store, by words; meaning follows with the next search or `prepare`."""
        self._words.refresh()

    def prepare(self) -> None:
        """Computes and indexes whatever vectors are missing. Raises VectorsUnavailableError when it cannot."""
        with self._lock:
            self._words.refresh()
            self._catch_up()

    def search(
        self, query: str, *, team: str | None, scope: Scope = Scope.ALL, k: int = 10, context: str | None = None
    ) -> Findings:
        """The best passages by words, meaning and concepts; by words alone while there are no vectors."""
        with self._lock:
            try:
                self.prepare()
                return self._search(query, team=team, scope=scope, k=k, context=context)
            except VectorsUnavailableError as error:
                if not self._warned:
                    _LOG.warning("no vectors, searching by words", extra={"reason": str(error)[:200]})
                self._warned = True
                return self._words.search(query, team=team, scope=scope, k=k, context=context)

    def source(self, passage_id: str, *, team: str | None, neighbours: int = 1) -> Source:
        """The passage with its neighbours."""
        return self._words.source(passage_id, team=team, neighbours=neighbours)

    def _search(self, query: str, *, team: str | None, scope: Scope, k: int, context: str | None) -> Findings:
        visible = self._words.catalogue.visible(team=team, scope=scope)
        if not visible.any():
            return Findings((), answerable=False, why="nothing_indexed")
        question = self._reader().read(query, context)
        documents = self._scored_documents(question, visible, team) if scope is not Scope.LIBRARY else []
        entries = self._scored_entries(question, k) if scope is not Scope.DOCUMENTS else []
        scored = sorted([*documents, *entries], key=lambda one: -one.score)
        best = best_of_each(scored, language=language_of(query), k=k)
        hits = tuple(Hit(one.passage, one.score, rank, one.parts) for rank, one in enumerate(best, start=1))
        sure, evidence = max(
            (
                self._weighed(query, question, found, weights)
                for found, weights in (
                    (documents, self.weights.evidence_documents),
                    (entries, self.weights.evidence_entries),
                )
                if found
            ),
            key=lambda weighed: weighed[0],
            default=(0.0, {}),
        )
        answerable = sure >= _LEAST_EVIDENCE
        return Findings(hits, answerable, "evidence" if answerable else "no_evidence", evidence)

    def _weighed(
        self, query: str, question: Question, found: list[Scored], weights: Mapping[str, float]
    ) -> tuple[float, Mapping[str, float]]:
        """How sure it is that hits of one kind answer the question, and on what that rests."""
        in_order = sorted(found, key=lambda one: -one.score)
        best = best_of_each(in_order, language=question.language, k=_LOOKED_AT)
        coverage = Coverage(self._words.passage_words, self._glossary)
        evidence = evidence_for(
            question,
            best,
            coverage=coverage.of(query, [one.passage.text for one in best]),
            leaning=float(self._topics.leanings(question.vector[None])[0]),
        )
        return probability(evidence, weights), evidence

    def _reader(self) -> QuestionReader:
        words = self._words
        return QuestionReader(self.embedder, words.passage_words, words.lead_words, self._concepts, self._glossary)

    def _scored_documents(self, question: Question, visible: NDArray[np.bool_], team: str | None) -> list[Scored]:
        catalogue = self._words.catalogue
        near = self._index.nearest(question.vector, team=team, k=100)
        near_rows = [row for passage_id in near if (row := catalogue.row_of(passage_id)) is not None]
        rows = question.candidates(visible & catalogue.is_document, near_rows, catalogue)
        parts = document_parts(question, rows, self._vectors, catalogue)
        weights = {True: self.weights.documents, False: self.weights.documents_across}
        return [
            Scored(
                catalogue.passages[row],
                probability(part, weights[catalogue.passages[row].language == question.language]),
                part,
            )
            for row, part in zip(rows.tolist(), parts, strict=True)
        ]

    def _scored_entries(self, question: Question, most: int) -> list[Scored]:
        if self._concepts is None or question.heard is None:
            return []
        catalogue = self._words.catalogue
        parts = entry_parts(question, self._concepts.ids, self._vectors, catalogue)
        scores = [probability(part, self.weights.entries) for part in parts]
        scored: list[Scored] = []
        for at in np.argsort(-np.array(scores), kind="stable")[:most].tolist():
            rows = np.asarray(catalogue.rows_of_entry(self._concepts.ids[at]))
            order = np.argsort(-question.row_likeness(rows, self._vectors), kind="stable")
            scored += [Scored(catalogue.passages[row], scores[at], parts[at]) for row in rows[order].tolist()]
        return scored

    def _catch_up(self) -> None:
        """Brings vectors up to the catalogue; a damaged index is built once more from what is kept."""
        catalogue = self._words.catalogue
        if self._generation == catalogue.generation:
            return
        if self._concepts is None:
            self._concepts = concepts_of(self.library, self._cache)
            self._glossary = glossary_of(self.library, self.folder)
        if self._rows < len(catalogue.passages):
            self._add_vectors()
        for lead in catalogue.leads[self._leads :]:
            if (row := catalogue.row_of(lead.target)) is not None:
                self._vectors.add_questions(row, lead.texts)
        self._leads = len(catalogue.leads)
        try:
            self._keep_in_index()
        except VectorsUnavailableError as error:
            _LOG.warning("vector index damaged, building it anew", extra={"reason": str(error)[:200]})
            self._index.start_anew()
            self._keep_in_index()
        self._generation = catalogue.generation

    def _add_vectors(self) -> None:
        """Vectors for new rows; many at once come from, or go to, a snapshot in the folder."""
        passages = self._words.catalogue.passages
        new = len(passages) - self._rows
        path = self.folder / "vector-rows.npz" if self.folder and new >= WORTH_KEEPING else None
        texts = [passage.text for passage in passages] if path else []
        found = kept(path, texts) if path and self._rows == 0 else None
        if found and self._vectors.restore(found[1]):
            self._rows = found[0]
        new = len(passages) - self._rows
        self._vectors.add(passages[self._rows :])
        self._rows = len(passages)
        if path and new >= WORTH_KEEPING:
            keep(path, self._vectors.arrays(), texts)

    def _keep_in_index(self) -> None:
        catalogue = self._words.catalogue
        rows = {catalogue.passages[row].id: row for row in catalogue.live_documents()}
        teams = {passage_id: catalogue.passages[row].team for passage_id, row in rows.items()}
        self._index.keep(teams, lambda ids: self._vectors.full([rows[passage_id] for passage_id in ids]))
