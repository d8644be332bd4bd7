"""A restored backup still knows reps who asked to be forgotten after it was written: they are forgotten again.

Who they are is looked up wherever it may still be found: in the backup itself, in the database it was taken from,
and in the other backups that lie beside it.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.forgetting import forget_rep
from bot.storage.tables import forgotten, rep

_MANIFEST = "manifest.json"
_ROWS = f"{forgotten.name}.jsonl"


def came_from(connection: Connection) -> Mapping[str, str]:
    """What a backup's manifest says of the database it is taken from: where its file lies."""
    place = connection.engine.url.database
    is_file = connection.dialect.name == "sqlite" and place and place != ":memory:"
    return {"database": str(Path(str(place)).resolve())} if is_file else {}


def forget_again(connection: Connection, file: Path) -> int:
    """Forget in the tables just filled from `file` everybody known to have asked for it; returns how many."""
    known = dict(_known_to(connection)) | dict(_beside(file)) | dict(_in_its_database(file))
    present = set(connection.scalars(select(rep.c.id)))
    again = {who: at for who, at in known.items() if who in present}
    for who, at in again.items():
        forget_rep(connection, who, at, also_waiting=True)
    return len(again)


def _known_to(connection: Connection) -> Iterator[tuple[str, datetime]]:
    for row in connection.execute(select(forgotten)):
        yield row.rep_id, row.at


def _beside(file: Path) -> Iterator[tuple[str, datetime]]:
    """What the backups in the same folder say; a file that is none, or is broken, says nothing."""
    for other in sorted(file.absolute().parent.glob(f"*{file.suffix}")):
        if other.is_file() and zipfile.is_zipfile(other):
            with suppress(zipfile.BadZipFile, ValueError, KeyError), zipfile.ZipFile(other) as archive:
                rows = map(json.loads, archive.read(_ROWS).splitlines())
                yield from [(str(row["rep_id"]), datetime.fromisoformat(row["at"])) for row in rows]


def _in_its_database(file: Path) -> list[tuple[str, datetime]]:
    """What the database says that the backup was taken from, [] when it is not there any more."""
    with zipfile.ZipFile(file) as archive:
        place = json.loads(archive.read(_MANIFEST)).get("database")
    if not place or not Path(place).is_file():
        return []
    engine = create_engine(f"sqlite:///file:{quote(place)}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            return list(_known_to(connection))
    except SQLAlchemyError:
        return []
    finally:
        engine.dispose()
