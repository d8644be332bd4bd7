"""What follows from a saved visit: kept, judged, bounded by who looks, undone with it, forgotten with its author."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.domain.finding import FindingState
from bot.domain.opportunity import Aspect, Health
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Budget, BudgetStatus, Contact, Party, Stage, VisitNote
from bot.domain.visit import Role as Part
from bot.domain.writes import FindMissing, ForgetRep, MergeAccounts, TakeBack
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.tables import finding, opportunity_change, team
from tests.support.stored import member
from tests.support.turns import NOW, TODAY, colleague, promised, visited

FIRST = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总", Part.USER),),
    budget=Budget("预算一百八十万", 1_800_000, BudgetStatus.PENDING),
    stage=Stage.SOLUTION,
    commitments=(promised("带样机去试", TODAY + timedelta(days=40), Party.US),),
    evidence={"/budget": "邱总说预算一百八十万", "/contacts/0": "邱总说预算一百八十万", "/stage": "讲了方案"},
)
SECOND = VisitNote(
    account="远山阀门",
    budget=Budget("只有150万", 1_500_000, BudgetStatus.PENDING),
    stage=Stage.QUOTE,
    evidence={"/budget": "他说只有150万", "/stage": "报了价"},
)


async def findings_for(store: DatabaseStore, viewer: Viewer):
    repository = store.repository(viewer)
    return [one for account in await repository.accounts() for one in await repository.findings(account.id)]


async def deal_for(store: DatabaseStore, viewer: Viewer):
    repository = store.repository(viewer)
    [found] = await repository.accounts()
    return await repository.opportunity(found.id)


@pytest.fixture
async def rep(store: DatabaseStore) -> Rep:
    return await member(store)


async def test_a_saved_visit_leaves_findings_with_their_quotes(store: DatabaseStore, rep: Rep) -> None:
    number = await visited(store, rep, FIRST)
    found = {one.topic: one for one in await findings_for(store, rep.viewer)}
    assert set(found) == {"budget", "contacts"}
    one = found["budget"]
    assert (one.visit, one.quote, one.said_by, one.amount_cny) == (
        number,
        "邱总说预算一百八十万",
        "customer",
        1_800_000,
    )
    assert "bant.budget" in one.fields


async def test_a_contradiction_is_kept_on_both_sides_and_goes_with_its_visit(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, FIRST)
    second = await visited(store, rep, SECOND, on=TODAY + timedelta(days=7))
    budgets = [one for one in await findings_for(store, rep.viewer) if one.topic == "budget"]
    assert [one.state for one in budgets] == [FindingState.CONTRADICTED] * 2
    assert [one.against for one in budgets] == [budgets[1].id, budgets[0].id]
    await store.write(rep.viewer, (TakeBack(f"d{second[1:]}"),))
    [left] = [one for one in await findings_for(store, rep.viewer) if one.topic == "budget"]
    assert (left.state, left.against) == (FindingState.HEARD, "")
    deal = await deal_for(store, rep.viewer)
    assert (deal.stage, deal.amount_cny) == (Stage.SOLUTION, 1_800_000)


async def test_merged_accounts_judge_each_others_findings_until_they_part(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, FIRST)
    await visited(store, rep, replace(SECOND, account="远山"), on=TODAY + timedelta(days=7))
    source, target = [await store.repository(rep.viewer).account(name) for name in ("远山", "远山阀门")]
    await store.write(rep.viewer, (MergeAccounts("m1", source.id, target.id),))
    assert {one.state for one in await findings_for(store, rep.viewer)} == {
        FindingState.CONTRADICTED,
        FindingState.HEARD,
    }
    await store.write(rep.viewer, (TakeBack("m1"),))
    assert {one.state for one in await findings_for(store, rep.viewer)} == {FindingState.HEARD}


async def test_the_deal_moves_with_the_visits_and_keeps_its_history(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, FIRST)
    before = await deal_for(store, rep.viewer)
    assert (before.stage, before.amount_cny, before.health) == (Stage.SOLUTION, 1_800_000, Health.AMBER)
    assert before.reasons == ("no_decision_maker",)
    await visited(store, rep, SECOND, on=TODAY + timedelta(days=7))
    after = await deal_for(store, rep.viewer)
    assert (after.stage, after.amount_cny) == (Stage.QUOTE, 1_500_000)
    assert set(after.reasons) == {"contradicted", "no_decision_maker"}
    stages = [(one.before, one.after, one.quote) for one in after.changes if one.aspect is Aspect.STAGE]
    assert stages == [("方案交流", "报价", "报了价"), ("", "方案交流", "讲了方案")]


async def test_a_visit_never_moves_a_deal_back(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, SECOND)
    await visited(store, rep, FIRST, on=TODAY + timedelta(days=7))
    assert (await deal_for(store, rep.viewer)).stage is Stage.QUOTE


async def test_an_older_visit_told_late_leaves_the_amount(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, SECOND)
    await visited(store, rep, FIRST, on=TODAY - timedelta(days=7))
    assert (await deal_for(store, rep.viewer)).amount_cny == 1_500_000


@pytest.mark.parametrize(
    ("who", "sees", "reads"),
    [
        ("owner", 3, {"邱总说预算一百八十万"}),
        ("author", 1, {"他说只有150万"}),
        ("manager", 3, set()),
        ("other rep", 0, set()),
        ("admin", 0, set()),
        ("manager of another team", 0, set()),
    ],
)
async def test_who_reads_what(
    store: DatabaseStore, database: Database, rep: Rep, who: str, sees: int, reads: set[str]
) -> None:
    author = await colleague(store, "8", "小王")
    people = {
        "owner": rep,
        "author": author,
        "manager": await colleague(store, "9", "老周", Role.MANAGER),
        "other rep": await colleague(store, "10", "小李"),
        "admin": await colleague(store, "11", "老管", Role.ADMIN),
    }
    await visited(store, rep, FIRST)
    await visited(store, author, SECOND, on=TODAY + timedelta(days=7))
    await database.run(lambda c: c.execute(team.insert().values(id="t2", name="二队", created_at=NOW)))
    viewer = people[who].viewer if who in people else Viewer("t2", "x", Role.MANAGER)
    found = await findings_for(store, viewer)
    assert len(found) == sees
    assert {one.quote for one in found if one.quote} == reads


async def test_a_colleague_sees_no_quote_in_the_history(store: DatabaseStore, rep: Rep) -> None:
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    await visited(store, rep, FIRST)
    assert {one.quote for one in (await deal_for(store, boss.viewer)).changes} == {""}


async def test_of_a_forgotten_author_the_facts_stay_and_the_words_go(
    store: DatabaseStore, database: Database, rep: Rep
) -> None:
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    await visited(store, rep, FIRST)
    await visited(store, rep, SECOND, on=TODAY + timedelta(days=7))
    await store.write(rep.viewer, (ForgetRep(rep.id),))
    found = await findings_for(store, boss.viewer)
    assert {(one.rep, one.quote) for one in found} == {("", "")}
    assert {one.state for one in found if one.topic == "budget"} == {FindingState.CONTRADICTED}
    rows = await database.run(lambda c: c.execute(select(opportunity_change)).all())
    assert {(row.rep_id, row.quote) for row in rows} == {("", "")}


async def test_visits_saved_before_findings_were_kept_are_caught_up_with(
    store: DatabaseStore, database: Database, rep: Rep
) -> None:
    await visited(store, rep, FIRST)
    await visited(store, rep, SECOND, on=date(2026, 12, 1))
    before = await findings_for(store, rep.viewer), await deal_for(store, rep.viewer)
    await database.run(lambda c: (c.execute(delete(finding)), c.execute(delete(opportunity_change))))
    for _ in range(2):
        await store.write(rep.viewer, (FindMissing(),))
        assert (await findings_for(store, rep.viewer), await deal_for(store, rep.viewer)) == before
    count = select(func.count()).select_from(finding)
    assert await database.run(lambda c: c.scalar(count)) == 3
