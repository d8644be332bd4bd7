"""Forgetting a rep: what is his own goes, what is the company's stays without his name."""

from sqlalchemy import Connection, delete, null, select, update

from bot.domain.writes import ForgetRep
from bot.storage.tables import (
    account,
    address,
    commitment,
    conversation,
    draft,
    inbox,
    model_use,
    outbox,
    practice,
    rep,
    visit,
    work,
)

ANONYMOUS = ""
"""Whose confirmed facts are once their author is forgotten."""


def forget_rep(connection: Connection, write: ForgetRep) -> None:
    """Delete the rep's profile, practice, drafts and conversation texts; keep confirmed facts, author anonymous."""
    chats = select(conversation.c.id).join(
        address, (address.c.channel == conversation.c.channel) & (address.c.person == conversation.c.person)
    )
    mine = list(connection.scalars(chats.where(address.c.rep_id == write.rep)))
    for table in (draft, practice, model_use):
        connection.execute(delete(table).where(table.c.rep_id == write.rep))
    for facts in (visit, commitment):
        connection.execute(update(facts).where(facts.c.rep_id == write.rep).values(rep_id=ANONYMOUS))
    connection.execute(update(account).where(account.c.owner_id == write.rep).values(owner_id=ANONYMOUS))
    connection.execute(delete(work).where(work.c.conversation_id.in_(mine)))
    answered = inbox.c.conversation_id.in_(mine) & inbox.c.done_at.is_not(None)
    connection.execute(update(inbox).where(answered).values(message=null()))
    sent = outbox.c.conversation_id.in_(mine) & outbox.c.finished_at.is_not(None)
    connection.execute(update(outbox).where(sent).values(reply=null(), content=null()))
    forgotten = {"floor_skill": None, "floor_state": None}
    connection.execute(update(conversation).where(conversation.c.id.in_(mine)).values(**forgotten))
    connection.execute(delete(address).where(address.c.rep_id == write.rep))
    connection.execute(delete(rep).where(rep.c.id == write.rep))
