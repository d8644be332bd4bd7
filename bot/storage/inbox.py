"""The durable inbox: receiving once, leasing conversations, finishing a turn in one conditional transaction.

Times here are the machine's own: they are about deliveries and workers, not about the product's clock.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, bindparam, exists, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.message import IncomingMessage, MessageKind
from bot.domain.rep import Rep
from bot.domain.writes import Deliver
from bot.errors import LeaseLost
from bot.ports import Conversation, Floor, Lease
from bot.storage.as_json import message_as_json, message_from_json
from bot.storage.database import upsert
from bot.storage.notifications import notify
from bot.storage.occasion import Occasion
from bot.storage.people import rep_from_row
from bot.storage.tables import address, conversation, inbox, rep

LEASE_SECONDS = 10
"""How long a conversation stays with a worker that no longer renews its lease."""
DUPLICATES_FOR = timedelta(hours=48)
GATHER_SECONDS = 2.0
"""How long the rest of an album or of a text cut by the client is waited for."""
CUT_AT = 4000
"""A text of at least this many characters may have been cut by the client."""

_UNDER = "under"
"""The key of the floor under a floor in its stored state."""

Accept = Callable[[Connection, Sequence[Mapping[str, Any]]], Sequence[int]]


def machine_now() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)


def deliver(connection: Connection, write: Deliver, occasion: Occasion) -> None:
    """Store a message of our own making, unless it is there already."""
    receive(connection, (write.message,), ())


def receive(connection: Connection, messages: Sequence[IncomingMessage], cancels: Sequence[int]) -> int:
    """Store what is new among `messages`, set the stop flag of those that cancel; returns how many were new."""
    now = machine_now()
    ids = _conversations(connection, messages)
    rows = [
        {
            "channel": m.channel,
            "bot": m.bot,
            "update_number": m.update or None,
            "conversation_id": ids[m.channel, m.bot, m.chat],
            "message": message_as_json(m),
            "part_of": m.part_of,
            "received_at": now,
            "ready_at": now + timedelta(seconds=GATHER_SECONDS if _may_continue(m) else 0),
            "attempts": 0,
        }
        for m in messages
    ]
    new = [_insert(connection, row) or _insert_again(connection, row, now) for row in rows]
    stopping = {rows[i]["conversation_id"] for i in cancels if new[i]}
    if stopping:
        connection.execute(update(conversation).where(conversation.c.id.in_(stopping)).values(stop_asked=True))
    if any(new):
        notify(connection)
    return sum(new)


def _may_continue(message: IncomingMessage) -> bool:
    return bool(message.part_of) or (message.kind is MessageKind.TEXT and len(message.text) >= CUT_AT)


_inserts = {
    "sqlite": sqlite.insert(inbox).on_conflict_do_nothing().returning(inbox.c.id),
    "postgresql": postgresql.insert(inbox).on_conflict_do_nothing().returning(inbox.c.id),
}
_forget_numbers = (
    update(inbox)
    .where(inbox.c.update_number.is_not(None), inbox.c.received_at < bindparam("before"))
    .values(update_number=None)
)


def _insert(connection: Connection, row: Mapping[str, Any]) -> bool:
    """True when the row is new."""
    return connection.execute(_inserts[connection.dialect.name], row).first() is not None


def _insert_again(connection: Connection, row: Mapping[str, Any], now: datetime) -> bool:
    """True when the row is new after all, once numbers too old to mean the same message are forgotten."""
    connection.execute(_forget_numbers, {"before": now - DUPLICATES_FOR})
    return _insert(connection, row)


def _conversations(connection: Connection, messages: Sequence[IncomingMessage]) -> dict[tuple[str, str, str], int]:
    wanted = {(m.channel, m.bot, m.chat): m for m in messages}
    found = _known_conversations(connection, list(wanted))
    missing = [m for key, m in wanted.items() if key not in found]
    if missing:
        rows = [
            {
                "channel": m.channel,
                "bot": m.bot,
                "chat": m.chat,
                "person": m.person,
                "language": m.language_hint,
                "stop_asked": False,
            }
            for m in missing
        ]
        connection.execute(upsert(connection, conversation).on_conflict_do_nothing(), rows)
        found = _known_conversations(connection, list(wanted))
    return found


_conversation_ids = select(conversation.c.channel, conversation.c.bot, conversation.c.chat, conversation.c.id).where(
    tuple_(conversation.c.channel, conversation.c.bot, conversation.c.chat).in_(bindparam("keys", expanding=True))
)


def _known_conversations(
    connection: Connection, keys: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str, str], int]:
    rows = connection.execute(_conversation_ids, {"keys": keys})
    return {(row.channel, row.bot, row.chat): row.id for row in rows}


_open_messages = (
    select(inbox.c.conversation_id, func.min(inbox.c.id).label("oldest"))
    .where(inbox.c.done_at.is_(None))
    .group_by(inbox.c.conversation_id)
    .having(func.min(inbox.c.ready_at) <= bindparam("now"))
    .subquery()
)
_free_conversations = (
    select(conversation)
    .join(_open_messages, _open_messages.c.conversation_id == conversation.c.id)
    .where(conversation.c.lease_until.is_(None) | (conversation.c.lease_until < bindparam("now")))
    .order_by(_open_messages.c.oldest)
    .limit(bindparam("most"))
    .with_for_update(of=conversation, skip_locked=True)
)
_of_same_person = and_(address.c.channel == conversation.c.channel, address.c.person == conversation.c.person)
_open_of = (
    select(inbox, *(column.label(f"rep_{column.name}") for column in rep.c))
    .join(conversation, conversation.c.id == inbox.c.conversation_id)
    .outerjoin(address, _of_same_person)
    .outerjoin(rep, rep.c.id == address.c.rep_id)
    .where(inbox.c.conversation_id.in_(bindparam("talks", expanding=True)), inbox.c.done_at.is_(None))
    .order_by(inbox.c.id)
)


def lease(connection: Connection, limit: int) -> list[Lease]:
    """Take conversations with an open message that no living worker holds, and count the attempt."""
    now = machine_now()
    chosen = connection.execute(_free_conversations, {"now": now, "most": limit}).all()
    if not chosen:
        return []
    token = uuid4().hex
    heads = _heads(connection, [row.id for row in chosen], now)
    taken = [_lease_of(row, heads[row.id], token) for row in chosen if row.id in heads]
    _mark_leased(connection, taken, now)
    return taken


def _heads(connection: Connection, ids: Sequence[int], now: datetime) -> dict[int, list[Row[Any]]]:
    """For each conversation its oldest open message, with the messages that belong to it; unready ones left out.

    Read, together with the rep, only now that nobody else can take the conversation: what the last turn wrote is seen.
    """
    rows = connection.execute(_open_of, {"talks": ids})
    per_conversation: dict[int, list[Row[Any]]] = {}
    for row in rows:
        per_conversation.setdefault(row.conversation_id, []).append(row)
    gathered = {id_: _belonging(rows) for id_, rows in per_conversation.items()}
    return {id_: rows for id_, rows in gathered.items() if all(row.ready_at <= now for row in rows)}


def _belonging(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    head = rows[0]
    if head.part_of:
        return list(takewhile(lambda row: row.part_of == head.part_of, rows))
    parts = [head]
    for row in rows[1:]:
        last = parts[-1]
        near = row.received_at - last.received_at <= timedelta(seconds=GATHER_SECONDS)
        if not (near and _is_cut(last) and _goes_on(row)):
            break
        parts.append(row)
    return parts


def _is_cut(row: Row[Any]) -> bool:
    return _is_text(row) and len(row.message["text"]) >= CUT_AT


def _goes_on(row: Row[Any]) -> bool:
    return _is_text(row) and not row.message["text"].startswith("/")


def _is_text(row: Row[Any]) -> bool:
    """True of a text that says something: an empty one has no words stored."""
    return bool(row.message["kind"] == MessageKind.TEXT.value and row.message.get("text"))


def _lease_of(row: Row[Any], parts: Sequence[Row[Any]], token: str) -> Lease:
    head = parts[0]
    person: Rep | None = rep_from_row(head._mapping, prefix="rep_") if head.rep_id else None
    floor = _floor_from(row.floor_skill, row.floor_state or {}) if row.floor_skill else None
    talk = Conversation(row.id, row.channel, row.bot, row.chat, row.person, person, row.language, floor)
    messages = [message_from_json(part.message) for part in parts]
    return Lease(token, talk, tuple(p.id for p in parts), _as_one(messages), head.attempts + 1)


def _floor_from(skill: str, stored: Mapping[str, Any]) -> Floor:
    """The floor as it was stored, with those under it."""
    under = stored.get(_UNDER)
    state = {key: value for key, value in stored.items() if key != _UNDER}
    return Floor(skill, state, _floor_from(under["skill"], under["state"]) if under else None)


def _floor_state(floor: Floor) -> dict[str, object]:
    """What a floor remembers, and those under it, in one JSON object."""
    below = floor.under
    under = {_UNDER: {"skill": below.skill, "state": _floor_state(below)}} if below else {}
    return {**floor.state, **under}


def _as_one(messages: Sequence[IncomingMessage]) -> IncomingMessage:
    if len(messages) == 1:
        return messages[0]
    joint = "\n" if messages[0].part_of else ""
    return replace(
        messages[0],
        text=joint.join(m.text for m in messages if m.text),
        attachments=tuple(a for m in messages for a in m.attachments),
    )


_take = (
    update(conversation)
    .where(conversation.c.id == bindparam("talk"))
    .values(lease_token=bindparam("token"), lease_until=bindparam("until"), stop_asked=False)
)


_count_attempt = (
    update(inbox).where(inbox.c.id.in_(bindparam("rows", expanding=True))).values(attempts=inbox.c.attempts + 1)
)


def _mark_leased(connection: Connection, leases: Sequence[Lease], now: datetime) -> None:
    if not leases:
        return
    until = now + timedelta(seconds=LEASE_SECONDS)
    connection.execute(_take, [{"talk": x.conversation.id, "token": x.token, "until": until} for x in leases])
    connection.execute(_count_attempt, {"rows": [row for x in leases for row in x.rows]})


def renew(connection: Connection, leases: Sequence[Lease]) -> list[int]:
    """Prolong leases still ours; returns the conversations whose rep asked to stop."""
    held = {(x.conversation.id, x.token) for x in leases}
    mine = tuple_(conversation.c.id, conversation.c.lease_token).in_(held)
    until = machine_now() + timedelta(seconds=LEASE_SECONDS)
    connection.execute(update(conversation).where(mine).values(lease_until=until))
    return list(connection.scalars(select(conversation.c.id).where(mine, conversation.c.stop_asked)))


_close = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.done_at.is_(None))
    .values(done_at=bindparam("now"), incident=bindparam("why"))
)
_more_waits = exists().where(
    inbox.c.conversation_id == bindparam("talk"), inbox.c.done_at.is_(None), inbox.c.id > bindparam("last")
)
_end_lease = (
    update(conversation)
    .where(conversation.c.id == bindparam("talk"), conversation.c.lease_token == bindparam("token"))
    .values(
        lease_token=None,
        lease_until=None,
        language=bindparam("said_in"),
        floor_skill=bindparam("skill"),
        floor_state=bindparam("state"),
    )
    .returning(_more_waits)
)


def close_turn(connection: Connection, lease: Lease, *, floor: Floor | None, language: str, incident: str) -> bool:
    """Mark the lease's messages answered and give the conversation back with its new state; True when more waits.

    Raises LeaseLost when another worker has it or it was answered already; the transaction must then be rolled back.
    """
    values = {
        "talk": lease.conversation.id,
        "token": lease.token,
        "last": lease.rows[-1],
        "said_in": language,
        "skill": floor.skill if floor else None,
        "state": _floor_state(floor) if floor else None,
    }
    ended = connection.execute(_end_lease, values).first()
    if ended is None:
        raise LeaseLost(f"conversation {lease.conversation.id}")
    now = machine_now()
    for row in lease.rows:
        if connection.execute(_close, {"row": row, "now": now, "why": incident or None}).rowcount != 1:
            raise LeaseLost(f"inbox row {row}")
    return bool(ended[0])


def give_back(connection: Connection, lease: Lease) -> None:
    """End a lease early; its messages stay open."""
    mine = (conversation.c.id == lease.conversation.id) & (conversation.c.lease_token == lease.token)
    connection.execute(update(conversation).where(mine).values(lease_token=None, lease_until=None))
