"""A knowledge base that searches by words alone: no model, no files, ready at once; and the fallback of the hybrid."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from knowledge.catalogue import Catalogue
from knowledge.folding import language_of
from knowledge.keyword_index import KeywordIndex
from knowledge.passages import PassageStore, Scope, SearchResults, Source
from knowledge.ranking import Scored, best_of_each, hits_of
from knowledge.snapshot import keep, kept, worth_keeping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from knowledge.library_entries import Library

_CONTEXT_WEIGHT = np.float32(0.4)
_BOTH = 0.5
_EVIDENCE_NEEDED = 0.12
_SNAPSHOT = "words.npz"


@dataclass(slots=True)
class KeywordKnowledgeBase:
    """Fulfils KnowledgeBase with BM25 over passages and over the questions that lead to them."""

    library: Library
    store: PassageStore
    folder: Path | None = None
    catalogue: Catalogue = field(init=False)
    passage_words: KeywordIndex = field(default_factory=KeywordIndex)
    lead_words: KeywordIndex = field(default_factory=KeywordIndex)
    _kept: int = 0
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(self.library, self.store)

    def refresh(self) -> None:
        """Takes in what changed in the store."""
        with self._lock:
            change = self.catalogue.refresh(self._restored() if self.catalogue.generation is None else ())
            if change is None:
                return
            if change.added.start != len(self.passage_words):
                self.passage_words, self._kept = KeywordIndex(), 0
            for row in change.removed:
                self.passage_words.remove(row)
            for passages in self.catalogue.read(change.added):
                self.passage_words.add([f"{one.title}\n{one.text}" for one in passages])
            self.lead_words.add(["\n".join(self.catalogue.leads[row].texts) for row in change.leads_added])
            self._keep()

    def _restored(self) -> Sequence[str]:
        """The names of the rows that a snapshot in the folder has indexed; none without one."""
        found = kept(self.folder / _SNAPSHOT, ()) if self.folder else None
        if found is None:
            return ()
        self.passage_words = KeywordIndex.of_arrays(found[1])
        self._kept = len(self.passage_words)
        names: list[str] = found[1]["names"].tolist()
        return names

    def _keep(self) -> None:
        """Writes a snapshot as soon as that spares much."""
        if self.folder and worth_keeping(len(self.passage_words), self._kept):
            keep(self.folder / _SNAPSHOT, {**self.passage_words.arrays(), "names": np.array(self.catalogue.names)}, ())
            self._kept = len(self.passage_words)

    def search(
        self, query: str, *, team: str | None, scope: Scope = Scope.ALL, k: int = 10, context: str | None = None
    ) -> SearchResults:
        """The passages that share the most telling words with the query, one of each entry, few of each article."""
        with self._lock:
            self.refresh()
            visible = self.catalogue.visible(team=team, scope=scope)
            if not visible.any():
                return SearchResults((), answerable=False, why="nothing_indexed")
            words = self._scores(query, context)
            leads = self._lead_scores(query)
            total = np.where(visible, np.maximum(words, leads) + _BOTH * np.minimum(words, leads), 0)
            scored = [
                Scored(
                    self.catalogue.rows[row],
                    float(total[row]),
                    {"words": float(words[row]), "leads": float(leads[row])},
                )
                for row in np.argsort(-total, kind="stable")[: 20 * k].tolist()
                if total[row] > 0
            ]
            hits = hits_of(best_of_each(scored, language=language_of(query), k=k), self.catalogue)
        answerable = any(max(hit.parts.values()) >= _EVIDENCE_NEEDED for hit in hits[:3])
        return SearchResults(hits, answerable, "evidence" if answerable else "no_evidence")

    def source(self, passage_id: str, *, team: str | None, neighbours: int = 1) -> Source:
        """The passage with its neighbours."""
        with self._lock:
            self.refresh()
            return self.catalogue.source(passage_id, team=team, neighbours=neighbours)

    def _scores(self, query: str, context: str | None) -> NDArray[np.float32]:
        scores = self.passage_words.scores(query)
        if context:
            scores = scores + _CONTEXT_WEIGHT * self.passage_words.scores(context)
        return scores

    def _lead_scores(self, query: str) -> NDArray[np.float32]:
        """For each passage the score of the questions leading to it."""
        best = np.zeros(len(self.catalogue.rows), np.float32)
        scores = self.lead_words.scores(query)
        for lead in np.flatnonzero(scores).tolist():
            for row in self.catalogue.rows_led_to(self.catalogue.leads[lead]):
                best[row] = max(best[row], scores[lead])
        return best
