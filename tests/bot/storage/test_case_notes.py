"""A team's cases: off by default, within the team, gone with the visit, the switch and the author."""

from dataclasses import replace

import pytest

from bot.domain.rep import Rep, Role, Viewer
from bot.domain.team_cases import CaseSharing
from bot.domain.visit import Contact, Objection, Stage, VisitNote
from bot.domain.writes import ForgetRep, MergeAccounts, RenameAccount, ShareCases, TakeBack, WithdrawDocument
from bot.errors import WriteConflict
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.passage_store import SqlPassageStore
from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.library_entries import Library
from knowledge.passages import Scope
from tests.support.stored import member
from tests.support.turns import colleague, visited

NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总"),),
    pains=("换一次模具要停半天，夜班没人会换",),
    objections=(Objection("邱总嫌交期太长，怕赶不上开工"),),
    competitors=("金泰",),
    stage=Stage.QUOTE,
    evidence={"/pains/0": "他说换一次模具要停半天，夜班没人会换"},
)
ON = ShareCases(CaseSharing(is_on=True))


@pytest.fixture
async def rep(store: DatabaseStore) -> Rep:
    return await member(store)


@pytest.fixture
async def boss(store: DatabaseStore, rep: Rep) -> Rep:
    return await colleague(store, "9", "老周", Role.MANAGER)


def found(database: Database, team: str) -> list[str]:
    """What a search of this team says on the subject of the visit."""
    base = KeywordKnowledgeBase(Library(()), SqlPassageStore(database))
    base.refresh()
    hits = base.search("换模具停半天 夜班 交期太长", team=team, scope=Scope.ALL, k=5).hits
    return [hit.passage.text for hit in hits]


async def test_nothing_is_shared_until_the_team_says_so(
    store: DatabaseStore, database: Database, rep: Rep, boss: Rep
) -> None:
    await visited(store, rep, NOTE)
    assert found(database, rep.team) == []
    await store.write(boss.viewer, (ON,))
    assert found(database, rep.team) == [], "what was saved before stays where it was"


async def test_a_case_is_found_by_the_team_alone_and_without_names(
    store: DatabaseStore, database: Database, rep: Rep, boss: Rep
) -> None:
    await store.write(boss.viewer, (ON,))
    await visited(store, rep, NOTE)
    [text] = found(database, rep.team)
    assert "换一次模具要停半天" in text
    assert "邱总" not in text
    assert found(database, "another team") == []


async def test_it_goes_with_the_visit(store: DatabaseStore, database: Database, rep: Rep, boss: Rep) -> None:
    await store.write(boss.viewer, (ON,))
    number = await visited(store, rep, NOTE)
    await store.write(rep.viewer, (TakeBack(f"d{number[1:]}"),))
    assert found(database, rep.team) == []


async def test_it_goes_with_its_author(store: DatabaseStore, database: Database, rep: Rep, boss: Rep) -> None:
    await store.write(boss.viewer, (ON,))
    await visited(store, rep, NOTE)
    await store.write(rep.viewer, (ForgetRep(rep.id),))
    assert found(database, boss.team) == []


async def test_what_the_team_decides_holds_for_the_cases_there_are(
    store: DatabaseStore, database: Database, rep: Rep, boss: Rep
) -> None:
    await store.write(boss.viewer, (ON,))
    await visited(store, rep, NOTE)
    await store.write(boss.viewer, (ShareCases(CaseSharing(is_on=True, with_people=True)),))
    assert "邱总嫌交期太长" in found(database, rep.team)[0]
    assert (await store.repository(rep.viewer).case_sharing()).with_people
    await store.write(boss.viewer, (ShareCases(CaseSharing()),))
    assert found(database, rep.team) == []


async def test_a_rep_does_not_decide_for_the_team(store: DatabaseStore, rep: Rep) -> None:
    with pytest.raises(WriteConflict):
        await store.write(rep.viewer, (ON,))
    assert not (await store.repository(Viewer("t2", "x", Role.MANAGER)).case_sharing()).is_on


async def test_it_follows_its_account_to_another_name_and_back(
    store: DatabaseStore, database: Database, rep: Rep, boss: Rep
) -> None:
    await store.write(boss.viewer, (ON,))
    await visited(store, rep, NOTE)
    [account] = await store.repository(rep.viewer).accounts()
    await store.write(rep.viewer, (RenameAccount("r1", account.id, "远山流体"),))
    [text] = found(database, rep.team)
    assert "远山流体" in text
    assert "远山阀门" not in text
    assert "邱总" not in text, "what the team keeps to itself stays out"
    await store.write(rep.viewer, (TakeBack("r1"),))
    [text] = found(database, rep.team)
    assert "远山阀门" in text
    assert "远山流体" not in text
    assert "邱总" not in text


async def test_it_follows_a_merge_and_names_nobody_of_either_account(
    store: DatabaseStore, database: Database, rep: Rep, boss: Rep
) -> None:
    await store.write(boss.viewer, (ON,))
    await visited(store, rep, replace(NOTE, pains=("停半天，阿强也抱怨过换模具",)))
    await visited(store, rep, VisitNote(account="远山集团", contacts=(Contact("阿强", "设备科长"),)))
    source, target = [
        next(one.id for one in await store.repository(rep.viewer).accounts() if one.name == name)
        for name in ("远山阀门", "远山集团")
    ]
    assert "阿强" in found(database, rep.team)[0], "nobody knows yet that this is one of their people"
    await store.write(rep.viewer, (MergeAccounts("m1", source, target),))
    [text] = found(database, rep.team)
    assert "远山集团" in text
    assert "远山阀门" not in text
    assert not any(name in text for name in ("邱总", "阿强"))
    await store.write(rep.viewer, (TakeBack("m1"),))
    [text] = found(database, rep.team)
    assert "远山阀门" in text
    assert "远山集团" not in text


async def test_what_was_withdrawn_or_switched_off_is_not_brought_back_by_a_new_name(
    store: DatabaseStore, database: Database, rep: Rep, boss: Rep
) -> None:
    await store.write(boss.viewer, (ON,))
    visit = await visited(store, rep, NOTE)
    await store.write(boss.viewer, (WithdrawDocument(f"case-{visit}"),))
    [account] = await store.repository(rep.viewer).accounts()
    await store.write(rep.viewer, (RenameAccount("r1", account.id, "远山流体"),))
    assert found(database, rep.team) == []
    await store.write(boss.viewer, (ShareCases(CaseSharing()),))
    await store.write(rep.viewer, (TakeBack("r1"),))
    assert found(database, rep.team) == []
