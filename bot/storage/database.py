"""The connection to SQLite or PostgreSQL: one thread for SQLite, a pool for PostgreSQL, errors in our words."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

from bot.errors import StorageUnavailable

Result = TypeVar("Result")

BUSY_MILLISECONDS = 5000
POOL_SIZE = 8
TOGETHER = 64
"""How many pieces of work may share a transaction."""


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
        for pragma in (f"busy_timeout = {BUSY_MILLISECONDS}", "journal_mode = WAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        synchronous = "FULL" if connection.get_execution_options().get("durable", True) else "NORMAL"
        if connection.info.get("synchronous") != synchronous:
            connection.exec_driver_sql(f"PRAGMA synchronous = {synchronous}")
            connection.info["synchronous"] = synchronous
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict, in the connection's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


class Database:
    """Runs functions that take a connection, each all or nothing, away from the event loop.

    Functions may be run again when they shared a transaction with one that failed, so they must have no effect but
    on their connection.
    """

    def __init__(self, address: str) -> None:
        self.engine = engine_for(address)
        self._waiting: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._pool = None if self.is_sqlite else ThreadPoolExecutor(POOL_SIZE, thread_name_prefix="storage")
        self._writer: threading.Thread | None = None
        self._one_at_a_time: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @property
    def conninfo(self) -> str:
        """The address as PostgreSQL's own tools take it."""
        return self.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def run(self, work: Callable[[Connection], Result], *, durable: bool = False) -> Result:
        """What `work` returns once it is committed; rolled back when it raises.

        A `durable` one survives a power cut as well; the others survive the death of this process. Raises
        StorageUnavailable when the database is locked, full or away.
        """
        loop = asyncio.get_running_loop()
        if self._pool:
            return await loop.run_in_executor(self._pool, self.run_now, work)
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="storage", daemon=True)
            self._writer.start()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.put(_Call(work, durable, loop, future))
        result: Result = await future
        return result

    def run_now(self, work: Callable[[Connection], Result], *, durable: bool = True) -> Result:
        """The same on this thread."""
        try:
            with (
                self._one_at_a_time,
                self.engine.connect().execution_options(durable=durable) as connection,
                connection.begin(),
            ):
                return work(connection)
        except (OperationalError, sqlite3.OperationalError) as error:
            raise StorageUnavailable(_reason(error)) from error
        except DBAPIError as error:
            is_broken = type(error.orig) is sqlite3.DatabaseError  # the file is no database, or a damaged one
            if error.connection_invalidated or is_broken:
                raise StorageUnavailable(_reason(error)) from error
            raise

    def close(self) -> None:
        """Wait for running work and give all connections back."""
        if self._pool:
            self._pool.shutdown()
        if self._writer:
            self._waiting.put(None)
            self._writer.join()
        with self._one_at_a_time:  # a thread that reads beside the others may be at it
            self.engine.dispose()

    def _write(self) -> None:
        """SQLite's one thread: what waits together is committed together."""
        while calls := self._next_calls():
            outcomes = self._together(calls)
            for loop in {call.loop for call in calls}:
                mine = [(c, o) for c, o in zip(calls, outcomes, strict=True) if c.loop is loop]
                with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                    loop.call_soon_threadsafe(_deliver, mine)

    def _next_calls(self) -> list["_Call"]:
        calls = [self._waiting.get()]
        while calls[-1] is not None and len(calls) < TOGETHER:
            try:
                calls.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        if calls[-1] is None and len(calls) > 1:
            self._waiting.put(None)
        return [call for call in calls if call is not None]

    def _together(self, calls: Sequence["_Call"]) -> list[object]:
        if len(calls) > 1:
            durable = any(call.durable for call in calls)
            with suppress(Exception):  # whoever failed is found, and told, by running each alone
                return self.run_now(lambda c: [call.work(c) for call in calls], durable=durable)
        return [self._alone(call) for call in calls]

    def _alone(self, call: "_Call") -> object:
        try:
            return self.run_now(call.work, durable=call.durable)
        except Exception as error:  # noqa: BLE001  it is raised where the work was asked for
            return _Failure(error)


@dataclass(frozen=True, slots=True)
class _Call:
    work: Callable[[Connection], Any]
    durable: bool
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Failure:
    error: Exception


def _deliver(outcomes: Sequence[tuple[_Call, object]]) -> None:
    for call, outcome in outcomes:
        if call.future.done():
            continue
        if isinstance(outcome, _Failure):
            call.future.set_exception(outcome.error)
        else:
            call.future.set_result(outcome)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
