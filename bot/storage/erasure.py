"""What is erased when it has been kept long enough."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, null, update

from bot.domain.writes import EraseOldFiles, EraseOldTexts
from bot.storage.answers import erase_old
from bot.storage.changes import forget_old_changes
from bot.storage.drawn_pictures import erase_pictures
from bot.storage.inbox import machine_now
from bot.storage.occasion import Occasion
from bot.storage.tables import draft, inbox, kept_file, outbox, work


def erase_texts(connection: Connection, write: EraseOldTexts, occasion: Occasion) -> None:
    """Messages, replies and pictures of that age, reps' own words, and changes that can no longer be taken back."""
    words_before = occasion.now - write.words
    _erase_messages(connection, write.age)
    erase_pictures(connection, occasion.now - write.age)
    _erase_words(connection, words_before)
    erase_old(connection, words_before)
    forget_old_changes(connection, occasion.now)


def erase_files(connection: Connection, write: EraseOldFiles, occasion: Occasion) -> None:
    """Files of that age go, kept or not; the work of reading one finds nothing and says so."""
    connection.execute(delete(kept_file).where(kept_file.c.sent_at < occasion.now - write.age))


def _erase_messages(connection: Connection, age: timedelta) -> None:
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


def _erase_words(connection: Connection, before: datetime) -> None:
    """Empty what reps said before this moment, and what an unconfirmed draft drew from it."""
    old = (draft.c.changed_at < before) & (draft.c.words != "")
    connection.execute(update(draft).where(old).values(words="", notes=[], progress=None))
