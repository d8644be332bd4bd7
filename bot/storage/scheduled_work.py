"""Scheduled jobs in SQL: a row is the work, whichever driver runs it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from bot.domain.writes import HurryWork, Schedule
from bot.errors import LeaseLost
from bot.ports import DueWork
from bot.storage.database import upsert
from bot.storage.inbox import machine_now
from bot.storage.occasion import Occasion
from bot.storage.tables import conversation, work

CLAIM_SECONDS = 60
"""How long work stays with a worker that no longer renews its claim."""


def schedule(connection: Connection, write: Schedule, occasion: Occasion) -> None:
    """Add work, or move the work that has this name and key; it is of the conversation it is scheduled in."""
    put_work(connection, write if write.conversation else replace(write, conversation=occasion.conversation))


def put_work(connection: Connection, write: Schedule) -> None:
    """Add work, or move the work that has this name and key."""
    values = {
        "name": write.name,
        "key": write.key,
        "payload": dict(write.payload),
        "conversation_id": write.conversation,
        "due_at": write.due,
        "attempts": 0,
        "claim_until": None,
        "finished_at": None,
        "failure": None,
        "queue": write.queue or None,
    }
    again = {name: value for name, value in values.items() if name not in {"name", "key"}}
    inserted = upsert(connection, work).values(**values)
    done = work.c.finished_at.is_not(None) if write.once else None
    connection.execute(inserted.on_conflict_do_update(index_elements=["name", "key"], set_=again, where=done))


def hurry(connection: Connection, write: HurryWork, occasion: Occasion) -> None:
    """Work of this name that waits, and that nobody does just now, is due at once."""
    idle = work.c.claim_until.is_(None) | (work.c.claim_until < machine_now())
    waiting = (work.c.name == write.name) & work.c.finished_at.is_(None) & (work.c.due_at > occasion.now)
    connection.execute(update(work).where(waiting, idle).values(due_at=occasion.now))


def upcoming(connection: Connection, until: datetime, limit: int) -> list[DueWork]:
    """Open work due before `until` by the product's clock and held by no living worker; nothing is taken."""
    rows = connection.execute(_free(until, machine_now()).limit(limit))
    return [_due_work(row, row.attempts) for row in rows]


def claim_due(connection: Connection, now: datetime, token: str, limit: int, row: int | None) -> list[DueWork]:
    """Take open work that is due by the product's clock and held by no living worker; with `row` only that."""
    machine = machine_now()
    due = _free(now, machine).limit(limit).with_for_update(skip_locked=True)
    rows = connection.execute(due if row is None else due.where(work.c.id == row)).all()
    if rows:
        until = machine + timedelta(seconds=CLAIM_SECONDS)
        chosen = update(work).where(work.c.id.in_([row.id for row in rows]))
        connection.execute(chosen.values(claim_token=token, claim_until=until, attempts=work.c.attempts + 1))
    return [_due_work(row, row.attempts + 1) for row in rows]


def _free(due_by: datetime, machine: datetime) -> Select[tuple[Any, ...]]:
    unclaimed = work.c.claim_until.is_(None) | (work.c.claim_until < machine)
    due = select(work).where(work.c.finished_at.is_(None), work.c.due_at <= due_by, unclaimed, _at_the_head())
    return due.order_by(work.c.due_at, work.c.id)


def _at_the_head() -> ColumnElement[bool]:
    """True of work before which nothing of its queue is open."""
    earlier = work.alias("earlier")
    ahead = select(earlier.c.id).where(
        earlier.c.queue == work.c.queue, earlier.c.finished_at.is_(None), earlier.c.id < work.c.id
    )
    return work.c.queue.is_(None) | ~ahead.correlate(work).exists()


def _due_work(row: Row[Any], attempts: int) -> DueWork:
    return DueWork(row.id, row.name, row.key, row.payload, row.due_at, row.conversation_id, attempts)


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


def close(connection: Connection, name: str, key: str) -> None:
    """Nobody does this work any more; whoever does it just now can no longer finish it."""
    mine = (work.c.name == name) & (work.c.key == key) & work.c.finished_at.is_(None)
    connection.execute(update(work).where(mine).values(finished_at=machine_now(), claim_until=None))


def is_open(connection: Connection, taken: DueWork) -> bool:
    """Whether the work is still open and was neither moved nor taken over; it stays so in this transaction."""
    return connection.scalar(select(work.c.id).where(_still(taken)).with_for_update()) is not None


def fail(connection: Connection, failed: DueWork, reason: str, again_at: datetime | None) -> None:
    """Try again at `again_at`, or close it with the reason; nothing when it was moved or taken over meanwhile."""
    values = {"failure": reason, "claim_until": None}
    later = {"due_at": again_at} if again_at else {"finished_at": machine_now()}
    connection.execute(update(work).where(_still(failed)).values(**values, **later))


def next_due(connection: Connection) -> datetime | None:
    """When the next open work is due that nothing of its queue holds up."""
    coming = select(func.min(work.c.due_at)).where(work.c.finished_at.is_(None), _at_the_head())
    earliest: datetime | None = connection.scalar(coming)
    return earliest


def is_due_for(connection: Connection, channel: str, now: datetime) -> bool:
    """True while open work of a conversation on this channel is due."""
    of_channel = select(conversation.c.id).where(conversation.c.channel == channel)
    due = select(work.c.id).where(work.c.finished_at.is_(None), work.c.due_at <= now)
    return connection.execute(due.where(work.c.conversation_id.in_(of_channel)).limit(1)).first() is not None
