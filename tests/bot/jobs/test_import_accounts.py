"""A long list, planned and added beside the conversation, on both databases."""

import pytest

from bot.domain.account_import import IMPORT
from bot.domain.rep import Rep, Role
from bot.domain.writes import Schedule
from bot.jobs.import_accounts import ImportLongTable
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Outcome
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.recording_channel import RecordingChannel
from tests.support.stored import CHANNEL, MovedClock, store_on
from tests.support.turns import NOW, colleague

LIST = "客户,联系人\n" + "".join(f"客户{number}号,联系人\n" for number in range(800))


@pytest.fixture
def store(database: Database) -> DatabaseStore:
    return store_on(database, MovedClock(NOW))


class Desk:
    def __init__(self, store: DatabaseStore) -> None:
        self.store, self.channel = store, RecordingChannel()
        self.channel.files["f1"] = LIST.encode()
        self.job = ImportLongTable(store.repository, {CHANNEL: self.channel})

    async def done(self, rep: Rep, step: str) -> Outcome:
        payload = {"step": step, "change": "i1", "rep": rep.id, "team": rep.team, "language": "zh"}
        payload |= {"channel": CHANNEL, "reference": "f1", "name": "名单.csv"}
        await self.store.write(rep.viewer, (Schedule(IMPORT, f"i1{step}", NOW, payload),))
        outcomes = []

        async def noted(work: object) -> Outcome:
            outcomes.append(await self.job(work))  # type: ignore[arg-type]
            return outcomes[-1]

        runner = WorkRunner(self.store, MovedClock(NOW), {IMPORT: noted}, {})
        for work in await self.store.due_work(NOW, 5):
            await runner.run(work)
        return outcomes[-1]


async def test_first_the_report_then_the_accounts(store: DatabaseStore) -> None:
    boss, desk = await colleague(store, "9", "老周", Role.MANAGER), Desk(store)
    [report] = (await desk.done(boss, "plan")).replies
    assert "会新增：800 家客户、800 位联系人" in report.text.text
    assert report.revises == "i1"
    assert [button.label for row in report.buttons for button in row] == ["导入", "算了"]
    assert (await store.repository(boss.viewer).team_list()).accounts == ()
    [done] = (await desk.done(boss, "add")).replies
    assert [button.action for row in done.buttons for button in row] == ["import:undo:i1"]
    assert len((await store.repository(boss.viewer).team_list()).contacts) == 800


async def test_who_may_not_any_more_adds_nothing(store: DatabaseStore) -> None:
    rep = await colleague(store, "8", "小王")
    outcome = await Desk(store).done(rep, "add")
    assert (outcome.replies, outcome.writes) == ((), ())


async def test_a_list_that_is_gone_is_said(store: DatabaseStore) -> None:
    boss, desk = await colleague(store, "9", "老周", Role.MANAGER), Desk(store)
    desk.channel.files.clear()
    [reply] = (await desk.done(boss, "add")).replies
    assert "再发一次" in reply.text.text
