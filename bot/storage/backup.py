"""A backup as one zip file: every table as JSON lines from one snapshot, so it moves between databases."""

import base64
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table, func, select, text

from bot.errors import CannotStart
from bot.storage.forgotten_since import came_from, forget_again
from bot.storage.holding import release_all
from bot.storage.migrate import newest_revision, revision_of
from bot.storage.tables import Moment, metadata, work

MANIFEST = "manifest.json"
_BATCH = 1000
_FEW = 10
"""How many rows with files in them are in memory at once."""


def write_backup(connection: Connection, file: Path, *, without_work: int | None = None) -> int:
    """Write all rows as they are at this moment; returns how many. The file appears only when it is complete.

    `without_work` is the row of the work that makes this backup.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    unfinished = file.with_name(f".{file.name}.part")
    rows = 0
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in metadata.sorted_tables:
            with archive.open(f"{table.name}.jsonl", "w") as out:
                rows_of = select(table) if table is not work else select(work).where(work.c.id != (without_work or 0))
                for row in connection.execute(rows_of.execution_options(yield_per=_at_once(table))).mappings():
                    out.write(json.dumps(_as_json(dict(row))).encode() + b"\n")
                    rows += 1
        archive.writestr(
            MANIFEST, json.dumps({"revision": revision_of(connection), "rows": rows, **came_from(connection)})
        )
    unfinished.replace(file)
    return rows


def read_backup(connection: Connection, file: Path) -> int:
    """Fill empty tables from a backup; returns how many rows. Raises CannotStart when it does not fit.

    Nothing in it is held by a worker any more. Who asked to be forgotten since it was written is forgotten again.
    """
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["revision"] != newest_revision():
            raise CannotStart(f"This backup is of version {manifest['revision']}; restore it with that program.")
        for table in metadata.sorted_tables:
            if connection.scalar(select(func.count()).select_from(table)):
                raise CannotStart("The database is not empty; restore into a new one.")
            for batch in _batches(archive, table):
                connection.execute(table.insert(), batch)
            _continue_numbers(connection, table)
    release_all(connection)
    forget_again(connection, file)
    return int(manifest["rows"])


def _at_once(table: Table) -> int:
    return _FEW if any(isinstance(column.type, LargeBinary) for column in table.c) else _BATCH


def _batches(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            batch.append(_from_json(table, json.loads(line)))
            if len(batch) == _at_once(table):
                yield batch
                batch = []
    if batch:
        yield batch


def _as_json(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value_as_json(value) for name, value in row.items()}


def _value_as_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value_from_json(table.c[name].type, value) for name, value in row.items()}


def _value_from_json(kind: object, value: Any) -> object:  # noqa: ANN401  any JSON value
    if value is not None and isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if value is not None and isinstance(kind, LargeBinary) else value


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL counts on from the restored rows."""
    if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(func.max(table.c.id), 0) + 1, False)))
