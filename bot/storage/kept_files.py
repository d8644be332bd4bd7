"""Voice notes and photos of reps in SQL."""

from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from bot.domain.file_reading import READ_FILE
from bot.domain.kept_file import FileState, KeptFile
from bot.domain.writes import DropFile, KeepFile
from bot.errors import WriteConflict
from bot.storage.as_json import message_as_json, message_from_json
from bot.storage.occasion import Occasion
from bot.storage.tables import kept_file, work


def keep_file(connection: Connection, write: KeepFile, occasion: Occasion) -> None:
    """Add it, or change the one that is there. Raises WriteConflict when that is gone."""
    file = write.file
    values: dict[str, Any] = {
        "state": file.state.value,
        "pieces": list(file.pieces),
        "draft_id": file.draft,
        "card": dict(file.card) if file.card else None,
    }
    if write.content is not None:
        values["content"] = write.content
    if write.is_new:
        values |= {"id": file.id, "rep_id": file.rep, "message": message_as_json(file.message)}
        values |= {"sent_at": file.sent_at, "floor": list(file.floor) if file.floor else None}
        connection.execute(insert(kept_file).values(**values))
        return
    mine = (kept_file.c.id == file.id) & (kept_file.c.rep_id == file.rep)
    if connection.execute(update(kept_file).where(mine).values(**values)).rowcount != 1:
        raise WriteConflict("the file is gone")


def drop_file(connection: Connection, write: DropFile, occasion: Occasion) -> None:
    """Nothing is left of it."""
    mine = (kept_file.c.id == write.file) & (kept_file.c.rep_id == write.rep)
    if connection.execute(delete(kept_file).where(mine)).rowcount:
        connection.execute(delete(work).where(work.c.name == READ_FILE, work.c.key == write.file))


def count_waiting(connection: Connection) -> int:
    """How many files of all reps are not read yet."""
    waiting = select(func.count()).select_from(kept_file).where(kept_file.c.state == FileState.WAITING.value)
    return connection.scalar(waiting) or 0


def files_of(rep_id: str) -> Select[Any]:
    """A rep's files without their content, the oldest first."""
    columns = [column for column in kept_file.c if column is not kept_file.c.content]
    return select(*columns).where(kept_file.c.rep_id == rep_id).order_by(kept_file.c.sent_at, kept_file.c.id)


def file_from_row(row: Row[Any]) -> KeptFile:
    """The file that was stored."""
    return KeptFile(
        id=row.id,
        rep=row.rep_id,
        message=message_from_json(row.message),
        sent_at=row.sent_at,
        state=FileState(row.state),
        pieces=tuple(row.pieces),
        floor=(row.floor[0], row.floor[1]) if row.floor else None,
        draft=row.draft_id,
        card=row.card,
    )
