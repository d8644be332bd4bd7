"""Voice notes and photos that lie with us: their author's alone, gone when they should be; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.file_reading import READ_FILE, reading
from bot.domain.kept_file import FileState
from bot.domain.message import MessageKind
from bot.domain.writes import Deliver, DropFile, EraseOldFiles, HurryWork, KeepFile, Schedule
from bot.errors import LeaseLost, WriteConflict
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import MovedClock, member, one_lease, store_on, voice_note

CONTENT = bytes(range(256))


async def test_a_file_is_read_by_its_author_alone(store: DatabaseStore) -> None:
    me, other = await member(store), await member(store, "8")
    note = replace(voice_note("f1", me.id), floor=("debrief", {"draft": "d1"}))
    await store.write(me.viewer, [KeepFile(note, CONTENT, is_new=True)])
    mine, theirs = store.repository(me.viewer), store.repository(other.viewer)
    assert await mine.kept_file("f1") == note
    assert (await mine.kept_files(), await mine.content_of("f1")) == ([note], CONTENT)
    assert (await theirs.kept_file("f1"), await theirs.kept_files(), await theirs.content_of("f1")) == (None, [], None)
    for write in (KeepFile(replace(note, rep=other.id, pieces=("x",))), DropFile("f1", other.id)):
        try:
            await store.write(other.viewer, [write])
        except WriteConflict:
            continue
    assert await mine.kept_files() == [note]


async def test_what_was_heard_so_far_is_kept_and_the_content_stays(store: DatabaseStore) -> None:
    me = await member(store)
    note = voice_note("f1", me.id)
    await store.write(me.viewer, [KeepFile(note, is_new=True)])
    mine = store.repository(me.viewer)
    assert await mine.content_of("f1") is None
    await store.write(me.viewer, [KeepFile(note, CONTENT)])
    heard = replace(note, pieces=("刚从远山阀门出来", "见了邱总。"), state=FileState.READ)
    await store.write(me.viewer, [KeepFile(heard)])
    assert (await mine.kept_file("f1"), await mine.content_of("f1")) == (heard, CONTENT)
    assert heard.words == "刚从远山阀门出来，见了邱总。"


async def test_a_dropped_file_stays_dropped_and_its_work_with_it(store: DatabaseStore, other: DatabaseStore) -> None:
    me = await member(store)
    note = voice_note("f1", me.id)
    await store.write(me.viewer, [KeepFile(note, is_new=True), reading(note, me, "zh", MovedClock().now())])
    [work] = await store.due_work(MovedClock().now(), 10)
    await other.write(me.viewer, [DropFile("f1", me.id)])
    with pytest.raises(WriteConflict):
        await store.write(me.viewer, [KeepFile(note)])
    with pytest.raises(LeaseLost):
        await store.finish_work(work, replies=(), writes=())
    assert await store.upcoming_work(MovedClock().now() + timedelta(days=99), 10) == []


async def test_words_heard_late_join_the_inbox_once_with_the_end_of_the_work(store: DatabaseStore) -> None:
    me = await member(store)
    note = voice_note("f1", me.id)
    await store.receive([note.message])
    lease = await one_lease(store)
    writes = [KeepFile(note, is_new=True), reading(note, me, "zh", MovedClock().now())]
    await store.finish_turn(lease, replies=(), floor=None, language="zh", writes=writes)
    [work] = await store.due_work(MovedClock().now(), 10)
    heard = Deliver(replace(note.message, update=0, file="f1"))
    await store.finish_work(work, replies=(), writes=[heard])
    with pytest.raises(LeaseLost):
        await store.finish_work(work, replies=(), writes=[heard])
    again = await one_lease(store)
    assert (again.message.file, again.message.kind) == ("f1", MessageKind.VOICE)
    assert again.conversation.id == lease.conversation.id
    await store.finish_turn(again, replies=(), floor=None, language="zh")
    assert await store.lease(10) == []


async def test_old_files_go_kept_or_not(database: Database) -> None:
    clock = MovedClock()
    store = store_on(database, clock)
    me = await member(store)
    for name, state in (("f1", FileState.WAITING), ("f2", FileState.KEPT)):
        await store.write(me.viewer, [KeepFile(replace(voice_note(name, me.id), state=state), CONTENT, is_new=True)])
    clock.move(timedelta(days=29))
    await store.write(me.viewer, [EraseOldFiles(timedelta(days=30))])
    assert len(await store.repository(me.viewer).kept_files()) == 2
    clock.move(timedelta(days=1, seconds=1))
    await store.write(me.viewer, [EraseOldFiles(timedelta(days=30))])
    assert await store.repository(me.viewer).kept_files() == []


async def test_hurried_work_is_due_at_once_but_for_what_is_under_way(store: DatabaseStore) -> None:
    now, viewer = MovedClock().now(), await store.administrator("团队")
    later = now + timedelta(hours=1)
    await store.write(viewer, [Schedule(READ_FILE, "busy", now), Schedule(READ_FILE, "idle", later)])
    await store.write(viewer, [Schedule("remind", "c1", later)])
    assert [work.key for work in await store.due_work(now, 10)] == ["busy"]
    await store.write(viewer, [HurryWork(READ_FILE)])
    assert [work.key for work in await store.due_work(now, 10)] == ["idle"]
