"""A document being read can be stopped by who sent it, up to the moment it is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.stopping import stopped
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.teaching import Lesson
from bot.domain.writes import StopReading
from bot.errors import LeaseLost, WriteConflict
from bot.ports import DueWork
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.passage_store import SqlPassageStore
from bot.wording.phrasebook import Phrasebook
from knowledge.ingestion import Ingestion
from tests.knowledge.dirty_folder import PAGE
from tests.support.stored import MovedClock, member

CLOCK = MovedClock()
ZH = Phrasebook("zh")


@pytest.fixture
async def ada(store: DatabaseStore) -> Rep:
    return await member(store)


async def sent(store: DatabaseStore, ada: Rep) -> DueWork:
    """A document of hers, and the work that reads it just now."""
    lesson = Lesson(
        name="网页.txt",
        team=ada.team,
        rep=ada.id,
        role=Role.ADMIN.value,
        language="zh",
        label="lesson-1",
        sent_at=CLOCK.now().isoformat(),
    )
    await store.write(ada.viewer, (lesson.scheduled(CLOCK.now()),))
    [work] = await store.due_work(CLOCK.now() + timedelta(seconds=1), 1)
    return work


def read(database: Database, ada: Rep, work: DueWork) -> None:
    store = SqlPassageStore(database, taken_in_by=ada.viewer, clock=CLOCK.now, within=work)
    Ingestion(store).ingest("网页.txt", PAGE.encode(), team=ada.team)


async def test_stopping_says_what_was_stopped_and_nothing_changes(store: DatabaseStore, database: Database, ada: Rep):
    work = await sent(store, ada)
    first = await stopped(store, ada, ZH, had_floor=True)
    assert "《网页.txt》还在读" in first.replies[0].text.text
    assert first.writes == ()

    done = await stopped(store, ada, ZH, had_floor=False)
    assert [(one.revises, "《网页.txt》不读了" in one.text.text) for one in done.replies] == [
        ("lesson-1", True),
        ("", True),
    ]
    assert await store.holds_work(work)
    await store.write(ada.viewer, done.writes)

    assert not await store.holds_work(work)
    with pytest.raises(LeaseLost):
        read(database, ada, work)
    assert await store.repository(replace(ada.viewer, role=Role.ADMIN)).shelf.documents() == []
    again = await stopped(store, ada, ZH, had_floor=False)
    assert again.replies[0].text == ZH.say("cancel.nothing")


async def test_what_is_in_already_is_not_said_to_be_stopped(store: DatabaseStore, database: Database, ada: Rep):
    work = await sent(store, ada)
    read(database, ada, work)
    assert await store.repository(ada.viewer).shelf.being_read() == []
    with pytest.raises(WriteConflict):
        await store.write(ada.viewer, (StopReading("lesson-1"),))
    assert await store.holds_work(work)


async def test_nobody_stops_what_another_sent(store: DatabaseStore, ada: Rep):
    await sent(store, ada)
    other = Viewer(ada.team, "max", Role.MANAGER)
    assert await store.repository(other).shelf.being_read() == []
    with pytest.raises(WriteConflict):
        await store.write(other, (StopReading("lesson-1"),))
