"""A pause in receiving that every process on one PostgreSQL keeps, for a backup at a quiet moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, func, select

from bot.storage.database import Database

_KEY = 3_650_210
"""The number of the advisory lock: shared by all who receive, held alone by who wants quiet."""


def may_receive(connection: Connection) -> bool:
    """True unless somebody paused receiving; it then stays so until the end of the transaction."""
    if connection.dialect.name == "sqlite":
        return True
    return bool(connection.scalar(select(func.pg_try_advisory_xact_lock_shared(_KEY))))


@asynccontextmanager
async def receiving_paused(database: Database) -> AsyncIterator[None]:
    """Nobody receives meanwhile; what comes waits with its channel. If we die, the pause ends."""
    connection = await asyncio.to_thread(_pause, database)
    try:
        yield
    finally:
        await asyncio.to_thread(_go_on, connection)


def _pause(database: Database) -> Connection:
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.execute(select(func.pg_advisory_lock(_KEY)))
    return connection


def _go_on(connection: Connection) -> None:
    with connection:
        connection.execute(select(func.pg_advisory_unlock(_KEY)))
