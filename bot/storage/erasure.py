"""What is erased when it has been kept long enough."""

from datetime import timedelta

from sqlalchemy import Connection, delete, null, update

from bot.storage.inbox import machine_now
from bot.storage.tables import inbox, outbox, work


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
