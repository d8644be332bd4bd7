"""Accounts, people, visits, findings and commitments as tables, with headings in the rep's language."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.account import AccountBook, Commitment, Visit
from bot.domain.visit import VisitNote
from bot.wording.phrasebook import Phrasebook

Cell = str | int | float | datetime.date | datetime.datetime | None
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "accounts": ("account", "aliases", "owner", "stage", "budget", "last_visit", "visits", "people", "open"),
    "contacts": ("account", "person", "title", "role", "phone", "mail"),
    "visits": ("account", "day", "rep", "stage", "met", "budget", "saved_at"),
    "findings": ("account", "day", "topic", "text", "said_by", "state", "budget", "until"),
    "commitments": ("account", "who", "action", "due", "done_on", "rep"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `money` are the positions of columns that hold yuan."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    money: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is written: the names of colleagues by id, and the zone that days are told in."""

    names: Mapping[str, str]
    zone: ZoneInfo
    words: Phrasebook


def account_tables(book: AccountBook, reader: Reader) -> tuple[Table, ...]:
    """The five tables; nothing of what a rep said in his own words is in them."""
    rows = _Rows(book, reader)
    made = {
        "accounts": rows.accounts(),
        "contacts": rows.contacts(),
        "visits": rows.visits(),
        "findings": rows.findings(),
        "commitments": rows.commitments(),
    }
    return tuple(_table(name, tuple(found), reader.words) for name, found in made.items())


def _table(name: str, rows: tuple[tuple[Cell, ...], ...], words: Phrasebook) -> Table:
    columns = _COLUMNS[name]
    header = tuple(words.plain(f"tables.{column}") for column in columns)
    money = tuple(at for at, column in enumerate(columns) if column == "budget")
    return Table(words.plain(f"tables.sheet_{name}"), header, rows, money)


class _Rows:
    def __init__(self, book: AccountBook, reader: Reader) -> None:
        self._book, self._names, self._zone, self._words = book, reader.names, reader.zone, reader.words
        self._called = {account.id: account.name for account in book.accounts}
        self._visits: dict[str, list[Visit]] = {}
        for visit in book.visits:
            self._visits.setdefault(visit.account, []).append(visit)

    def accounts(self) -> Iterator[tuple[Cell, ...]]:
        people = _counted(contact.account for contact in self._book.contacts)
        owed = _counted(one.account for one in self._book.commitments if one.done_at is None)
        for account in self._book.accounts:
            visits = self._visits.get(account.id, [])
            yield (
                account.name,
                self._listed(account.aliases),
                self._names.get(account.owner),
                next((self._stage(visit.note) for visit in visits if visit.note.stage), None),
                next((_yuan(visit.note) for visit in visits if _yuan(visit.note) is not None), None),
                visits[0].met_on if visits else None,
                len(visits),
                people.get(account.id, 0),
                owed.get(account.id, 0),
            )

    def contacts(self) -> Iterator[tuple[Cell, ...]]:
        for one in self._book.contacts:
            role = self._words.plain(f"accounts.role_{one.role}") if one.role != "unknown" else None
            yield (self._called.get(one.account), one.name, one.title, role, one.phone or None, one.mail or None)

    def visits(self) -> Iterator[tuple[Cell, ...]]:
        for visit in self._book.visits:
            note = visit.note
            met = self._listed([contact.name for contact in note.contacts])
            saved = visit.confirmed_at.astimezone(self._zone).replace(tzinfo=None, microsecond=0)
            rep = self._names.get(visit.rep)
            yield (self._called.get(visit.account), visit.met_on, rep, self._stage(note), met, _yuan(note), saved)

    def findings(self) -> Iterator[tuple[Cell, ...]]:
        for one in self._book.findings:
            yield (
                self._called.get(one.account),
                one.met_on,
                self._words.plain(f"brief.topic_{one.topic}"),
                one.value,
                self._words.plain(f"tables.said_by_{one.said_by.value}"),
                self._words.plain(f"tables.state_{one.state.value}"),
                one.amount_cny,
                one.day,
            )

    def commitments(self) -> Iterator[tuple[Cell, ...]]:
        for one in self._book.commitments:
            who = self._words.plain(f"tables.who_{one.who.value}")
            yield (one.account_name, who, one.action, one.due, self._done_on(one), self._names.get(one.rep))

    def _done_on(self, one: Commitment) -> datetime.date | None:
        return one.done_at.astimezone(self._zone).date() if one.done_at else None

    def _stage(self, note: VisitNote) -> str | None:
        return self._words.plain(f"stage.{note.stage.name.lower()}") if note.stage else None

    def _listed(self, values: Sequence[str]) -> str | None:
        return self._words.plain("accounts.comma").join(values) or None


def _yuan(note: VisitNote) -> int | float | None:
    return note.budget.amount_cny if note.budget else None


def _counted(ids: Iterator[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in ids:
        counts[one] = counts.get(one, 0) + 1
    return counts
