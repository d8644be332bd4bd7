from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Contact, Stage, VisitNote
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.skills.prepare_visit import PrepareVisit
from bot.storage.database_store import DatabaseStore
from knowledge.ingestion import Ingestion
from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.library_entries import Library, load_library
from knowledge.passages import Scope, SearchResults
from knowledge.passages_in_memory import PassagesInMemory
from tests.support.turns import TODAY, buttons, colleague, pressed, promised, said, visited, whole

LIBRARY = load_library()


@dataclass
class Shelf:
    """The library, and documents where a test takes some in."""

    documents: PassagesInMemory = field(default_factory=PassagesInMemory)

    async def library(self) -> Library:
        return LIBRARY

    async def search(self, question: str, *, viewer: Viewer, scope: Scope) -> SearchResults:
        return KeywordKnowledgeBase(LIBRARY, self.documents).search(question, team=viewer.team, scope=scope)


SKILL = PrepareVisit(Shelf())
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总"),),
    pains=("换模停半天",),
    stage=Stage.NEEDS,
    commitments=(promised("带样机去试", TODAY + timedelta(days=1)),),
    evidence={"/pains/0": "累死了，他说换一次模具要停半天"},
)


@pytest.mark.parametrize(
    "words", ["/prep 远山阀门", "明天见远山阀门的邱总", "明天见邱总", "帮我准备一下明天去远山的拜访"]
)
async def test_the_brief_rests_on_what_is_known(store: DatabaseStore, rep: Rep, words: str) -> None:
    await visited(store, rep, NOTE)
    brief = await said(SKILL, store, rep, words)
    assert whole(brief).startswith("访前准备 远山阀门")
    for known in ("换模停半天", "带样机去试", "需求确认"):
        assert known in whole(brief)
    assert ("邱总 ·" in whole(brief)) == ("邱总" in words)
    assert buttons(brief)["看这家的记录"].startswith("accounts:show:")


@pytest.mark.parametrize(
    ("words", "account", "person"),
    [
        ("明天见中行王处长", "中行", "王处长"),
        ("/prep 华康医院", "华康医院", ""),
        ("等下去华康医院见李主任", "华康医院", "李主任"),
    ],
)
async def test_an_unknown_account_gets_a_general_brief(
    store: DatabaseStore, rep: Rep, words: str, account: str, person: str
) -> None:
    brief = whole(await said(SKILL, store, rep, words))
    title = brief.partition("\n")[0]
    assert title == "访前准备 " + " · ".join(part for part in (account, person) if part)
    assert "还没有记录" in brief


async def test_english_words_get_an_english_brief(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, VisitNote(account="Hillside Valves", contacts=(Contact("Dana Cole"),), pains=("slow",)))
    words = "seeing Dana Cole at Hillside Valves tomorrow"
    brief = whole(await said(SKILL, store, rep, words, language="en"))
    assert brief.startswith("Before the visit Hillside Valves · Dana Cole")


async def test_without_a_name_it_asks_whom_and_takes_the_answer(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    asked = await said(SKILL, store, rep, "/prep")
    assert list(buttons(asked)) == ["远山阀门"]
    assert asked.floor is not None
    assert SKILL.holds(Wish("中行", TODAY))
    assert not SKILL.holds(Wish("客户说太贵怎么回？", TODAY))
    answered = await said(SKILL, store, rep, "中行", state=asked.floor.state)
    assert whole(answered).startswith("访前准备 中行")
    assert whole(await pressed(SKILL, store, rep, buttons(asked)["远山阀门"])).startswith("访前准备 远山阀门")


@pytest.mark.parametrize("words", ["马上要见客户了", "我明天要见一个新客户，做注塑的", "prep me for tomorrow's visit"])
async def test_any_customer_is_no_name(store: DatabaseStore, rep: Rep, words: str) -> None:
    assert (await said(SKILL, store, rep, words)).floor is not None


async def test_two_candidates_are_asked_and_the_person_is_kept(store: DatabaseStore, rep: Rep) -> None:
    for name in ("远山阀门", "远山泵业"):
        await visited(store, rep, VisitNote(account=name, contacts=(Contact("邱总"),)))
    asked = await said(SKILL, store, rep, "明天见邱总")
    assert set(buttons(asked)) == {"远山阀门", "远山泵业"}
    brief = await pressed(SKILL, store, rep, buttons(asked)["远山泵业"], state=asked.floor.state)
    assert whole(brief).startswith("访前准备 远山泵业 · 邱总")


async def test_another_reps_records_stay_his(store: DatabaseStore, rep: Rep) -> None:
    other = await colleague(store, "8", "小王")
    await visited(store, rep, NOTE)
    mine = await said(SKILL, store, rep, "/prep 远山阀门")
    brief = whole(await said(SKILL, store, other, "明天见远山阀门的邱总"))
    assert "还没有记录" in brief
    assert "换模" not in brief
    account = buttons(mine)["看这家的记录"].rpartition(":")[2]
    with pytest.raises(WordsForRep, match=r"prep\.gone"):
        await pressed(SKILL, store, other, f"prep:account:{account}")


async def test_a_manager_gets_the_facts_but_not_the_words(store: DatabaseStore, rep: Rep) -> None:
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    await visited(store, rep, NOTE)
    assert "累死了" in whole(await said(SKILL, store, rep, "/prep 远山阀门"))
    brief = whole(await said(SKILL, store, boss, "/prep 远山阀门"))
    assert "换模停半天" in brief
    assert "累死了" not in brief


def claim(text: str) -> float:
    return SKILL.claim(Wish(text, date(2026, 11, 23), ("远山阀门", "Hillside Valves")))


@pytest.mark.parametrize(
    "text",
    [
        "明天见远山阀门的邱总",
        "帮我准备一下明天的拜访",
        "一会儿见邱总",
        "明天去远山阀门",
        "下周二带样机去远山阀门，帮我准备一下",
        "seeing Dana Cole at Hillside Valves tomorrow",
        "prep me for Hillside",
        "visiting Hillside Valves next Tuesday, what should I know",
    ],
)
def test_it_claims_a_visit_to_come(text: str) -> None:
    assert claim(text) >= 0.85


@pytest.mark.parametrize(
    "text",
    [
        "今天见了邱总，明天见中行",
        "约好明天见远山阀门的邱总",
        "明天去见院长，第一句话怎么说？",
        "帮我准备一份报价",
        "明天有什么待办",
        "提醒我明天见邱总",
        "meeting Hillside today went well, they approved the budget",
        "how do I prepare a first visit?",
    ],
)
def test_it_leaves_news_and_questions_alone(text: str) -> None:
    assert claim(text) <= 0.4


WORDING = "换模停半天的损失，我们拿您上个月的停线单一起算，算出来再看方案。"


@pytest.mark.parametrize(("mark", "is_shown"), [("【已审定】", True), ("【待审定】", False)])
async def test_approved_wording_on_what_the_customer_said_stands_in_the_brief_and_opens(
    store: DatabaseStore, rep: Rep, mark: str, is_shown: bool
) -> None:
    await visited(store, rep, NOTE)
    shelf = Shelf()
    Ingestion(shelf.documents).ingest("话术.txt", f"{mark}{WORDING}".encode(), team=rep.team)
    brief = await said(PrepareVisit(shelf), store, rep, "/prep 远山阀门")
    assert (f"{WORDING}【已审定】" in whole(brief)) is is_shown
    assert any(action.startswith("ask:source:") for action in buttons(brief).values()) is is_shown


async def test_another_teams_approved_wording_is_in_no_brief(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    shelf = Shelf()
    Ingestion(shelf.documents).ingest("话术.txt", f"【已审定】{WORDING}".encode(), team="elsewhere")
    assert WORDING not in whole(await said(PrepareVisit(shelf), store, rep, "/prep 远山阀门"))
