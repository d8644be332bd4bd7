"""Reminders as the job says them, over the real store on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.message import Reply
from bot.domain.reminders import AGAIN, DAY, EVE, Reminder, reminders_of
from bot.domain.rep import Rep
from bot.domain.visit import Party, VisitNote
from bot.domain.writes import CloseCommitment, MoveCommitment, Schedule
from bot.jobs.remind import Remind
from bot.ports import DueWork
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.wording.phrasebook import Phrasebook
from tests.support.stored import MovedClock, member, store_on
from tests.support.turns import promised, visited

DUE = date(2026, 12, 1)
WORDS = Phrasebook("zh")


class Desk:
    """A rep with one commitment, a clock, and the job."""

    def __init__(self, store: DatabaseStore, clock: MovedClock, rep: Rep, commitment: str) -> None:
        self.store, self.clock, self.rep, self.commitment = store, clock, rep, commitment

    async def said(self, schedule: Schedule, *, late: timedelta = timedelta()) -> Reply | None:
        self.clock.at = schedule.due.astimezone(UTC) + late
        work = DueWork(1, schedule.name, schedule.key, schedule.payload, schedule.due, None, 1)
        outcome = await Remind(self.clock, self.store.repository)(work)
        return outcome.replies[0] if outcome.replies else None

    @property
    def reminder(self) -> Reminder:
        return Reminder(self.commitment, self.rep, "zh")


@pytest.fixture
async def desk(database: Database) -> Desk:
    clock = MovedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    store = store_on(database, clock)
    rep = await member(store)
    await visited(store, rep, VisitNote(account="远山阀门", commitments=(promised("带样机去试", DUE),)))
    [commitment] = await store.repository(rep.viewer).commitments()
    return Desk(store, clock, rep, commitment.id)


async def test_on_its_day_it_is_said_with_everything_to_settle_it(desk: Desk) -> None:
    reply = await desk.said(desk.reminder.on(DUE))
    assert reply is not None
    assert "今天到期：带样机去试（远山阀门）" in reply.text.text
    labels = [button.label for row in reply.buttons for button in row]
    assert labels == ["办完了", "改到明天", "过两小时再说", "改期", "加到日历"]


async def test_late_ones_say_since_when(desk: Desk) -> None:
    reply = await desk.said(desk.reminder.on(DUE), late=timedelta(days=1))
    assert reply is not None
    assert "12月1日周二 就该办的" in reply.text.text
    assert "我停了一阵" in reply.text.text


async def test_the_evening_before_is_not_told_late(desk: Desk) -> None:
    eve = desk.reminder.before(DUE)
    assert "明天要去" in (await desk.said(eve)).text.text
    assert await desk.said(eve, late=timedelta(hours=10)) is None


@pytest.mark.parametrize("write", ["done", "later", "undated"])
async def test_what_was_settled_meanwhile_is_not_said(desk: Desk, write: str) -> None:
    id_ = desk.commitment
    settled = {
        "done": CloseCommitment(id_),
        "later": MoveCommitment(id_, DUE + timedelta(days=3)),
        "undated": MoveCommitment(id_, None),
    }
    await desk.store.write(desk.rep.viewer, (settled[write],))
    for schedule in (desk.reminder.on(DUE), desk.reminder.before(DUE)):
        assert await desk.said(schedule) is None


async def test_a_snoozed_one_comes_again_in_two_hours(desk: Desk) -> None:
    again = desk.reminder.after_a_while(datetime(2026, 12, 1, 1, tzinfo=UTC))
    assert again.key.endswith(f":{AGAIN}")
    assert again.due.isoformat() == "2026-12-01T11:00:00+08:00"
    assert "今天到期" in (await desk.said(again)).text.text


def test_snoozed_in_the_evening_it_comes_in_the_morning(desk: Desk) -> None:
    again = desk.reminder.after_a_while(datetime(2026, 12, 1, 13, tzinfo=UTC))
    assert again.due.isoformat() == "2026-12-02T09:00:00+08:00"


async def test_all_reminders_still_to_come_and_no_others(desk: Desk) -> None:
    [open_one] = await desk.store.repository(desk.rep.viewer).commitments()
    before, same_day = datetime(2026, 11, 30, 1, tzinfo=UTC), datetime(2026, 11, 30, 12, tzinfo=UTC)
    kinds = [one.payload["kind"] for one in reminders_of(open_one, desk.rep, WORDS, before)]
    assert kinds == [DAY, EVE]
    assert [one.payload["kind"] for one in reminders_of(open_one, desk.rep, WORDS, same_day)] == [DAY]
    assert open_one.who is Party.US
