"""Everything that can be found, one row for each passage and each lead to one, kept in step with the store."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import UnknownPassageError
from knowledge.library_passages import leads_to, passages_of_library
from knowledge.library_schema import LANGUAGES, searchable_kinds
from knowledge.passages import Listed, Passage, PassageKind, PassageStore, Scope, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.library_entries import Library


_GONE = Listed("", PassageKind.DOCUMENT, "", "", None)
"""Stands in the row of a passage that is no more."""
_AT_ONCE = 1000
_LEAST_ALIVE = 0.75
"""The share of known rows that must still be there; with fewer it is better to number the rows anew."""


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
    """The library and the store as rows; `names[row]` tells also after a restart what was indexed in a row."""

    library: Library
    store: PassageStore
    rows: list[Listed] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    _row_of: dict[str, int] = field(default_factory=dict)
    _entries: dict[str, Passage] = field(default_factory=dict)
    _entry_names: dict[str, Listed] = field(default_factory=dict)
    _library_rows: dict[str, list[int]] = field(default_factory=dict)
    _asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lead_to: dict[str, int] = field(default_factory=dict)
    _teams: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    _team: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _is_document: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    _alive: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    _generation: int | None = None

    def __post_init__(self) -> None:
        for one in passages_of_library(self.library):
            name = f"{one.id} {zlib.crc32(f'{one.title} {one.text}'.encode()):x}"
            self._entries[one.id] = one
            self._entry_names[name] = Listed(one.id, one.kind, one.language, one.owner, one.team)

    def refresh(self, known: Sequence[str] = ()) -> Change | None:
        """Takes in what changed in the store; None when nothing did.

        The first refresh numbers rows as their names are `known`, unless too many of those are gone by now.
        """
        generation = self.store.generation()
        if generation == self._generation:
            return None
        first_lead = len(self.leads)
        if self._generation is None:
            self._lead_to_entries()
        live = {**self._entry_names, **{one.id: one for one in self.store.listed()}}
        if self._generation is None and sum(name in live for name in known) >= _LEAST_ALIVE * len(known):
            newest = {name: row for row, name in enumerate(known)}
            self._append(
                known, [live.get(name, _GONE) if newest[name] == row else _GONE for row, name in enumerate(known)]
            )
        first = len(self.rows)
        removed = self._retire(live)
        present = {self.names[row] for row in np.flatnonzero(self._alive).tolist()}
        new = [name for name in live if name not in present]
        self._append(new, [live[name] for name in new])
        if self._generation is None:
            for one in self._entries.values():
                self._library_rows.setdefault(one.owner, []).append(self._row_of[one.id])
        self._lead_to_passages(self.store.questions())
        self._generation = generation
        return Change(range(first, len(self.rows)), removed, range(first_lead, len(self.leads)))

    def opened(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        """Passages by id, but for those that have gone from the store meanwhile."""
        wanted = list(ids)
        found = {one: self._entries[one] for one in wanted if one in self._entries}
        of_documents = [one for one in wanted if one not in found]
        return {**found, **{one.id: one for one in self.store.read(of_documents)}} if of_documents else found

    def read(self, rows: range) -> Iterator[list[Passage]]:
        """The passages of these rows, some at a time; one that has gone meanwhile says nothing."""
        for first in range(rows.start, rows.stop, _AT_ONCE):
            listed = self.rows[first : min(first + _AT_ONCE, rows.stop)]
            found = self.opened(one.id for one in listed)
            yield [found.get(one.id) or Passage(one.id, one.kind, "", "", "", "", one.owner, 0) for one in listed]

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
        return [self._lead_to.get(self.rows[row].id) for row in rows.tolist()]

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
        passage = self.opened([self.rows[row].id]).get(self.rows[row].id)
        if passage is None:
            raise UnknownPassageError(passage_id)
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
        listed = [self.rows[row] for row in self.rows_of_entry(passage.owner)]
        return [self._entries[one.id] for one in listed if one.language == passage.language]

    def _append(self, names: Sequence[str], listed: Sequence[Listed]) -> None:
        self._row_of.update((one.id, row) for row, one in enumerate(listed, start=len(self.rows)))
        self.names.extend(names)
        self.rows.extend(listed)
        teams = [self._teams.setdefault(one.team, len(self._teams)) for one in listed]
        self._team = np.append(self._team, np.array(teams, np.int32))
        self._is_document = np.append(self._is_document, np.array([one.owner_is_document for one in listed], np.bool_))
        self._alive = np.append(self._alive, np.ones(len(listed), np.bool_))

    def _retire(self, live: Mapping[str, Listed]) -> tuple[int, ...]:
        here = np.flatnonzero(self._alive).tolist()
        gone = tuple(row for row in here if live.get(self.names[row]) != self.rows[row])
        for row in gone:
            self._alive[row] = False
            self._row_of.pop(self.rows[row].id, None)
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
