"""Alembic's entry: migrates the engine it is given in `attributes`, or the address of `alembic -x url=…`."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine

from bot.storage.tables import Moment, metadata


def _rendered(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """A migration must not change when our own column types do, so they are written as what they store."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


def _migrate(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=is_sqlite, render_item=_rendered)
    with context.begin_transaction():
        context.run_migrations()


_given = context.config.attributes.get("connection")
if _given is not None:
    _migrate(_given)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).connect() as _connection:
        _migrate(_connection)
