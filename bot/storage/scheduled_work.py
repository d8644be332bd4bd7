"""Scheduled jobs in SQL: a row is the work, whichever driver runs it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, update

from bot.domain.writes import Schedule
from bot.errors import LeaseLost
from bot.ports import DueWork
from bot.storage.database import upsert
from bot.storage.inbox import machine_now
from bot.storage.tables import work

CLAIM_SECONDS = 60
"""How long work stays with a worker that no longer renews its claim."""


def schedule(connection: Connection, write: Schedule, conversation: int | None) -> None:
    """Add work, or move the work that has this name and key."""
    values = {
        "name": write.name,
        "key": write.key,
        "payload": dict(write.payload),
        "conversation_id": write.conversation or conversation,
        "due_at": write.due,
        "attempts": 0,
        "claim_until": None,
        "finished_at": None,
        "failure": None,
    }
    again = {name: value for name, value in values.items() if name not in {"name", "key"}}
    inserted = upsert(connection, work).values(**values)
    connection.execute(inserted.on_conflict_do_update(index_elements=["name", "key"], set_=again))


def claim_due(connection: Connection, now: datetime, token: str, limit: int) -> list[DueWork]:
    """Take open work that is due by the product's clock and held by no living worker."""
    machine = machine_now()
    free = work.c.claim_until.is_(None) | (work.c.claim_until < machine)
    rows = connection.execute(
        select(work)
        .where(work.c.finished_at.is_(None), work.c.due_at <= now, free)
        .order_by(work.c.due_at, work.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    return _taken(connection, rows, token, machine)


def _taken(connection: Connection, rows: Sequence[Any], token: str, machine: datetime) -> list[DueWork]:
    if rows:
        until = machine + timedelta(seconds=CLAIM_SECONDS)
        chosen = update(work).where(work.c.id.in_([row.id for row in rows]))
        connection.execute(chosen.values(claim_token=token, claim_until=until, attempts=work.c.attempts + 1))
    return [DueWork(r.id, r.name, r.key, r.payload, r.due_at, r.conversation_id, r.attempts + 1) for r in rows]


def _still(taken: DueWork) -> ColumnElement[bool]:
    """True while the work is open and was neither moved nor taken over since: both change due time or attempts."""
    as_taken = (work.c.due_at == taken.due) & (work.c.attempts == taken.attempts)
    return (work.c.id == taken.row) & work.c.finished_at.is_(None) & as_taken


def renew(connection: Connection, taken: DueWork) -> None:
    """Prolong the claim on work still ours."""
    until = machine_now() + timedelta(seconds=CLAIM_SECONDS)
    connection.execute(update(work).where(_still(taken)).values(claim_until=until))


def finish(connection: Connection, done: DueWork) -> None:
    """Close work. Raises LeaseLost when it was finished, moved or taken over meanwhile."""
    closed = update(work).where(_still(done)).values(finished_at=machine_now(), claim_until=None, failure=None)
    if connection.execute(closed).rowcount != 1:
        raise LeaseLost(f"work {done.row}")


def fail(connection: Connection, failed: DueWork, reason: str, again_at: datetime | None) -> None:
    """Try again at `again_at`, or close it with the reason; nothing when it was moved or taken over meanwhile."""
    values = {"failure": reason, "claim_until": None}
    later = {"due_at": again_at} if again_at else {"finished_at": machine_now()}
    connection.execute(update(work).where(_still(failed)).values(**values, **later))


def next_due(connection: Connection) -> datetime | None:
    """When the next open work is due."""
    earliest: datetime | None = connection.scalar(select(func.min(work.c.due_at)).where(work.c.finished_at.is_(None)))
    return earliest
