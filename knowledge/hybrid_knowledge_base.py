"""The knowledge base of the product: words, meaning, and the library's concepts together.

Without vectors (no model, a damaged index that cannot be rebuilt) it searches by words and says so once in the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import TYPE_CHECKING

import numpy as np

from knowledge.chroma_index import ChromaIndex
from knowledge.cleaning.topics import Topics
from knowledge.concepts import Concepts, concepts_of
from knowledge.errors import VectorsUnavailableError
from knowledge.evidence import Coverage, Subject, evidence_for, subject_of
from knowledge.folding import language_of
from knowledge.glossary import Glossary, glossary_of
from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.one_thread import one_thread
from knowledge.passage_vectors import PassageVectors
from knowledge.passages import Embedder, PassageStore, Scope, SearchResults, Source
from knowledge.question_reader import QuestionReader
from knowledge.questions import Question, document_parts, entry_parts
from knowledge.ranking import Scored, best_of_each, hits_of
from knowledge.search_weights import Weights, fitted_weights, probability
from knowledge.snapshot import keep, kept, worth_keeping
from knowledge.vector_cache import VectorCache, stored_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from knowledge.library_entries import Library

_LOG = logging.getLogger(__name__)
_LEAST_EVIDENCE = 0.5
_NEIGHBOURS = 100
_VECTORS, _HEARD = "vector-rows.npz", "heard.npz"
_LOOKED_AT = 3
"""How many hits, best first, the check of the evidence reads."""


@dataclass(slots=True)
class HybridKnowledgeBase:
    """Fulfils KnowledgeBase; the first search computes what vectors are missing, `prepare` does so beforehand.

    `folder` keeps vectors between runs and Chroma's index of them, which `chroma_url` may put on a server instead.
    Until `prepare` has brought the index up to date, every passage is compared: nothing is missed, but it is slower.
    """

    library: Library
    store: PassageStore
    embedder: Embedder
    folder: Path | None = None
    chroma_url: str | None = None
    weights: Weights = field(default_factory=fitted_weights)
    _words: KeywordKnowledgeBase = field(init=False)
    _cache: VectorCache = field(init=False)
    _index: ChromaIndex | None = None
    _vectors: PassageVectors = field(init=False)
    _topics: Topics = field(init=False)
    _concepts: Concepts | None = None
    _glossary: Glossary = field(default_factory=Glossary)
    _rows: int = 0
    _kept: int = 0
    _heard: int = 0
    _leads: int = 0
    _generation: int | None = None
    _indexed: int | None = None
    _tried: int | None = None
    _warned: bool = False
    _lock: RLock = field(default_factory=RLock)
    _preparing: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._words = KeywordKnowledgeBase(self.library, self.store, self.folder)
        self._cache = VectorCache(self.embedder, self.folder / "vectors" if self.folder else None)
        if self.folder:
            name = f"passages-{stored_name(self.embedder)}"
            self._index = ChromaIndex(name, self.folder / "chroma", self.chroma_url)
        self._vectors = PassageVectors(self._cache)
        self._topics = Topics(self.embedder)

    def refresh(self) -> None:
        """Takes in what changed in the store, by words; meaning follows with the next search or `prepare`."""
        self._words.refresh()

    def catch_up(self) -> None:
        """Computes whatever vectors are missing. Raises VectorsUnavailableError when it cannot."""
        with self._lock, one_thread():
            self._words.refresh()
            self._catch_up()

    def prepare(self) -> None:
        """The same, and all that makes searches quicker; others may search meanwhile. Raises as `catch_up` does."""
        with self._preparing:
            self.catch_up()
            self._listen()
            with self._lock:
                catalogue = self._words.catalogue
                self._tried = catalogue.generation
                rows = {catalogue.rows[row].id: row for row in catalogue.live_documents()}
                teams = {passage_id: catalogue.rows[row].team for passage_id, row in rows.items()}
            if self._index and self._indexed != self._tried:
                self._keep_in(self._index, rows, teams)

    @property
    def is_prepared(self) -> bool:
        """Whether `prepare` has nothing to do for what the last search or `refresh` saw."""
        return self._tried == self._words.catalogue.generation

    def search(
        self, query: str, *, team: str | None, scope: Scope = Scope.ALL, k: int = 10, context: str | None = None
    ) -> SearchResults:
        """The best passages by words, meaning and concepts; by words alone while there are no vectors."""
        with self._lock, one_thread():
            try:
                self.catch_up()
                return self._search(query, team=team, scope=scope, k=k, context=context)
            except VectorsUnavailableError as error:
                if not self._warned:
                    _LOG.warning("no vectors, searching by words", extra={"reason": str(error)[:200]})
                self._warned = True
                return self._words.search(query, team=team, scope=scope, k=k, context=context)

    def source(self, passage_id: str, *, team: str | None, neighbours: int = 1) -> Source:
        """The passage with its neighbours."""
        return self._words.source(passage_id, team=team, neighbours=neighbours)

    def _search(self, query: str, *, team: str | None, scope: Scope, k: int, context: str | None) -> SearchResults:
        visible = self._words.catalogue.visible(team=team, scope=scope)
        if not visible.any():
            return SearchResults((), answerable=False, why="nothing_indexed")
        question = self._reader().read(query, context)
        documents = self._scored_documents(question, visible, team) if scope is not Scope.LIBRARY else []
        entries = self._scored_entries(question, k) if scope is not Scope.DOCUMENTS else []
        scored = sorted([*documents, *entries], key=lambda one: -one.score)
        hits = hits_of(best_of_each(scored, language=language_of(query), k=k), self._words.catalogue)
        subject = self._subject(question)
        sure, evidence = max(
            (
                self._weighed(query, question, subject, found, weights)
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
        return SearchResults(hits, answerable, "evidence" if answerable else "no_evidence", evidence)

    def _subject(self, question: Question) -> Subject:
        of_library = np.flatnonzero(~self._words.catalogue.is_document)
        leaning = float(self._topics.leanings(question.vector[None])[0])
        return subject_of(leaning, self._vectors.meaning(question.vector, of_library))

    def _weighed(
        self, query: str, question: Question, subject: Subject, found: list[Scored], weights: Mapping[str, float]
    ) -> tuple[float, Mapping[str, float]]:
        """How sure it is that hits of one kind answer the question, and on what that rests."""
        in_order = sorted(found, key=lambda one: -one.score)
        best = best_of_each(in_order, language=question.language, k=_LOOKED_AT)
        passages = self._words.catalogue.opened(one.passage.id for one in best)
        coverage = Coverage(self._words.passage_words, self._glossary)
        covered = coverage.of(query, [f"{one.title}\n{one.text}" for one in passages.values()])
        evidence = evidence_for(question, best, covered=covered, subject=subject)
        return probability(evidence, weights), evidence

    def _reader(self) -> QuestionReader:
        words = self._words
        return QuestionReader(self.embedder, words.passage_words, words.lead_words, self._concepts, self._glossary)

    def _scored_documents(self, question: Question, visible: NDArray[np.bool_], team: str | None) -> list[Scored]:
        catalogue = self._words.catalogue
        visible = visible & catalogue.is_document
        rows = question.candidates(visible, self._near(question.vector, visible, team), catalogue)
        parts = document_parts(question, rows, self._vectors, catalogue)
        weights = {True: self.weights.documents, False: self.weights.documents_across}
        return [
            Scored(
                catalogue.rows[row],
                probability(part, weights[catalogue.rows[row].language == question.language]),
                part,
            )
            for row, part in zip(rows.tolist(), parts, strict=True)
        ]

    def _near(self, vector: NDArray[np.float32], visible: NDArray[np.bool_], team: str | None) -> Sequence[int]:
        """Rows near in meaning: by the index when it is up to date, else by comparing all that are visible."""
        catalogue = self._words.catalogue
        if self._index and self._indexed == catalogue.generation:
            try:
                near = self._index.nearest(vector, team=team, k=_NEIGHBOURS)
                return [row for passage_id in near if (row := catalogue.row_of(passage_id)) is not None]
            except VectorsUnavailableError as error:
                _LOG.warning("vector index gone, comparing every passage", extra={"reason": str(error)[:200]})
                self._indexed = None
        return self._vectors.nearest(vector, np.flatnonzero(visible), _NEIGHBOURS)

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
            scored += [Scored(catalogue.rows[row], scores[at], parts[at]) for row in rows[order].tolist()]
        return scored

    def _catch_up(self) -> None:
        """Brings vectors up to the catalogue."""
        catalogue = self._words.catalogue
        if self._generation == catalogue.generation:
            return
        if self._concepts is None:
            self._concepts = concepts_of(self.library, self._cache)
            self._glossary = glossary_of(self.library, self.folder)
            self._restore_what_was_heard()
        if self._rows < len(catalogue.rows):
            self._add_vectors()
        for lead in catalogue.leads[self._leads :]:
            if (row := catalogue.row_of(lead.target)) is not None:
                self._vectors.add_questions(row, lead.texts)
        self._leads = len(catalogue.leads)
        self._generation = catalogue.generation

    def _add_vectors(self) -> None:
        """Vectors for new rows; many at once come from, or go to, a snapshot in the folder."""
        catalogue = self._words.catalogue
        path = self.folder / _VECTORS if self.folder else None
        found = kept(path, catalogue.names) if path and self._rows == 0 else None
        if found and self._vectors.restore(found[1]):
            self._rows = self._kept = found[0]
        for passages in catalogue.read(range(self._rows, len(catalogue.rows))):
            self._vectors.add(passages)
            self._rows += len(passages)
        if path and worth_keeping(self._rows, self._kept):
            keep(path, self._vectors.arrays(), catalogue.names)
            self._kept = self._rows

    def _restore_what_was_heard(self) -> None:
        if self._concepts and self.folder:
            of = [*self._concepts.profiles, *self._words.catalogue.names]
            found = kept(self.folder / _HEARD, of)
            if found and found[0] > len(self._concepts.profiles):
                self._heard = found[0] - len(self._concepts.profiles)
                self._concepts.restore(self._heard, found[1])

    def _listen(self) -> None:
        """Hears every entry in the passages, and keeps what was heard as soon as that spares much."""
        concepts, words = self._concepts, self._words
        if concepts is None:
            return
        for entry in range(len(concepts.ids)):
            with self._lock:
                concepts.listen(entry, words.passage_words)
        with self._lock:
            for entry in range(len(concepts.ids)):
                concepts.listen(entry, words.passage_words)
            names = words.catalogue.names
            if self.folder and worth_keeping(len(names), self._heard):
                keep(self.folder / _HEARD, concepts.spoken(), [*concepts.profiles, *names])
                self._heard = len(names)

    def _keep_in(self, index: ChromaIndex, rows: Mapping[str, int], teams: Mapping[str, str | None]) -> None:
        """Makes the index hold these passages; a damaged one is built once more from what is kept."""

        def vectors(ids: Sequence[str]) -> NDArray[np.float32]:
            return self._vectors.full([rows[passage_id] for passage_id in ids])

        try:
            index.keep(teams, vectors)
        except VectorsUnavailableError as error:
            _LOG.warning("vector index damaged, building it anew", extra={"reason": str(error)[:200]})
            index.start_anew()
            index.keep(teams, vectors)
        self._indexed = self._tried
