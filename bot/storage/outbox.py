"""The durable outbox: replies wait here until their channel took them, in order per conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, or_, select, update

from bot.domain.message import Reply
from bot.ports import Outgoing
from bot.storage.as_json import reply_as_json, reply_from_json
from bot.storage.inbox import machine_now
from bot.storage.tables import conversation, inbox, outbox

CLAIM_SECONDS = 10
"""How long a reply stays with a worker that no longer renews its claim."""

_put = insert(outbox)
_put_first = insert(outbox).returning(outbox.c.id)
_finish = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(finished_at=bindparam("now"), reference=bindparam("ref"), failure=bindparam("why"), claim_until=None)
)
_postpone = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(not_before=bindparam("then"), attempts=outbox.c.attempts + 1, claim_until=None)
)


_unsent_of = (
    select(outbox.c.id).where(outbox.c.conversation_id == bindparam("talk"), outbox.c.finished_at.is_(None)).limit(1)
)


def put(connection: Connection, conversation_id: int, replies: Sequence[Reply], *, claim: str = "") -> int | None:
    """Add replies to a conversation, in order.

    With the token of a worker in `claim`, the first is that worker's to send at once unless older ones wait; returns
    its row then.
    """
    if not replies:
        return None
    now = machine_now()
    waits = replies[0].revises or connection.execute(_unsent_of, {"talk": conversation_id}).first()
    claim = "" if waits else claim
    rows: list[dict[str, object]] = [
        {
            "conversation_id": conversation_id,
            "reply": reply_as_json(reply),
            "content": reply.file.content if reply.file else None,
            "label": reply.label or None,
            "created_at": now,
            "attempts": 0,
            "not_before": now,
            "claim_token": None,
            "claim_until": None,
        }
        for reply in replies
    ]
    first, *rest = rows
    if claim:
        first |= {"claim_token": claim, "claim_until": now + timedelta(seconds=CLAIM_SECONDS)}
    row = connection.execute(_put_first, first).scalar_one()
    if rest:
        connection.execute(_put, rest)
    return row if claim else None


def record(
    connection: Connection, *, sent: Mapping[int, str], failed: Mapping[int, str], later: Mapping[int, float]
) -> None:
    """What became of replies: the channel's reference, the reason of a refusal, or seconds until the next try."""
    now = machine_now()
    finished = [{"row": row, "now": now, "ref": ref, "why": None} for row, ref in sent.items()]
    finished += [{"row": row, "now": now, "ref": None, "why": why} for row, why in failed.items()]
    if finished:
        connection.execute(_finish, finished)
    if later:
        connection.execute(_postpone, [{"row": r, "then": now + timedelta(seconds=s)} for r, s in later.items()])


_keep = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.claim_token == bindparam("token"))
    .values(claim_until=bindparam("until"))
)


def keep(connection: Connection, rows: Sequence[int], token: str) -> None:
    """Prolong the claims on replies still on their way."""
    until = machine_now() + timedelta(seconds=CLAIM_SECONDS)
    connection.execute(_keep, {"rows": rows, "token": token, "until": until})


_oldest = select(func.min(outbox.c.id)).where(outbox.c.finished_at.is_(None)).group_by(outbox.c.conversation_id)
_sendable = (
    select(outbox, conversation.c.chat, conversation.c.channel)
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(
        outbox.c.id.in_(_oldest),
        outbox.c.not_before <= bindparam("now"),
        outbox.c.claim_until.is_(None) | (outbox.c.claim_until < bindparam("now")),
        conversation.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
)
_claim = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .values(claim_token=bindparam("token"), claim_until=bindparam("until"))
)


def claim(connection: Connection, channels: Sequence[str], token: str, limit: int) -> list[Outgoing]:
    """Take the oldest unsent reply of each conversation that no living worker holds and that may be sent now."""
    now = machine_now()
    rows = connection.execute(_sendable, {"now": now, "channels": channels, "most": limit}).all()
    if rows:
        until = now + timedelta(seconds=CLAIM_SECONDS)
        connection.execute(_claim, {"rows": [row.id for row in rows], "token": token, "until": until})
    return [_outgoing(connection, row) for row in rows]


def _outgoing(connection: Connection, row: Row[Any]) -> Outgoing:
    reply = reply_from_json(row.reply, row.content)
    if reply.revises:
        reply = replace(reply, edits=_reference(connection, row.conversation_id, reply.revises))
    return Outgoing(row.id, row.channel, row.chat, reply, row.attempts)


def _reference(connection: Connection, conversation_id: int, label: str) -> str:
    """The channel's reference of the newest message of this label, "" when none arrived."""
    arrived = (
        (outbox.c.label == label) & (outbox.c.conversation_id == conversation_id) & outbox.c.reference.is_not(None)
    )
    return connection.scalar(select(outbox.c.reference).where(arrived).order_by(outbox.c.id.desc()).limit(1)) or ""


def is_settled(connection: Connection, channel: str) -> bool:
    """True when the channel has no open message and no unsent reply."""
    of_channel = select(conversation.c.id).where(conversation.c.channel == channel)
    unanswered = select(inbox.c.id).where(inbox.c.done_at.is_(None), inbox.c.conversation_id.in_(of_channel))
    unsent = select(outbox.c.id).where(outbox.c.finished_at.is_(None), outbox.c.conversation_id.in_(of_channel))
    return connection.scalar(select(or_(exists(unanswered), exists(unsent)))) in (False, 0)


def counts_of_trouble(connection: Connection) -> tuple[int, int]:
    """How many messages were set aside, and how many replies a channel refused."""
    aside = connection.scalar(select(func.count()).select_from(inbox).where(inbox.c.incident.is_not(None)))
    refused = connection.scalar(select(func.count()).select_from(outbox).where(outbox.c.failure.is_not(None)))
    return aside or 0, refused or 0
