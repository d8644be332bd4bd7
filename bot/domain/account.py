"""Accounts, their people, what was confirmed of them, and what was promised."""

import datetime
from dataclasses import dataclass

from bot.domain.finding import Finding
from bot.domain.open_points import OpenPoint
from bot.domain.visit import Party, VisitNote

LISTED_FOR = datetime.timedelta(days=14)
"""How long a card that is neither saved nor discarded is shown among the open ones; its words are kept longer."""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer of the team; `owner` is the rep who looks after it."""

    id: str
    name: str
    owner: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountContact:
    """A person at an account, as last confirmed."""

    account: str
    name: str
    title: str | None
    role: str
    aliases: tuple[str, ...] = ()
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A confirmed visit; the rep's own words stay with their author and are not part of it."""

    id: str
    account: str
    rep: str
    met_on: datetime.date
    note: VisitNote
    confirmed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Commitment:
    """A next action: ours (待办) or the customer's (客户答应的)."""

    id: str
    account: str
    account_name: str
    rep: str
    who: Party
    action: str
    due: datetime.date | None
    done_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """What the rep meant by a name he said: an account, or a person of `account`."""

    heard: str
    name: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rep said and what was heard in it, before he confirms; nothing said is lost with it.

    `heard_on` is the day it was said, in the rep's zone; `notes` are empty while nothing could be drawn from the words.
    `meant` are the names he chose between, `asked` the points asked back of each note, and `earlier` the notes as
    they were before each change, the last one last.
    """

    id: str
    rep: str
    words: str
    heard_on: datetime.date
    notes: tuple[VisitNote, ...]
    status: str = "open"
    meant: tuple[Meant, ...] = ()
    asked: tuple[tuple[OpenPoint, ...], ...] = ()
    earlier: tuple[tuple[VisitNote, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class AccountBook:
    """All that one viewer may see of accounts: visits and findings newest first, commitments open and done."""

    accounts: tuple[Account, ...]
    contacts: tuple[AccountContact, ...]
    visits: tuple[Visit, ...]
    commitments: tuple[Commitment, ...]
    findings: tuple[Finding, ...] = ()
