import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.clock_and_ids import RandomIds
from bot.domain.rep import Rep, Role
from bot.domain.visit import VisitNote
from bot.domain.wish import Wish
from bot.domain.writes import Audit, Schedule
from bot.errors import WordsForRep
from bot.jobs.export_accounts import MakeAccountFile
from bot.ports import DueWork
from bot.skills import export_accounts
from bot.skills.export_accounts import ExportAccounts
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.tables import audit
from tests.support.stored import MovedClock
from tests.support.turns import NOW, TODAY, buttons, colleague, pressed, said, visited

SKILL = ExportAccounts(RandomIds())


async def boss_of(store: DatabaseStore) -> Rep:
    return await colleague(store, "9", "老周", Role.MANAGER)


@pytest.mark.parametrize("role", [Role.REP, Role.ADMIN])
async def test_only_managers_may(store: DatabaseStore, rep: Rep, role: Role) -> None:
    other = await colleague(store, "8", "小王", role)
    with pytest.raises(WordsForRep, match=r"tables\.only_managers"):
        await said(SKILL, store, other, "导出客户表")
    with pytest.raises(WordsForRep, match=r"tables\.only_managers"):
        await pressed(SKILL, store, other, "tables:xlsx")


async def test_a_manager_chooses_the_form_and_gets_the_teams_accounts(
    database: Database, store: DatabaseStore, rep: Rep
) -> None:
    boss = await boss_of(store)
    await visited(store, rep, VisitNote(account="远山阀门", pains=("停机",)), words="累死了")
    asked = await said(SKILL, store, boss, "导出客户表")
    assert list(buttons(asked)) == ["Excel", "CSV"]
    done = await pressed(SKILL, store, boss, buttons(asked)["Excel"])
    file = done.replies[-1].file
    assert file is not None
    assert file.name == "ridealong-accounts-2026-11-23.xlsx"
    book = load_workbook(io.BytesIO(file.content))
    assert (book["客户"]["A2"].value, book["客户"]["C2"].value) == ("远山阀门", "小林")
    assert done.writes == (Audit("export_accounts", "xlsx, 1 accounts"),)
    await store.write(boss.viewer, done.writes)
    [noted] = await database.run(lambda c: c.execute(select(audit)).all())
    assert (noted.rep_id, noted.action) == (boss.id, "export_accounts")


async def test_nothing_of_another_team_is_in_it(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, VisitNote(account="远山阀门"))
    stranger = store.repository(Rep("x", "another-team", Role.MANAGER, "外人", "", "UTC").viewer)
    book = await stranger.account_book()
    assert (book.accounts, book.contacts, book.visits, book.commitments) == ((), (), (), ())


async def test_many_accounts_are_a_job_that_sends_the_file(
    store: DatabaseStore, rep: Rep, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = await boss_of(store)
    for name in ("远山阀门", "华康医院"):
        await visited(store, rep, VisitNote(account=name))
    monkeypatch.setattr(export_accounts, "AT_ONCE", 1)
    begun = await said(SKILL, store, boss, "导出客户名单 csv")
    [job] = [write for write in begun.writes if isinstance(write, Schedule)]
    work = DueWork(1, job.name, job.key, job.payload, job.due, 1, 1)
    made = await MakeAccountFile(MovedClock(NOW + timedelta(minutes=1)), store.repository)(work)
    file = made.replies[0].file
    assert file is not None
    assert file.name == "ridealong-accounts-2026-11-23.zip"


async def test_who_is_no_manager_any_more_gets_no_file(store: DatabaseStore, rep: Rep) -> None:
    payload = {"rep": rep.id, "team": rep.team, "form": "xlsx", "language": "zh"}
    work = DueWork(1, "export_accounts", "k", payload, NOW, 1, 1)
    assert (await MakeAccountFile(MovedClock(NOW), store.repository)(work)).replies == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("导出客户表", True),
        ("把客户名单导出成 Excel", True),
        ("下载团队的客户资料", True),
        ("export the accounts", True),
        ("export all customers as csv", True),
        ("导出我的数据", False),
        ("客户要导出数据怎么办", False),
        ("the customer exports to Europe", False),
    ],
)
def test_it_claims_lists_of_accounts(text: str, wanted: bool) -> None:
    assert (SKILL.claim(Wish(text, TODAY)) >= 0.85) == wanted
