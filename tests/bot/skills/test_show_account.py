from datetime import date, timedelta

import pytest

from bot.domain.rep import Rep, Role
from bot.domain.visit import Budget, BudgetStatus, Contact, Objection, Party, Stage, VisitNote
from bot.domain.visit import Role as Part
from bot.domain.wish import Wish
from bot.domain.writes import ForgetRep
from bot.errors import WordsForRep
from bot.presenting.account_list import PER_PAGE
from bot.skills.show_account import ShowAccount
from bot.storage.database_store import DatabaseStore
from knowledge.library_entries import Library, load_library
from tests.support.turns import TODAY, buttons, colleague, pressed, promised, said, visited, whole

LIBRARY = load_library()


class Shelf:
    """The library alone."""

    async def library(self) -> Library:
        return LIBRARY


SKILL = ShowAccount(Shelf())
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总", Part.USER),),
    pains=("换一次模具要停半天",),
    budget=Budget("一百八十万还没批", 1_800_000, BudgetStatus.PENDING),
    stage=Stage.NEEDS,
    commitments=(
        promised("带样机去试", TODAY + timedelta(days=1)),
        promised("发报价", TODAY - timedelta(days=3)),
        promised("给图纸", who=Party.CUSTOMER),
    ),
    evidence={"/pains/0": "累死了，他说换一次模具要停半天"},
)


async def refusal(outcome) -> WordsForRep:
    with pytest.raises(WordsForRep) as caught:
        await outcome
    return caught.value


async def test_an_empty_list_tells_how_to_get_the_first(store: DatabaseStore, rep: Rep) -> None:
    assert "保存" in whole(await said(SKILL, store, rep, "/accounts"))


async def test_a_button_of_the_list_opens_the_page(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    listed = await said(SKILL, store, rep, "/accounts")
    assert "远山阀门：最近一次 11月23日" in whole(listed)
    page = await pressed(SKILL, store, rep, buttons(listed)["远山阀门"])
    assert "换一次模具要停半天" in whole(page)
    assert buttons(page)["访前准备"].startswith("prep:account:")


async def test_the_page_tells_people_last_heard_owed_and_open(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    later = VisitNote(account="远山阀门", contacts=(Contact("周总", "总经理", Part.DECISION_MAKER),), stage=Stage.QUOTE)
    await visited(store, rep, later, on=TODAY + timedelta(days=3))
    page = whole(await said(SKILL, store, rep, "/account 远山阀门"))
    assert "邱总（生产副总），用的人" in page
    assert "周总（总经理），拍板人" in page
    assert "阶段：报价（11月26日周四）" in page
    assert "预算：180万元，还没批（11月23日周一听到的）" in page
    ours, theirs = page.index("待办（我们答应的）"), page.index("客户答应的\n")
    assert "11月24日周二 带样机去试" in page[ours:theirs]
    assert "发报价（过期了）" in page[ours:theirs]
    assert "给图纸" in page[theirs:]
    assert page.index("11月26日周四 见了周总") < page.index("11月23日周一 见了邱总")
    left = page[page.index("没聊到：") :]
    assert "谁拍板" not in left
    assert "预算" not in left
    assert "还有谁在谈" in left


async def test_the_page_shows_no_raw_words(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE, words="累死了，他说换一次模具要停半天")
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    for viewer in (rep, boss):
        assert "累死了" not in whole(await said(SKILL, store, viewer, "/account 远山阀门"))


@pytest.mark.parametrize(
    "words", ["远山阀门现在什么情况", "远山现在啥情况", "元山阀门到哪一步了", "邱总那边有什么进展", "/account 远山阀门"]
)
async def test_a_name_need_not_be_exact(store: DatabaseStore, rep: Rep, words: str) -> None:
    await visited(store, rep, NOTE)
    await visited(store, rep, VisitNote(account="华康医院", needs=("新床",)))
    assert whole(await said(SKILL, store, rep, words)).startswith("远山阀门\n")


async def test_the_page_speaks_english(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, VisitNote(account="Hillside Valves", contacts=(Contact("Dana Cole"),)))
    page = whole(await said(SKILL, store, rep, "what's going on with Hillside", language="en"))
    assert page.startswith("Hillside Valves\n")
    assert "Not discussed: where it hurts" in page


async def test_two_candidates_are_asked_with_buttons(store: DatabaseStore, rep: Rep) -> None:
    for name in ("远山阀门", "远山泵业"):
        await visited(store, rep, VisitNote(account=name, needs=("样机",)))
    asked = await said(SKILL, store, rep, "远山现在什么情况")
    assert set(buttons(asked)) == {"远山阀门", "远山泵业"}
    assert whole(await pressed(SKILL, store, rep, buttons(asked)["远山泵业"])).startswith("远山泵业\n")


async def test_an_unknown_name_is_said_to_be_unknown(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    sentence = await refusal(said(SKILL, store, rep, "中国银行现在什么情况"))
    assert (sentence.key, sentence.slots) == ("accounts.not_found", {"name": "中国银行"})


async def test_another_reps_account_is_never_shown(store: DatabaseStore, rep: Rep) -> None:
    other = await colleague(store, "8", "小王")
    await visited(store, rep, NOTE)
    listed = await said(SKILL, store, rep, "/accounts")
    assert whole(await said(SKILL, store, other, "/accounts")).startswith("还没有客户")
    hidden = await refusal(said(SKILL, store, other, "/account 远山阀门"))
    unheard = await refusal(said(SKILL, store, other, "/account 天边阀门"))
    assert (hidden.key, unheard.key) == ("accounts.not_found", "accounts.not_found")
    by_person = await refusal(said(SKILL, store, other, "邱总那边有什么进展"))
    assert by_person.key == "accounts.not_found"
    by_button = await refusal(pressed(SKILL, store, other, buttons(listed)["远山阀门"]))
    assert by_button.key == "accounts.gone"


async def test_a_manager_sees_the_teams_accounts_and_whose_they_are(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    assert "远山阀门（小林）" in whole(await said(SKILL, store, boss, "/accounts"))
    assert "负责人：小林" in whole(await said(SKILL, store, boss, "/account 远山阀门"))


async def test_an_admin_sees_no_accounts_of_others(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    admin = await colleague(store, "9", "老管", Role.ADMIN)
    assert whole(await said(SKILL, store, admin, "/accounts")).startswith("还没有客户")


async def test_an_author_who_left_is_not_named(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    await store.write(rep.viewer, (ForgetRep(rep.id),))
    page = whole(await said(SKILL, store, boss, "/account 远山阀门"))
    assert "换一次模具要停半天" in page
    assert "小林" not in page


async def test_a_long_list_goes_page_by_page(store: DatabaseStore, rep: Rep) -> None:
    for number in range(PER_PAGE + 3):
        await visited(store, rep, VisitNote(account=f"客户{number:02}厂", needs=("样机",)))
    first = await said(SKILL, store, rep, "/accounts")
    assert len(buttons(first)) == PER_PAGE + 1
    second = await pressed(SKILL, store, rep, buttons(first)["再看 3 家"])
    assert list(buttons(second)) == ["客户08厂", "客户09厂", "客户10厂"]


def claim(text: str, *accounts: str) -> float:
    return SKILL.claim(Wish(text, date(2026, 11, 23), accounts))


@pytest.mark.parametrize(
    "text",
    [
        "远山阀门现在什么情况",
        "远山那单谈到哪了",
        "我有哪些客户",
        "看看远山阀门的记录",
        "远山阀门呢？",
        "远山阀门",
        "what's going on with Hillside?",
        "my accounts",
        "where are we with Hillside Valves",
        "Hillside Valves",
    ],
)
def test_it_claims_what_is_asked_of_an_account(text: str) -> None:
    assert claim(text, "远山阀门", "Hillside Valves") >= 0.85


@pytest.mark.parametrize(
    "text",
    [
        "现在市场什么情况",
        "客户那边一直没有进展怎么办",
        "刚从远山阀门出来，见了邱总",
        "今天有什么待办",
        "客户说太贵怎么回",
        "样品怎么样了",
        "hi",
        "what's new in the market?",
        "how do I get to the decision maker",
        "just left Hillside Valves",
    ],
)
def test_it_leaves_other_words_alone(text: str) -> None:
    assert claim(text, "远山阀门", "Hillside Valves") < 0.3


async def test_who_only_visited_reads_what_he_told_and_is_told_so(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE, on=TODAY - timedelta(days=200))
    other = await colleague(store, "8", "小王")
    await visited(store, other, VisitNote(account="远山阀门", pains=("备件总缺",)), on=TODAY - timedelta(days=200))
    page = await said(SKILL, store, other, "/account 远山阀门")
    assert "备件总缺" in whole(page)
    assert "只有你自己记的" in whole(page)
    assert "停半天" not in whole(page)
    assert "只有你自己记的" not in whole(await said(SKILL, store, rep, "/account 远山阀门"))
    assert "远山阀门" in whole(await pressed(SKILL, store, rep, "accounts:cold"))
    assert "远山阀门" not in whole(await pressed(SKILL, store, other, "accounts:cold")), "it is not his to look after"


async def told_over_time(store: DatabaseStore, rep: Rep) -> str:
    """A deal with a rival that was lost; returns the account's id."""
    met = VisitNote(
        account="百川水务",
        contacts=(Contact("孙总", "总经理", Part.DECISION_MAKER),),
        competitors=("科达", "远景"),
        stage=Stage.TENDER,
        evidence={"/competitors/0": "科达", "/competitors/1": "说远景也去讲过方案"},
    )
    lost = VisitNote(
        account="百川水务", competitors=("科达",), objections=(Objection("价格高三十万"),), stage=Stage.LOST
    )
    await visited(store, rep, met, on=TODAY - timedelta(days=30))
    await visited(store, rep, lost, on=TODAY - timedelta(days=5))
    [account] = await store.repository(rep.viewer).accounts()
    return account.id


async def test_a_review_says_why_it_was_lost_once_and_who_was_known_to_decide(store: DatabaseStore, rep: Rep) -> None:
    page = whole(await pressed(SKILL, store, rep, f"accounts:review:{await told_over_time(store, rep)}"))
    assert page.count("价格高三十万") == 1
    why = page.partition("丢在哪儿")[2]
    assert "科达" in why
    assert "远景" not in why, "it was lost to somebody else"
    assert "那时还不知道：预算、标准" in page, "whom they met decides"


async def test_rivals_are_counted_over_time_and_quoted_where_more_than_the_name_was_said(
    store: DatabaseStore, rep: Rep
) -> None:
    page = whole(await pressed(SKILL, store, rep, f"accounts:rivals:{await told_over_time(store, rep)}"))
    assert "科达（2 次）：10月24日周六、11月18日周三" in page
    assert "“说远景也去讲过方案”" in page
    assert "“科达”" not in page


async def test_what_was_told_before_is_not_new(store: DatabaseStore, rep: Rep) -> None:
    page = whole(await pressed(SKILL, store, rep, f"accounts:since:{await told_over_time(store, rep)}"))
    assert "价格高三十万" in page
    assert "对手，新听到" not in page
