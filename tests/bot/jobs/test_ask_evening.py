"""The evening question as the job asks it, over the real store on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.account import Draft
from bot.domain.evening import Evening
from bot.domain.evening_question import ASK, next_question
from bot.domain.reminders import reminders_of
from bot.domain.rep import Rep
from bot.domain.visit import VisitNote
from bot.domain.writes import ChangeRep, KeepDraft
from bot.jobs.ask_evening import AskEvening
from bot.jobs.days_off import is_public_holiday
from bot.jobs.remind import Remind
from bot.jobs.run_due_work import WorkRunner
from bot.ports import DueWork
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.wording.phrasebook import Phrasebook
from tests.support.stored import MovedClock, member, message, one_lease, store_on
from tests.support.turns import promised, visited

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
WORDS = Phrasebook("zh")


class Home:
    """A rep who chose seven o'clock, in a chat of his, with the worker that asks."""

    def __init__(self, store: DatabaseStore, clock: MovedClock, rep: Rep) -> None:
        self.store, self.clock, self.rep = store, clock, rep
        jobs = {ASK: AskEvening(clock, store.repository), "remind": Remind(clock, store.repository)}
        self.runner = WorkRunner(store, clock, jobs, {})

    async def choose(self, evening: Evening) -> None:
        """As the settings do it."""
        self.rep = replace(self.rep, evening=evening)
        question = next_question(self.rep, "zh", self.clock.now())
        await self.write(ChangeRep(self.rep.id, evening=evening), *([question] if question else []))

    async def write(self, *writes: object) -> None:
        await self.store.receive([message()])
        lease = await one_lease(self.store)
        await self.store.finish_turn(lease, replies=(), floor=None, language="zh", writes=writes)

    async def until(self, at: datetime) -> list[str]:
        """Let time pass as for a running program, and tell what was said."""
        said = []
        while (due := await self.store.next_due()) is not None and due <= at:
            self.clock.at = max(self.clock.at, due)
            await self.work()
            said += await self.heard()
        self.clock.at = at
        return said

    async def work(self) -> None:
        for work in await self.store.due_work(self.clock.now(), 10):
            await self.runner.run(work)

    async def heard(self) -> list[str]:
        found = await self.store.outgoing(sent={}, failed={}, later={}, limit=5)
        texts = [one.reply.text.text for one in found]
        await self.store.outgoing(sent={one.row: "1" for one in found}, failed={}, later={}, limit=0)
        return texts

    def on(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of November 2026 in Shanghai."""
        return datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour - 8, minutes=minute)


@pytest.fixture
async def home(database: Database) -> Home:
    clock = MovedClock(MONDAY)
    store = store_on(database, clock)
    home = Home(store, clock, await member(store))
    await home.choose(Evening(19))
    return home


async def test_it_is_asked_at_the_hour_once_a_day_and_not_on_weekends(home: Home) -> None:
    assert await home.until(home.on(23, 18, 59)) == []
    assert await home.until(home.on(23, 23)) == ["今天跑了哪几家？说两句就行。"]
    assert len(await home.until(home.on(27, 23))) == 4, "Tuesday to Friday"
    assert await home.until(home.on(29, 23)) == []
    assert len(await home.until(home.on(30, 23))) == 1


async def test_choosing_twice_asks_once(home: Home) -> None:
    await home.choose(Evening(18))
    await home.choose(Evening(19))
    assert len(await home.until(home.on(23, 23))) == 1


async def test_who_told_already_is_not_asked(home: Home) -> None:
    await visited(home.store, home.rep, VisitNote(account="远山阀门"))
    assert await home.until(home.on(23, 23)) == []
    assert len(await home.until(home.on(24, 23))) == 1


async def test_a_reminder_that_day_is_the_one_push(home: Home) -> None:
    home.clock.at = home.on(22, 10)
    note = VisitNote(account="远山阀门", commitments=(promised("发报价", date(2026, 11, 24)),))
    await visited(home.store, home.rep, note)
    [open_one] = await home.store.repository(home.rep.viewer).commitments()
    await home.write(*reminders_of(open_one, home.rep, WORDS, home.clock.now()))
    said = await home.until(home.on(24, 23))
    assert [text[:5] for text in said] == ["今天跑了哪", "今天到期："]


async def test_a_reminder_of_the_same_hour_goes_first(home: Home) -> None:
    home.clock.at = home.on(22, 10)
    note = VisitNote(account="远山阀门", commitments=(promised("带样机去试", date(2026, 11, 24)),))
    await visited(home.store, home.rep, note)
    [open_one] = await home.store.repository(home.rep.viewer).commitments()
    await home.write(*reminders_of(open_one, home.rep, WORDS, home.clock.now()))
    assert [text[:4] for text in await home.until(home.on(23, 23))] == ["明天要去"]


async def test_an_open_card_is_mentioned_with_its_buttons(home: Home) -> None:
    draft = Draft("d1", home.rep.id, "刚从远山出来", date(2026, 11, 23), (VisitNote(account="远山阀门"),))
    await home.store.write(home.rep.viewer, (KeepDraft(draft),))
    home.clock.at = home.on(23, 19, 1)
    await home.work()
    [sent] = await home.store.outgoing(sent={}, failed={}, later={}, limit=5)
    assert "还有一张卡没保存：远山阀门" in sent.reply.text.text
    actions = [button.action for row in sent.reply.buttons for button in row]
    assert actions == ["debrief:save:d1", "debrief:edit:d1", "evening:nothing", "evening:off"]


async def test_off_is_off_and_silence_ends_by_itself(home: Home) -> None:
    await home.choose(Evening(19, silent_until=date(2026, 11, 25)))
    assert await home.until(home.on(24, 23)) == []
    assert len(await home.until(home.on(25, 23))) == 1
    await home.choose(Evening(None))
    assert await home.until(home.on(30, 23)) == []
    assert await home.store.next_due() is None


async def test_after_a_restart_it_is_asked_unless_the_evening_is_over(home: Home) -> None:
    home.clock.at = home.on(23, 20)
    await home.work()
    assert len(await home.heard()) == 1
    home.clock.at = home.on(24, 22)
    await home.work()
    assert await home.heard() == []
    assert await home.store.next_due() == home.on(25, 19) + timedelta(seconds=15)


async def test_it_follows_the_reps_zone(home: Home) -> None:
    berlin = replace(home.rep, time_zone="Europe/Berlin", evening=Evening(19))
    question = next_question(berlin, "zh", MONDAY)
    assert question is not None
    assert question.due.isoformat() == "2026-11-23T19:00:15+01:00"


async def test_nobody_is_asked_who_is_gone(home: Home) -> None:
    payload = {"rep": "nobody", "team": home.rep.team, "language": "zh"}
    work = DueWork(1, ASK, "nobody", payload, home.clock.now(), None, 1)
    assert (await AskEvening(home.clock, home.store.repository)(work)).replies == ()
    assert (await AskEvening(home.clock, home.store.repository)(work)).writes == ()


@pytest.mark.parametrize(
    ("day", "zone", "is_off"),
    [
        (date(2026, 10, 1), "Asia/Shanghai", True),
        (date(2026, 10, 7), "Asia/Shanghai", True),
        (date(2027, 2, 5), "Asia/Shanghai", True),
        (date(2027, 2, 12), "Asia/Shanghai", True),
        (date(2026, 4, 5), "Asia/Shanghai", True),
        (date(2026, 6, 19), "Asia/Urumqi", True),
        (date(2026, 9, 25), "Asia/Shanghai", True),
        (date(2026, 11, 23), "Asia/Shanghai", False),
        (date(2026, 10, 1), "Europe/Berlin", False),
    ],
)
def test_public_holidays(day: date, zone: str, is_off: bool) -> None:
    assert is_public_holiday(day, zone) == is_off
