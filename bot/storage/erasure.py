"""What is erased when it has been kept long enough."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, null, update

from bot.storage.inbox import machine_now
from bot.storage.tables import draft, inbox, outbox, work


def erase_texts(connection: Connection, age: timedelta) -> None:
    """Empty answered messages and sent replies older than `age`; the rows stay, so that nothing is done twice.

    Scheduled work done that long ago goes altogether.
    """
    before = machine_now() - age
    connection.execute(
        update(inbox).where(inbox.c.done_at < before, inbox.c.message.is_not(None)).values(message=null())
    )
    connection.execute(
        update(outbox)
        .where(outbox.c.finished_at < before, outbox.c.reply.is_not(None))
        .values(reply=null(), content=null())
    )
    connection.execute(delete(work).where(work.c.finished_at < before))


def erase_words(connection: Connection, before: datetime) -> None:
    """Empty what reps said before this moment, and what an unconfirmed draft drew from it."""
    old = (draft.c.changed_at < before) & (draft.c.words != "")
    connection.execute(update(draft).where(old).values(words="", notes=[], progress=None))
