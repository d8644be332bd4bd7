"""What was told of an account, cell by cell: for its author, its owner and managers of the team."""

from dataclasses import dataclass

import pytest

from bot.debriefing.account_reading import record_of
from bot.domain.account import Account
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Contact, Stage, VisitNote
from bot.storage.database_store import DatabaseStore
from tests.support.stored import member
from tests.support.turns import TODAY, colleague, promised, visited

OWNERS = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总"),),
    pains=("换一次模具要停半天",),
    commitments=(promised("发报价"),),
    stage=Stage.QUOTE,
    evidence={"/pains/0": "累死了，换一次模具要停半天", "/stage": "要报价"},
)
VISITORS = VisitNote(
    account="远山阀门", pains=("备件总缺",), commitments=(promised("查备件"),), evidence={"/pains/0": "烦，备件总缺"}
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The owner of an account, who only visited it, and others."""

    account: Account
    viewers: dict[str, Viewer]


@pytest.fixture
async def cast(store: DatabaseStore) -> Cast:
    owner = await member(store)
    people: dict[str, Rep] = {
        "owner": owner,
        "visitor": await colleague(store, "8", "小王"),
        "stranger": await colleague(store, "11", "小赵"),
        "manager": await colleague(store, "9", "老周", Role.MANAGER),
        "admin": await colleague(store, "10", "老钱", Role.ADMIN),
    }
    await visited(store, owner, OWNERS)
    await visited(store, people["visitor"], VISITORS)
    viewers = {name: one.viewer for name, one in people.items()}
    viewers["manager of another team"] = Viewer("elsewhere", "x", Role.MANAGER)
    [account] = await store.repository(owner.viewer).accounts()
    return Cast(account, viewers)


BOTH = {"换一次模具要停半天", "备件总缺"}
CELLS = [
    ("owner", BOTH),
    ("visitor", {"备件总缺"}),
    ("stranger", set()),
    ("manager", BOTH),
    ("admin", set()),
    ("manager of another team", set()),
]


@pytest.mark.parametrize(("who", "pains"), CELLS)
async def test_notes_findings_commitments_and_the_deal_follow_one_rule(
    store: DatabaseStore, cast: Cast, who: str, pains: set[str]
) -> None:
    look, account = store.repository(cast.viewers[who]), cast.account.id
    actions = {promise for pain, promise in (("换一次模具要停半天", "发报价"), ("备件总缺", "查备件")) if pain in pains}
    sees_owners = "换一次模具要停半天" in pains
    assert {one.note.pains[0] for one in await look.visits(account)} == pains
    assert {one.value for one in await look.findings(account) if one.topic == "pains"} == pains
    assert {one.action for one in await look.commitments(account_id=account)} == actions
    assert (await look.opportunity(account)).stage is (Stage.QUOTE if sees_owners else None)
    assert {one.stage for one in await look.standings()} == ({Stage.QUOTE if sees_owners else None} if pains else set())
    book = await look.account_book()
    assert {one.note.pains[0] for one in book.visits} == pains
    assert {one.value for one in book.findings if one.topic == "pains"} == pains
    assert {one.action for one in book.commitments} == actions


@pytest.mark.parametrize(("who", "pains"), CELLS)
async def test_the_words_behind_a_note_are_their_authors_alone(
    store: DatabaseStore, cast: Cast, who: str, pains: set[str]
) -> None:
    viewer = cast.viewers[who]
    look = store.repository(viewer)
    book = await look.account_book()
    told = [*await look.visits(cast.account.id), *book.visits]
    findings = [*await look.findings(cast.account.id), *book.findings]
    assert all(bool(one.note.evidence) == (one.rep == viewer.rep) for one in told)
    assert not any(one.quote for one in findings if one.rep != viewer.rep)


@pytest.mark.parametrize(("who", "is_whole"), [("owner", True), ("manager", True), ("visitor", False)])
async def test_how_healthy_a_deal_is_is_for_who_sees_all_of_it(
    store: DatabaseStore, cast: Cast, who: str, *, is_whole: bool
) -> None:
    record = await record_of(store.repository(cast.viewers[who]), cast.account, TODAY)
    assert (record.is_whole, record.diagnosis is not None) == (is_whole, is_whole)
