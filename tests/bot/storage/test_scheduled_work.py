"""Scheduled work: taken once, moved, renewed, failed; on both databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.account import Draft
from bot.domain.visit import VisitNote
from bot.domain.writes import EraseOldTexts, JoinTeam, KeepDraft, Schedule
from bot.errors import LeaseLost
from bot.ports import DueWork
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import MovedClock, pass_time, store_on

HOUR = timedelta(hours=1)


async def _schedule(store: DatabaseStore, clock: MovedClock, key: str, after: timedelta = timedelta()) -> None:
    viewer = await store.administrator("团队")
    await store.write(viewer, [Schedule("note", key, clock.now() + after, {"key": key})])


async def _one(store: DatabaseStore, clock: MovedClock) -> DueWork:
    [work] = await store.due_work(clock.now(), 10)
    return work


async def _finish(store: DatabaseStore, work: DueWork) -> None:
    await store.finish_work(work, replies=(), writes=())


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


async def test_work_is_taken_by_one_and_in_order(store: DatabaseStore, other: DatabaseStore, clock: MovedClock) -> None:
    for number in range(12):
        await _schedule(store, clock, f"{number}", -timedelta(minutes=number))
    shares = await asyncio.gather(*(worker.due_work(clock.now(), 3) for worker in (store, other, store, other)))
    keys = [work.key for share in shares for work in share]
    assert sorted(keys, key=int) == [str(number) for number in range(12)]
    assert [work.due for work in shares[0]] == sorted(work.due for work in shares[0])


async def test_only_the_row_asked_for_is_taken(store: DatabaseStore, clock: MovedClock) -> None:
    await _schedule(store, clock, "a")
    await _schedule(store, clock, "b", HOUR)
    a, b = await store.upcoming_work(clock.now() + HOUR, 10)
    assert await store.due_work(clock.now(), 1, row=b.row) == []
    assert [work.key for work in await store.due_work(clock.now(), 1, row=a.row)] == ["a"]
    assert [work.key for work in await store.upcoming_work(clock.now() + HOUR, 10)] == ["b"]


async def test_the_same_key_moves_the_work(store: DatabaseStore, clock: MovedClock) -> None:
    await _schedule(store, clock, "a", HOUR)
    await _schedule(store, clock, "a", 2 * HOUR)
    assert await store.due_work(clock.now() + HOUR, 10) == []
    assert len(await store.due_work(clock.now() + 2 * HOUR, 10)) == 1


async def test_work_moved_while_it_runs_stays_moved(store: DatabaseStore, clock: MovedClock) -> None:
    for end in ("finish", "fail", "give up"):
        await _schedule(store, clock, end)
        running = await _one(store, clock)
        await _schedule(store, clock, end, HOUR)
        if end == "finish":
            with pytest.raises(LeaseLost):
                await _finish(store, running)
        else:
            again = clock.now() if end == "fail" else None
            await store.fail_work(running, reason="ValueError", again_at=again)
        assert await store.due_work(clock.now(), 10) == []
        clock.move(HOUR)
        await _finish(store, await _one(store, clock))


async def test_a_dead_workers_work_is_taken_over_a_living_ones_is_not(
    store: DatabaseStore, other: DatabaseStore, database: Database, clock: MovedClock
) -> None:
    await _schedule(store, clock, "a")
    lost = await _one(store, clock)
    for _ in range(3):
        pass_time(database, timedelta(seconds=40))
        await store.renew_work(lost)
    assert await other.due_work(clock.now(), 10) == []
    pass_time(database, timedelta(seconds=80))
    taken = await _one(other, clock)
    await store.renew_work(lost)
    with pytest.raises(LeaseLost):
        await _finish(store, lost)
    await _finish(other, taken)


async def test_done_work_is_erased_in_time_open_work_is_not(
    store: DatabaseStore, database: Database, clock: MovedClock
) -> None:
    await _schedule(store, clock, "done")
    await _finish(store, await _one(store, clock))
    await _schedule(store, clock, "open", HOUR)
    pass_time(database, timedelta(days=8))
    await store.write(await store.administrator("团队"), [EraseOldTexts(timedelta(days=7), timedelta(days=365))])
    left = database.run_now(lambda c: c.exec_driver_sql("SELECT key FROM work").scalars().all())
    assert left == ["open"]


async def test_own_words_are_erased_after_their_year_what_was_confirmed_stays(database: Database) -> None:
    clock = MovedClock()
    store = store_on(database, clock)
    await store.administrator("团队")
    rep = await store.admit(JoinTeam("terminal", "one", "One", "Asia/Shanghai"))
    said = Draft("d1", rep.id, "刚从远山阀门出来", clock.now().date(), (VisitNote(account="远山阀门"),))
    await store.write(rep.viewer, [KeepDraft(said)])
    clock.move(timedelta(days=300))
    await store.write(rep.viewer, [EraseOldTexts(timedelta(days=7), timedelta(days=365))])
    kept = await store.repository(rep.viewer).draft("d1")
    clock.move(timedelta(days=100))
    await store.write(rep.viewer, [EraseOldTexts(timedelta(days=7), timedelta(days=365))])
    erased = await store.repository(rep.viewer).draft("d1")
    assert kept is not None
    assert erased is not None
    assert (kept.words, erased.words) == ("刚从远山阀门出来", "")
