"""Everything that can be found, one row for each passage and each lead to one, kept in step with the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import UnknownPassageError
from knowledge.library_passages import leads_to, passages_of_library
from knowledge.library_schema import LANGUAGES, searchable_kinds
from knowledge.passages import Passage, PassageKind, PassageStore, Scope, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.library_entries import Library


@dataclass(frozen=True, slots=True)
class Lead:
    """Questions, names and aliases that lead to an entry (`target` is its id) or to a passage (its id)."""

    texts: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a refresh did to the rows: new ones are appended, gone ones stay in place and are dead."""

    added: range
    removed: tuple[int, ...]
    leads_added: range


@dataclass(slots=True)
class Catalogue:
    """The library and the store as rows; `passages[row]` is what a row shows."""

    library: Library
    store: PassageStore
    passages: list[Passage] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    _row_of: dict[str, int] = field(default_factory=dict)
    _library_rows: dict[str, list[int]] = field(default_factory=dict)
    _asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lead_to: dict[str, int] = field(default_factory=dict)
    _teams: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    _team: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _is_document: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    _alive: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    _generation: int | None = None

    def refresh(self) -> Change | None:
        """Takes in what changed in the store; None when nothing did."""
        generation = self.store.generation()
        if generation == self._generation:
            return None
        first, first_lead = len(self.passages), len(self.leads)
        if self._generation is None:
            self._append(passages_of_library(self.library))
            self._lead_to_entries()
        live = {passage.id: passage for passage in self.store.passages()}
        removed = self._retire(live)
        self._append([passage for passage_id, passage in live.items() if passage_id not in self._row_of])
        self._lead_to_passages(self.store.questions())
        self._generation = generation
        return Change(range(first, len(self.passages)), removed, range(first_lead, len(self.leads)))

    def visible(self, *, team: str | None, scope: Scope) -> NDArray[np.bool_]:
        """Which rows this team may see in this scope."""
        seen: NDArray[np.bool_] = self._alive & ((self._team == 0) | (self._team == self._teams.get(team, 0)))
        if scope is Scope.LIBRARY:
            seen &= ~self._is_document
        elif scope is Scope.DOCUMENTS:
            seen &= self._is_document
        return seen

    def rows_of_entry(self, entry_id: str) -> Sequence[int]:
        """The rows of a library entry, in every language; empty when it is none."""
        return self._library_rows.get(entry_id, ())

    def row_of(self, passage_id: str) -> int | None:
        """The live row of a passage."""
        return self._row_of.get(passage_id)

    @property
    def generation(self) -> int | None:
        """The store's generation that these rows are up to; None before the first refresh."""
        return self._generation

    @property
    def is_document(self) -> NDArray[np.bool_]:
        """Which rows are of documents."""
        return self._is_document

    def leads_to(self, rows: NDArray[np.intp]) -> list[int | None]:
        """The newest lead to each of these rows of documents, if it has one."""
        return [self._lead_to.get(self.passages[row].id) for row in rows.tolist()]

    def live_documents(self) -> list[int]:
        """The rows of every document that can be found, whoever may."""
        rows: list[int] = np.flatnonzero(self._is_document & self._alive).tolist()
        return rows

    def rows_led_to(self, lead: Lead) -> Sequence[int]:
        """The rows a lead points to."""
        row = self._row_of.get(lead.target)
        return (row,) if row is not None else self.rows_of_entry(lead.target)

    def source(self, passage_id: str, *, team: str | None, neighbours: int) -> Source:
        """A passage, or an entry's first one, among its neighbours. Raises UnknownPassageError."""
        row = self._row_of.get(passage_id, next(iter(self.rows_of_entry(passage_id)), None))
        if row is None or not self.visible(team=team, scope=Scope.ALL)[row]:
            raise UnknownPassageError(passage_id)
        passage = self.passages[row]
        around = self._around(passage)
        at = around.index(passage)
        return Source(
            passage,
            title=passage.title,
            source=passage.source,
            before=tuple(around[max(at - neighbours, 0) : at]),
            after=tuple(around[at + 1 : at + 1 + neighbours]),
        )

    def _around(self, passage: Passage) -> list[Passage]:
        if passage.kind is PassageKind.DOCUMENT:
            return list(self.store.passages_of(passage.owner))
        rows = self.rows_of_entry(passage.owner)
        return [self.passages[row] for row in rows if self.passages[row].language == passage.language]

    def _append(self, passages: Sequence[Passage]) -> None:
        for row, passage in enumerate(passages, start=len(self.passages)):
            self._row_of[passage.id] = row
            if passage.kind is not PassageKind.DOCUMENT:
                self._library_rows.setdefault(passage.owner, []).append(row)
        self.passages.extend(passages)
        teams = [self._teams.setdefault(passage.team, len(self._teams)) for passage in passages]
        self._team = np.append(self._team, np.array(teams, np.int32))
        documents = [passage.kind is PassageKind.DOCUMENT for passage in passages]
        self._is_document = np.append(self._is_document, np.array(documents, np.bool_))
        self._alive = np.append(self._alive, np.ones(len(passages), np.bool_))

    def _retire(self, live: Mapping[str, Passage]) -> tuple[int, ...]:
        documents = np.flatnonzero(self._is_document & self._alive).tolist()
        gone = tuple(row for row in documents if live.get(self.passages[row].id) != self.passages[row])
        for row in gone:
            self._alive[row] = False
            self._row_of.pop(self.passages[row].id, None)
        return gone

    def _lead_to_entries(self) -> None:
        for entry in self.library.entries:
            if entry.kind in searchable_kinds():
                self.leads.extend(Lead(leads_to(entry, language), entry.id) for language in LANGUAGES)

    def _lead_to_passages(self, questions: Mapping[str, Sequence[str]]) -> None:
        for passage_id, asked in questions.items():
            if passage_id in self._row_of and self._asked.get(passage_id) != tuple(asked):
                self._asked[passage_id] = tuple(asked)
                self._lead_to[passage_id] = len(self.leads)
                self.leads.append(Lead(tuple(asked), passage_id))
