"""A document that was sent is read, kept once, and its result told by changing the message that said it began."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.rep import Role, Viewer
from bot.domain.teaching import Lesson
from bot.jobs.take_in import TakeIn
from bot.ports import DueWork
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.passage_store import SqlPassageStore
from knowledge.cleaning.topics import Topics
from knowledge.errors import VectorsUnavailableError
from knowledge.ingestion import Ingestion
from tests.knowledge.dirty_folder import PAGE
from tests.support.recording_channel import RecordingChannel
from tests.support.stored import MovedClock, store_on

CLOCK = MovedClock()
ADMIN = Viewer("north", "ada", Role.ADMIN)


@pytest.fixture
def channel() -> RecordingChannel:
    channel = RecordingChannel()
    channel.files["file:page"] = PAGE.encode()
    return channel


@pytest.fixture
def store(database: Database) -> DatabaseStore:
    return store_on(database, CLOCK)


@pytest.fixture
def job(store: DatabaseStore, database: Database, channel: RecordingChannel) -> TakeIn:
    def ingestion(viewer: Viewer, _: DueWork) -> Ingestion:
        return Ingestion(SqlPassageStore(database, taken_in_by=viewer, clock=CLOCK.now))

    return TakeIn(store, {channel.name: channel}, ingestion)


def work(**changed: str) -> DueWork:
    lesson = Lesson(
        name="网页.txt",
        team=ADMIN.team,
        rep=ADMIN.rep,
        role=ADMIN.role.value,
        language="zh",
        label="lesson-1",
        sent_at=CLOCK.now().isoformat(),
        channel="telegram",
        reference="file:page",
        file_name="page.txt",
    )
    scheduled = lesson.scheduled(CLOCK.now())
    payload: Mapping[str, object] = {**scheduled.payload, **changed}
    return DueWork(1, scheduled.name, scheduled.key, payload, scheduled.due, None, 1)


async def test_killed_before_it_was_noted_it_runs_again_and_tells_the_same(job: TakeIn, store: DatabaseStore):
    first, second = await job(work()), await job(work())

    assert first.replies == second.replies
    [told] = first.replies
    assert told.revises == "lesson-1"
    assert "留下 2 篇" in told.text.text
    assert len(await store.repository(ADMIN).shelf.documents()) == 1
    [document] = await store.repository(ADMIN).shelf.documents()
    assert document.version == 1


async def test_sent_again_another_day_it_is_known(job: TakeIn):
    await job(work())

    [told] = (await job(work(sent_at=(CLOCK.now() + timedelta(days=1)).isoformat()))).replies

    assert "没有重复收" in told.text.text


async def test_a_file_that_is_gone_changes_nothing_and_says_so(job: TakeIn, store: DatabaseStore):
    [told] = (await job(work(reference="file:gone"))).replies

    assert "取不下来" in told.text.text
    assert await store.repository(ADMIN).shelf.documents() == []


async def test_an_address_in_a_private_network_is_not_fetched(job: TakeIn, store: DatabaseStore):
    [told] = (await job(work(address="http://10.0.0.1/handbook.html"))).replies

    assert "内网地址" in told.text.text
    assert await store.repository(ADMIN).shelf.documents() == []


class Away:
    """An embedder that cannot be reached."""

    name, dimensions = "away", 8

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise VectorsUnavailableError("away")


async def test_without_the_embedding_server_the_document_is_taken_in_and_one_line_says_so(
    store: DatabaseStore, database: Database, channel: RecordingChannel
):
    def ingestion(viewer: Viewer, _: DueWork) -> Ingestion:
        return Ingestion(SqlPassageStore(database, taken_in_by=viewer, clock=CLOCK.now), Topics(Away()))

    [told] = (await TakeIn(store, {channel.name: channel}, ingestion)(work())).replies
    assert "留下 2 篇" in told.text.text
    assert told.text.text.count("连上了自动补上") == 1
    [document] = await store.repository(ADMIN).shelf.documents()
    assert document.kept == 2
