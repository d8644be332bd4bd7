"""What every Jobs driver keeps to: subclass, give it a `database` and a way to make a worker, and it is checked."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.rep import Viewer
from bot.domain.writes import Schedule
from bot.jobs.run_due_work import ATTEMPTS, WorkRunner
from bot.ports import Clock, DueWork, Jobs, Outcome, Store
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import MovedClock, member, message, pass_time, reply, store_on

PATIENCE = 10.0
END_OF_TIME = datetime(2100, 1, 1, tzinfo=UTC)
LOOK = 0.05
QUIET = 0.4
"""How long nothing must happen: longer than a driver takes to look."""


@dataclass(slots=True)
class Office:
    """A place where work is done: what was done is counted, `trouble` makes it fail."""

    database: Database
    store: DatabaseStore
    viewer: Viewer
    clock: MovedClock
    done: list[str] = field(default_factory=list)
    trouble: set[str] = field(default_factory=set)
    slow: float = 0.0

    async def schedule(self, key: str, due: timedelta = timedelta(), *, queue: str = "", once: bool = False) -> None:
        work = Schedule("note", key, self.clock.now() + due, {"key": key}, queue=queue, once=once)
        await self.store.write(self.viewer, [work])

    async def note(self, work: DueWork) -> Outcome:
        self.done.append(str(work.payload["key"]))
        await asyncio.sleep(self.slow)
        if work.key in self.trouble:
            raise ValueError(work.key)
        return Outcome((reply("时间到了"),) if work.conversation else ())

    async def until_done(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.done) < count:
                await asyncio.sleep(0.02)

    async def until_noted(self) -> None:
        """What failed is open again for a later time, or closed."""
        async with asyncio.timeout(PATIENCE):
            while await self.store.next_due() and not await self.store.upcoming_work(END_OF_TIME, 1):
                await asyncio.sleep(0.02)


class JobsContract(ABC):
    """The contract itself."""

    @abstractmethod
    def worker(self, database: Database, store: Store, clock: Clock, runner: WorkRunner) -> Jobs: ...

    @pytest.fixture
    async def office(self, database: Database) -> Office:
        clock = MovedClock()
        store = store_on(database, clock)
        return Office(database, store, await store.administrator("团队"), clock)

    @asynccontextmanager
    async def running(self, office: Office) -> AsyncIterator[Jobs]:
        """One more worker, with a store of its own."""
        store = store_on(office.database, office.clock)
        jobs = self.worker(
            office.database, store, office.clock, WorkRunner(store, office.clock, {"note": office.note}, {})
        )
        task = asyncio.create_task(jobs.run())
        try:
            yield jobs
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def nothing_more(self, office: Office, done: Callable[[], int]) -> None:
        before = done()
        await asyncio.sleep(QUIET)
        assert done() == before

    async def test_what_is_due_is_done_once(self, office: Office) -> None:
        await office.schedule("now")
        async with self.running(office) as jobs:
            await office.until_done(1)
            await office.schedule("woken")
            jobs.wake()
            await office.until_done(2)
            await self.nothing_more(office, lambda: len(office.done))
        assert office.done == ["now", "woken"]
        assert await office.store.next_due() is None

    async def test_what_is_due_later_waits_for_its_time(self, office: Office) -> None:
        await office.schedule("tomorrow", timedelta(days=1))
        async with self.running(office):
            await self.nothing_more(office, lambda: len(office.done))
            office.clock.move(timedelta(hours=23))
            await self.nothing_more(office, lambda: len(office.done))
            office.clock.move(timedelta(hours=1))
            await office.until_done(1)

    async def test_moved_work_is_done_at_its_new_time_only(self, office: Office) -> None:
        await office.schedule("moved", timedelta(hours=1))
        async with self.running(office):
            await office.schedule("moved", timedelta(hours=3))
            office.clock.move(timedelta(hours=2))
            await self.nothing_more(office, lambda: len(office.done))
            office.clock.move(timedelta(hours=1))
            await office.until_done(1)
            await self.nothing_more(office, lambda: len(office.done))

    async def test_failing_work_is_tried_again_later_and_then_given_up(self, office: Office) -> None:
        office.trouble.add("broken")
        await office.schedule("broken")
        async with self.running(office):
            for attempt in range(1, ATTEMPTS + 1):
                await office.until_done(attempt)
                await office.until_noted()
                office.clock.move(timedelta(hours=2))
            await self.nothing_more(office, lambda: len(office.done))
        assert len(office.done) == ATTEMPTS
        assert await office.store.next_due() is None

    async def test_work_of_one_queue_is_done_in_its_order_though_the_first_fails(self, office: Office) -> None:
        office.trouble.add("first")
        for key, queue in (("first", "q"), ("second", "q"), ("beside", "")):
            await office.schedule(key, queue=queue)
        async with self.running(office):
            await office.until_done(2)
            await self.nothing_more(office, lambda: len(office.done))
            office.trouble.clear()
            office.clock.move(timedelta(hours=2))
            await office.until_done(4)
        assert sorted(office.done[:2]) == ["beside", "first"]
        assert office.done[2:] == ["first", "second"]

    async def test_work_asked_for_again_while_it_is_done_is_done_once(self, office: Office) -> None:
        office.slow = QUIET
        await office.schedule("picture", once=True)
        async with self.running(office):
            await office.until_done(1)
            await office.schedule("picture", once=True)
            await self.nothing_more(office, lambda: len(office.done))
            await office.until_noted()
            assert await office.store.next_due() is None
            await office.schedule("picture", once=True)
            await office.until_done(2)

    async def test_failing_work_holds_up_no_other(self, office: Office) -> None:
        office.trouble.add("broken")
        for key in ("broken", "a", "b", "c"):
            await office.schedule(key)
        async with self.running(office):
            await office.until_done(4)
        assert sorted(office.done) == ["a", "b", "broken", "c"]

    async def test_a_restart_finds_what_was_under_way(self, office: Office) -> None:
        office.slow = 60.0
        await office.schedule("long")
        async with self.running(office):
            await office.until_done(1)
        assert await office.store.next_due() is not None, "it was not finished"
        office.slow = 0.0
        pass_time(office.database, timedelta(minutes=2))
        async with self.running(office):
            await office.until_done(2)
            await self.nothing_more(office, lambda: len(office.done))
        assert await office.store.next_due() is None

    async def test_two_workers_share_and_do_nothing_twice(self, office: Office) -> None:
        office.slow = 0.02
        keys = [f"{number:02}" for number in range(24)]
        for key in keys:
            await office.schedule(key)
        async with self.running(office) as one, self.running(office) as two:
            one.wake()
            two.wake()
            await office.until_done(len(keys))
            await self.nothing_more(office, lambda: len(office.done))
        assert sorted(office.done) == keys

    async def test_what_work_says_goes_to_its_conversation(self, office: Office) -> None:
        await member(office.store)
        await office.store.receive([message()])
        [lease] = await office.store.lease(1)
        reminder = Schedule("note", "r", office.clock.now(), {"key": "r"}, lease.conversation.id)
        await office.store.finish_turn(lease, replies=(), floor=None, language="zh", writes=(reminder,))
        async with self.running(office):
            await office.until_done(1)
            async with asyncio.timeout(PATIENCE):
                while not (sent := await office.store.outgoing(sent={}, failed={}, later={}, limit=1)):
                    await asyncio.sleep(0.05)
        assert sent[0].reply == reply("时间到了")
