"""Between processes on one PostgreSQL: who stores a message wakes all others; who wants quiet makes them wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.notifications import Notifications
from bot.storage.pausing import receiving_paused
from tests.support.databases import ON_POSTGRES
from tests.support.stored import message

pytestmark = pytest.mark.parametrize("database", [ON_POSTGRES], indirect=True)
_CUT = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND state = 'idle'")


@asynccontextmanager
async def _listening(database: Database, woken: asyncio.Event) -> AsyncIterator[None]:
    task = asyncio.create_task(Notifications(database.conninfo, woken.set, again_after_seconds=0.1).run())
    try:
        await _woken(woken)
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _woken(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 5)
    event.clear()


async def test_a_stored_message_wakes_a_duplicate_does_not(database: Database, store: DatabaseStore) -> None:
    woken = asyncio.Event()
    async with _listening(database, woken):
        again = message()
        await store.receive([again])
        await _woken(woken)
        await store.receive([again])
        await asyncio.sleep(0.2)
        assert not woken.is_set()


async def test_after_a_lost_connection_it_listens_again(database: Database, store: DatabaseStore) -> None:
    woken = asyncio.Event()
    async with _listening(database, woken):
        assert database.run_now(lambda c: len(c.execute(_CUT).all())) >= 1
        await _woken(woken)
        await store.receive([message()])
        await _woken(woken)


async def test_while_receiving_is_paused_everybody_waits(
    database: Database, store: DatabaseStore, other: DatabaseStore
) -> None:
    async with receiving_paused(database):
        arriving = asyncio.gather(store.receive([message("7")]), other.receive([message("8")]))
        await asyncio.sleep(0.3)
        assert await store.lease(10) == []
        assert not arriving.done()
    assert await asyncio.wait_for(arriving, 5) == [1, 1]


async def test_a_pause_ends_with_its_trouble(database: Database, store: DatabaseStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with receiving_paused(database):
            raise ZeroDivisionError
    assert await asyncio.wait_for(store.receive([message()]), 5) == 1
