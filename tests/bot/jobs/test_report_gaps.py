"""The weekly report: on Monday at nine where the admin is, only when there is something, until he says no."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.rep import Rep, Role
from bot.domain.weekly_report import next_report
from bot.domain.writes import ChangeRep, CreateInvitation, JoinTeam, NoteAnswer, NoteUnanswered, RateAnswer
from bot.jobs.report_gaps import ReportGaps
from bot.ports import DueWork, Outcome
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import CHANNEL, MovedClock, store_on

WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(WEDNESDAY)


@pytest.fixture
def store(database: Database, clock: MovedClock) -> DatabaseStore:
    return store_on(database, clock)


@pytest.fixture
async def ada(store: DatabaseStore) -> Rep:
    viewer = await store.administrator("团队")
    invitation = CreateInvitation("code", viewer.team, Role.ADMIN, WEDNESDAY + timedelta(days=1), "")
    await store.write(viewer, (invitation,))
    return await store.admit(JoinTeam(CHANNEL, "7", "Ada", "Asia/Shanghai", code="code"))


async def reported(store: DatabaseStore, clock: MovedClock, rep: Rep) -> Outcome:
    scheduled = next_report(rep, "zh", clock.now())
    assert scheduled is not None
    clock.at = scheduled.due.astimezone(UTC)
    work = DueWork(1, scheduled.name, scheduled.key, scheduled.payload, scheduled.due, None, 1)
    return await ReportGaps(clock, store)(work)


async def test_on_monday_at_nine_it_says_what_was_missing_and_what_did_not_help(store, clock, ada):
    answer = NoteAnswer("a1", (("p1", "算清损失"),), ("SPIN",))
    await store.write(ada.viewer, (NoteUnanswered("年检要准备哪些材料"), answer, RateAnswer("a1", helped=False)))

    outcome = await reported(store, clock, ada)

    assert clock.now().astimezone(ZONE).strftime("%a %H:%M") == "Mon 09:00"
    [told] = outcome.replies
    for words in ("年检要准备哪些材料（1 次）", "没用上", "算清损失（1 次）", "SPIN（1 次）"):
        assert words in told.text.text
    [again] = outcome.writes
    assert again.due - clock.now() == timedelta(weeks=1)


async def test_a_week_without_gaps_is_silent(store, clock, ada):
    outcome = await reported(store, clock, ada)
    assert outcome.replies == ()
    assert len(outcome.writes) == 1


async def test_who_said_no_hears_nothing_any_more(store, clock, ada):
    await store.write(ada.viewer, (NoteUnanswered("年检要准备哪些材料"), ChangeRep(ada.id, weekly_report=False)))
    outcome = await reported(store, clock, ada)
    assert (outcome.replies, outcome.writes) == ((), ())


def test_a_rep_is_not_reported_to():
    assert next_report(Rep("r", "t", Role.REP, "Rita", "zh", "Asia/Shanghai"), "zh", WEDNESDAY) is None
