"""Events of visits, from the save to a server on loopback that checks the signature, on both databases."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from aiohttp import web
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook

from bot.clock_and_ids import RandomIds
from bot.domain.account import Draft
from bot.domain.visit import Contact, VisitNote
from bot.domain.visit_event import POST, WAITS
from bot.domain.writes import ConfirmedVisit, KeepDraft, SaveVisits, TakeBack
from bot.errors import WriteConflict
from bot.jobs.post_webhook import PostWebhook
from bot.jobs.run_due_work import WorkRunner
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.visit_events import undelivered
from tests.support.stored import CHANNEL, MovedClock, member
from tests.support.turns import promised, visited

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总"),),
    pains=("停机",),
    commitments=(promised("带样机去试", date(2026, 12, 1)),),
    evidence={"/pains/0": "累死了，停机"},
)


@dataclass(slots=True)
class Receiver:
    """Another program: it checks signatures, and answers as told."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    events: list[tuple[str, dict]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        event = Webhook(SECRET).verify(body, dict(request.headers))
        self.events.append((request.headers["webhook-id"], event))
        return web.Response(status=self.answers.pop(0) if self.answers else 204)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))


@pytest.fixture
def store(database: Database, clock: MovedClock) -> DatabaseStore:
    return DatabaseStore(database, clock, RandomIds(), channels=(CHANNEL,), announces=True)


async def work(store: DatabaseStore, clock: MovedClock, address: str) -> None:
    """A worker, new as after a restart, does what is due."""
    jobs = {POST: PostWebhook(address, SecretStr(SECRET))}
    runner = WorkRunner(store, clock, jobs, {}, {POST: WAITS})
    for due in await store.due_work(clock.now(), 10):
        await runner.run(due)


async def test_a_saved_visit_is_told_signed_and_without_own_words(
    store: DatabaseStore, clock: MovedClock, receiver: Receiver
) -> None:
    rep = await member(store)
    visit = await visited(store, rep, NOTE, words="累死了，停机，约了下周二")
    await work(store, clock, receiver.address)
    [(_, event)] = receiver.events
    assert event["type"] == "visit.saved"
    data = event["data"]
    assert (data["visit"], data["rep"], data["team"]) == (visit, rep.id, rep.team)
    assert data["account"]["name"] == "远山阀门"
    assert datetime.fromisoformat(data["confirmed_at"]) == clock.now()
    assert data["note"]["contacts"][0]["name"] == "邱总"
    assert [(one["who"], one["action"], one["due"]) for one in data["commitments"]] == [
        ("us", "带样机去试", "2026-12-01")
    ]
    assert "累死了" not in json.dumps(event, ensure_ascii=False)


async def test_it_is_told_once_and_with_the_same_id_when_tried_again(
    store: DatabaseStore, clock: MovedClock, receiver: Receiver
) -> None:
    receiver.answers = [503, 302, 200]
    await visited(store, await member(store), NOTE)
    for wait in (timedelta(), *WAITS[:2], timedelta(days=2)):
        clock.move(wait)
        await work(store, clock, receiver.address)
    assert len(receiver.events) == 3
    assert len({event for event, _ in receiver.events}) == 1
    assert await store.next_due() is None


async def test_after_a_day_it_is_given_up_and_counted(
    database: Database, store: DatabaseStore, clock: MovedClock, receiver: Receiver
) -> None:
    await visited(store, await member(store), NOTE)
    dead = receiver.address.replace("/hook", "/nothing")
    for wait in (timedelta(), *WAITS):
        assert await database.run(undelivered) == (1, 0)
        clock.move(wait)
        await work(store, clock, dead)
    assert await database.run(undelivered) == (0, 1)
    assert sum(WAITS, timedelta()) > timedelta(days=1)


async def test_nothing_is_told_of_a_save_that_failed(store: DatabaseStore, clock: MovedClock) -> None:
    rep = await member(store)
    draft = Draft("d1", rep.id, "原话", date(2026, 11, 23), (NOTE,))
    visit = ConfirmedVisit("v1", "远山阀门", date(2026, 11, 23), NOTE, ())
    twice = (SaveVisits("d1", (visit,)), SaveVisits("d1", (visit,)))
    with pytest.raises(WriteConflict):
        await store.write(rep.viewer, (KeepDraft(draft), *twice))
    assert await store.next_due() is None


async def test_a_visit_taken_back_is_told_as_well(store: DatabaseStore, clock: MovedClock, receiver: Receiver) -> None:
    rep = await member(store)
    visit = await visited(store, rep, NOTE)
    await work(store, clock, receiver.address)
    [saved] = await store.repository(rep.viewer).changes()
    await store.write(rep.viewer, (TakeBack(saved.id),))
    await work(store, clock, receiver.address)
    _, (_, event) = receiver.events
    assert (event["type"], event["data"]["visit"]) == ("visit.withdrawn", visit)
    assert "note" not in event["data"]


async def test_without_an_address_nothing_is_kept(database: Database, clock: MovedClock) -> None:
    quiet = DatabaseStore(database, clock, RandomIds(), channels=(CHANNEL,))
    await visited(quiet, await member(quiet), NOTE)
    assert await database.run(undelivered) == (0, 0)


async def test_taken_back_is_never_told_before_saved(
    store: DatabaseStore, clock: MovedClock, receiver: Receiver
) -> None:
    receiver.answers = [503, 503]
    rep = await member(store)
    visit = await visited(store, rep, NOTE)
    await work(store, clock, receiver.address)
    [saved] = await store.repository(rep.viewer).changes()
    await store.write(rep.viewer, (TakeBack(saved.id),))
    other = await visited(store, rep, NOTE)
    for wait in (timedelta(), timedelta(), *WAITS[:2], timedelta()):
        clock.move(wait)
        await work(store, clock, receiver.address)
    told = [(event["type"], event["data"]["visit"]) for _, event in receiver.events]
    of_this = [kind for kind, which in told if which == visit]
    assert of_this[-1] == "visit.withdrawn"
    assert set(of_this[:-1]) == {"visit.saved"}
    assert told.index(("visit.saved", other)) < told.index(("visit.withdrawn", visit)), "other visits do not wait"
    assert await store.next_due() is None


async def test_what_was_given_up_no_longer_holds_the_next(
    store: DatabaseStore, clock: MovedClock, receiver: Receiver
) -> None:
    rep = await member(store)
    visit = await visited(store, rep, NOTE)
    [saved] = await store.repository(rep.viewer).changes()
    await store.write(rep.viewer, (TakeBack(saved.id),))
    dead = receiver.address.replace("/hook", "/nothing")
    for wait in (timedelta(), *WAITS):
        clock.move(wait)
        await work(store, clock, dead)
    await work(store, clock, receiver.address)
    assert [(event["type"], event["data"]["visit"]) for _, event in receiver.events] == [("visit.withdrawn", visit)]
