"""Documents that were sent and are still being read, and stopping that."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.rep import Viewer
from bot.domain.teaching import TAKE_IN, Lesson
from bot.domain.writes import StopReading
from bot.errors import WriteConflict
from bot.storage import scheduled_work
from bot.storage.occasion import Occasion
from bot.storage.tables import document, work


def being_read(connection: Connection, viewer: Viewer) -> Sequence[Lesson]:
    """What the viewer sent and answers do not use yet, in the order sent."""
    open_work = select(work.c.payload).where(work.c.name == TAKE_IN, work.c.finished_at.is_(None)).order_by(work.c.id)
    lessons = [Lesson.from_payload(payload) for payload in connection.scalars(open_work)]
    mine = [one for one in lessons if (one.team, one.rep) == (viewer.team, viewer.rep)]
    return [one for one in mine if not _is_in(connection, one)]


def stop(connection: Connection, write: StopReading, occasion: Occasion) -> None:
    """Close the work; what still reads finds it closed when it wants to save."""
    if not any(one.label == write.label for one in being_read(connection, occasion.viewer)):
        raise WriteConflict("the document is in already")
    scheduled_work.close(connection, TAKE_IN, write.label)


def _is_in(connection: Connection, lesson: Lesson) -> bool:
    same = (document.c.name == lesson.name) & (document.c.team_id == lesson.team) & document.c.withdrawn.is_(False)
    saved_since = document.c.taken_in_at >= datetime.fromisoformat(lesson.sent_at)
    return connection.scalar(select(document.c.id).where(same, saved_since).limit(1)) is not None
