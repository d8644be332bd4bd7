"""What other programs are told of visits: an event is scheduled in the transaction that makes it true."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.domain.visit_event import POST, Event
from bot.domain.writes import Schedule
from bot.storage.occasion import Occasion
from bot.storage.scheduled_work import put_work
from bot.storage.tables import account, commitment, visit, work


def visits_of(connection: Connection, draft_id: str) -> Sequence[Row[Any]]:
    """The visits a draft became, with their accounts, as they are now."""
    query = select(visit, account.c.name, account.c.team_id).join(account, account.c.id == visit.c.account_id)
    return connection.execute(query.where(visit.c.draft_id == draft_id).order_by(visit.c.id)).all()


def announce_saved(connection: Connection, visits: Sequence[Row[Any]], occasion: Occasion) -> None:
    """Every visit as it was confirmed, without the words of the rep that its values rest on."""
    for row in visits:
        promised = connection.execute(select(commitment).where(commitment.c.visit_id == row.id)).all()
        data = {
            **_ids(row),
            "met_on": row.met_on.isoformat(),
            "confirmed_at": row.confirmed_at.isoformat(),
            "note": {**row.note, "evidence": {}},
            "commitments": [_commitment(one) for one in promised],
        }
        _announce(connection, Event.SAVED, data, occasion)


def announce_withdrawn(connection: Connection, visits: Sequence[Row[Any]], occasion: Occasion) -> None:
    """Visits that were taken back."""
    for row in visits:
        _announce(connection, Event.WITHDRAWN, _ids(row), occasion)


def undelivered(connection: Connection) -> tuple[int, int]:
    """How many events wait to be delivered, and how many were given up."""
    of_hook = select(func.count()).select_from(work).where(work.c.name == POST)
    waiting = connection.scalar(of_hook.where(work.c.finished_at.is_(None)))
    return waiting or 0, connection.scalar(
        of_hook.where(work.c.failure.is_not(None), work.c.finished_at.is_not(None))
    ) or 0


def _announce(connection: Connection, event: Event, data: dict[str, object], occasion: Occasion) -> None:
    """In the order things happened to this visit, however often the first must be tried."""
    now, event_id = occasion.now, occasion.new_id()
    body = {"type": event.value, "timestamp": now.isoformat(), "data": data}
    payload = {"id": event_id, "body": json.dumps(body, ensure_ascii=False, separators=(",", ":"))}
    put_work(connection, Schedule(POST, event_id, now, payload, queue=f"{POST}:{data['visit']}"))


def _ids(row: Row[Any]) -> dict[str, object]:
    return {
        "visit": row.id,
        "team": row.team_id,
        "rep": row.rep_id,
        "account": {"id": row.account_id, "name": row.name},
    }


def _commitment(row: Row[Any]) -> dict[str, object]:
    due = row.due.isoformat() if row.due else None
    return {"id": row.id, "who": row.who, "action": row.action, "due": due}
