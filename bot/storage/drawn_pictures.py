"""Pictures that were drawn for a rep, kept for a while so that asking again is instant."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.domain.writes import KeepPictures
from bot.storage.database import upsert
from bot.storage.occasion import Occasion
from bot.storage.tables import drawn_picture


def keep_pictures(connection: Connection, write: KeepPictures, occasion: Occasion) -> None:
    """Keep them; the same picture drawn twice is kept once."""
    for key, content in write.pictures.items():
        put = upsert(connection, drawn_picture).values(
            rep_id=write.rep, key=key, content=content, drawn_at=occasion.now
        )
        connection.execute(put.on_conflict_do_nothing())


def pictures_for(connection: Connection, rep_id: str, keys: Sequence[str]) -> Mapping[str, bytes]:
    """Those of the rep's own that are kept, by key."""
    mine = (drawn_picture.c.rep_id == rep_id) & drawn_picture.c.key.in_(keys)
    query = select(drawn_picture.c.key, drawn_picture.c.content).where(mine)
    return {row.key: row.content for row in connection.execute(query)}


def erase_pictures(connection: Connection, before: datetime) -> None:
    """Pictures drawn before this moment go."""
    connection.execute(delete(drawn_picture).where(drawn_picture.c.drawn_at < before))
