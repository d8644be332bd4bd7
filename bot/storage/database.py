"""The connection to SQLite or PostgreSQL: one thread for SQLite, a pool for PostgreSQL, errors in our words."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

from bot.errors import StorageUnavailable

Result = TypeVar("Result")

BUSY_MILLISECONDS = 5000
POOL_SIZE = 8


def address_of(data_dir: Path, database_url: str | None) -> str:
    """The database's address: the given one with the driver we ship, else SQLite in the data folder."""
    if not database_url:
        return f"sqlite:///{data_dir / 'ridealong.db'}"
    url = make_url(database_url)
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def engine_for(address: str) -> Engine:
    """An engine whose transactions on SQLite take the write lock at once and wait for it politely."""
    if not address.startswith("sqlite"):
        return create_engine(address, pool_size=POOL_SIZE, max_overflow=0, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"check_same_thread": False}, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict, in the connection's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


class Database:
    """Runs functions that take a connection, each in one transaction, away from the event loop."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.engine = engine_for(address)
        threads = 1 if self.is_sqlite else POOL_SIZE
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="storage")

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded database."""
        return self.engine.dialect.name == "sqlite"

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` returns; its transaction is committed, or rolled back when it raises.

        Raises StorageUnavailable when the database is locked, full or away.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.run_now, work)

    def run_now(self, work: Callable[[Connection], Result]) -> Result:
        """The same on this thread."""
        try:
            with self.engine.begin() as connection:
                return work(connection)
        except (OperationalError, sqlite3.OperationalError) as error:
            raise StorageUnavailable(_reason(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StorageUnavailable(_reason(error)) from error
            raise

    def close(self) -> None:
        """Wait for running work and give all connections back."""
        self._threads.shutdown()
        self.engine.dispose()


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
