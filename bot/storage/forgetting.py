"""Forgetting a rep: what is his own goes, what is the company's stays without his name."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, null, select, true, update

from bot.domain.writes import ForgetRep
from bot.storage.case_notes import drop_cases
from bot.storage.database import upsert
from bot.storage.inbox import machine_now
from bot.storage.occasion import Occasion
from bot.storage.tables import (
    account,
    address,
    change,
    commitment,
    conversation,
    draft,
    drawn_picture,
    finding,
    forgotten,
    given_answer,
    inbox,
    kept_file,
    model_use,
    opportunity_change,
    outbox,
    practice,
    rep,
    visit,
    work,
)

ANONYMOUS = ""
"""Whose confirmed facts are once their author is forgotten."""


def forget(connection: Connection, write: ForgetRep, occasion: Occasion) -> None:
    """A rep asked for it."""
    forget_rep(connection, write.rep, occasion.now)


def forget_rep(connection: Connection, rep_id: str, at: datetime, *, also_waiting: bool = False) -> None:
    """Delete the rep's profile, practice, drafts, files and conversation texts; keep confirmed facts, author anonymous.

    That it happened is kept by the bare id. `also_waiting` closes messages nobody has answered yet: those of a
    restored backup were written before he asked to be forgotten.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    kept = upsert(connection, forgotten).values(rep_id=rep_id, at=at)
    connection.execute(kept.on_conflict_do_nothing())
    _empty_chats(connection, _chats_of(connection, rep_id), also_waiting=also_waiting)
    _keep_facts_without_author(connection, rep_id)
    for table in (given_answer, kept_file, drawn_picture, draft, practice, model_use, address, change):
        connection.execute(delete(table).where(table.c.rep_id == rep_id))
    connection.execute(delete(rep).where(rep.c.id == rep_id))


def _chats_of(connection: Connection, rep_id: str) -> list[int]:
    same_person = (address.c.channel == conversation.c.channel) & (address.c.person == conversation.c.person)
    mine = select(conversation.c.id).join(address, same_person).where(address.c.rep_id == rep_id)
    return list(connection.scalars(mine))


def _empty_chats(connection: Connection, chats: Sequence[int], *, also_waiting: bool) -> None:
    """No text of these conversations is left, and nothing of them is sent or reminded of any more."""
    now = machine_now()
    connection.execute(delete(work).where(work.c.conversation_id.in_(chats)))
    answered = true() if also_waiting else inbox.c.done_at.is_not(None)
    received = inbox.c.conversation_id.in_(chats) & answered
    connection.execute(
        update(inbox).where(received).values(message=null(), done_at=func.coalesce(inbox.c.done_at, now))
    )
    unsent = outbox.c.conversation_id.in_(chats) & outbox.c.finished_at.is_(None)
    connection.execute(update(outbox).where(unsent).values(finished_at=now, failure="forgotten", claim_until=None))
    said = outbox.c.conversation_id.in_(chats)
    connection.execute(update(outbox).where(said).values(reply=null(), content=null()))
    nothing_open = {"floor_skill": None, "floor_state": None}
    connection.execute(update(conversation).where(conversation.c.id.in_(chats)).values(**nothing_open))


def _keep_facts_without_author(connection: Connection, rep_id: str) -> None:
    """Visits and findings lose the quotes of his own words and his name, commitments and accounts his name.

    The team's cases of his visits go.
    """
    visits = connection.execute(select(visit.c.id, visit.c.note).where(visit.c.rep_id == rep_id)).all()
    drop_cases(connection, [row.id for row in visits])
    for row in visits:
        facts = {**row.note, "evidence": {}}
        connection.execute(update(visit).where(visit.c.id == row.id).values(note=facts, rep_id=ANONYMOUS))
    for table in (finding, opportunity_change):
        connection.execute(update(table).where(table.c.rep_id == rep_id).values(quote="", rep_id=ANONYMOUS))
    connection.execute(update(commitment).where(commitment.c.rep_id == rep_id).values(rep_id=ANONYMOUS))
    connection.execute(update(account).where(account.c.owner_id == rep_id).values(owner_id=ANONYMOUS))
