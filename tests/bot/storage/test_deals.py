"""Who may say how far a deal is, and that he may take it back."""

from datetime import timedelta

import pytest

from bot.domain.opportunity import Aspect, Health, Opportunity
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Objection, Stage, VisitNote
from bot.domain.writes import CorrectOpportunity, TakeBackCorrection
from bot.errors import WriteConflict
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import MovedClock, member, store_on
from tests.support.turns import TODAY, colleague, promised, visited

NOTE = VisitNote(
    account="远山阀门",
    objections=(Objection("嫌贵"),),
    stage=Stage.SOLUTION,
    commitments=(promised("发报价"),),
)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(database: Database, clock: MovedClock) -> DatabaseStore:
    return store_on(database, clock)


@pytest.fixture
async def rep(store: DatabaseStore) -> Rep:
    return await member(store)


async def account_id(store: DatabaseStore, rep: Rep) -> str:
    found = await store.repository(rep.viewer).account("远山阀门")
    assert found is not None
    return found.id


async def deal(store: DatabaseStore, rep: Rep) -> Opportunity:
    return await store.repository(rep.viewer).opportunity(await account_id(store, rep))


def to_stage(correction: str, account: str, stage: Stage) -> CorrectOpportunity:
    return CorrectOpportunity(correction, account, Aspect.STAGE, stage.value, TODAY)


async def test_an_amount_is_corrected_with_the_reps_words_and_taken_back(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    account = await account_id(store, rep)
    write = CorrectOpportunity("k1", account, Aspect.AMOUNT, "1500000.0", TODAY, "不是180万，是150万")
    before = await deal(store, rep)
    await store.write(rep.viewer, (write,))
    after = await deal(store, rep)
    last = after.last(Aspect.AMOUNT)
    assert last
    assert (after.amount_cny, last.quote) == (1500000.0, "不是180万，是150万")
    assert (after.stage, after.health) == (before.stage, before.health)
    await store.write(rep.viewer, (TakeBackCorrection("k1"),))
    assert await deal(store, rep) == before


async def test_a_correction_moves_the_deal_back_too_and_its_health_follows(
    store: DatabaseStore, clock: MovedClock, rep: Rep
) -> None:
    await visited(store, rep, NOTE)
    clock.move(timedelta(minutes=1))
    before = await deal(store, rep)
    assert (before.stage, before.health) == (Stage.SOLUTION, Health.AMBER)
    await store.write(rep.viewer, (to_stage("k1", await account_id(store, rep), Stage.FIRST_CONTACT),))
    after = await deal(store, rep)
    assert (after.stage, after.health, after.reasons) == (Stage.FIRST_CONTACT, Health.GREEN, ())
    await store.write(rep.viewer, (TakeBackCorrection("k1"),))
    assert await deal(store, rep) == before


async def test_a_manager_and_a_visitor_may_correct(store: DatabaseStore, clock: MovedClock, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    visitor = await colleague(store, "8", "小王")
    await visited(store, visitor, NOTE)
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    for who, stage in ((visitor, Stage.QUOTE), (boss, Stage.TENDER)):
        clock.move(timedelta(minutes=1))
        await store.write(who.viewer, (to_stage(f"k-{stage.name}", await account_id(store, rep), stage),))
        assert (await deal(store, rep)).stage is stage


@pytest.mark.parametrize("who", ["other rep", "admin", "manager of another team"])
async def test_nobody_else_may(store: DatabaseStore, rep: Rep, who: str) -> None:
    await visited(store, rep, NOTE)
    viewers = {
        "other rep": (await colleague(store, "8", "小王")).viewer,
        "admin": (await colleague(store, "11", "老管", Role.ADMIN)).viewer,
        "manager of another team": Viewer("t2", "x", Role.MANAGER),
    }
    with pytest.raises(WriteConflict):
        await store.write(viewers[who], (to_stage("k1", await account_id(store, rep), Stage.QUOTE),))


async def test_a_correction_is_taken_back_by_its_author_alone(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    await store.write(rep.viewer, (to_stage("k1", await account_id(store, rep), Stage.QUOTE),))
    with pytest.raises(WriteConflict):
        await store.write(boss.viewer, (TakeBackCorrection("k1"),))
