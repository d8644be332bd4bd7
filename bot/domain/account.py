"""Accounts, their people, what was confirmed of them, and what was promised."""

import datetime
from dataclasses import dataclass

from bot.domain.visit import Party, VisitNote


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
class Draft:
    """What a rep said and what was heard in it, before he confirms; nothing said is lost with it.

    `heard_on` is the day it was said, in the rep's zone; `notes` are empty while nothing could be drawn from the words.
    """

    id: str
    rep: str
    words: str
    heard_on: datetime.date
    notes: tuple[VisitNote, ...]
    status: str = "open"
