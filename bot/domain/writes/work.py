"""Timed and long work, and messages of our own making."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.message import IncomingMessage


@dataclass(frozen=True, slots=True)
class Schedule:
    """Timed or long work: job `name` with `payload` at `due`; a `key` in use moves that work instead.

    Work of one `queue` is done in the order it was scheduled: what waits for another try holds up what comes after it.
    Work that is to be done `once` is left alone while it is open.
    """

    name: str
    key: str
    due: datetime
    payload: Mapping[str, object] = field(default_factory=dict)
    conversation: int | None = None
    queue: str = ""
    once: bool = False


@dataclass(frozen=True, slots=True)
class HurryWork:
    """Open work of this name that nobody does just now is due at once."""

    name: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message of our own making joins its conversation's inbox, to be answered in its turn like any other."""

    message: IncomingMessage


WorkWrite = Schedule | HurryWork | Deliver
