from datetime import date

import pytest

from bot.domain.rep import Rep, Role
from bot.domain.visit import VisitNote
from bot.domain.wish import Wish
from bot.domain.writes import ForgetRep, JoinTeam
from bot.errors import WordsForRep
from bot.skills.forget_me import ForgetMe
from bot.storage.database_store import DatabaseStore
from tests.support.stored import CHANNEL, message, one_lease
from tests.support.turns import buttons, colleague, pressed, promised, said, visited, whole

SKILL = ForgetMe()
NOTE = VisitNote(account="远山阀门", pains=("换一次模具要停半天",), commitments=(promised("带样机去试"),))


async def test_first_it_shows_what_goes_and_what_stays(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    shown = await said(SKILL, store, rep, "/forget_me")
    assert shown.writes == ()
    assert "你的原话、语音和照片（1 条）" in whole(shown)
    assert "你负责的客户（1 家）" in whole(shown)
    assert list(buttons(shown)) == ["都留着", "全部删掉"]


async def test_keeping_everything_writes_nothing(store: DatabaseStore, rep: Rep) -> None:
    shown = await said(SKILL, store, rep, "/forget_me")
    assert (await pressed(SKILL, store, rep, buttons(shown)["都留着"])).writes == ()


async def test_the_tap_forgets_the_rep_and_makes_him_an_outsider(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE, words="刚出来累死了")
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    shown = await said(SKILL, store, rep, "/forget_me")
    done = await pressed(SKILL, store, rep, buttons(shown)["全部删掉"])
    assert done.writes == (ForgetRep(rep.id),)
    await store.write(rep.viewer, done.writes)
    own = await store.repository(rep.viewer).everything_own()
    assert all(not rows for rows in own.values())
    [account] = await store.repository(boss.viewer).accounts()
    [fact] = await store.repository(boss.viewer).visits(account.id)
    assert (fact.rep, fact.note.pains) == ("", ("换一次模具要停半天",))
    await store.receive([message(text="还在吗")])
    assert (await one_lease(store)).conversation.rep is None


async def test_an_old_button_does_not_delete_who_came_back(store: DatabaseStore, rep: Rep) -> None:
    shown = await said(SKILL, store, rep, "/forget_me")
    await store.write(rep.viewer, (ForgetRep(rep.id),))
    again = await store.admit(JoinTeam(CHANNEL, "7", "小林", "Asia/Shanghai"))
    with pytest.raises(WordsForRep, match=r"trouble\.old_button"):
        await pressed(SKILL, store, again, buttons(shown)["全部删掉"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("删掉我的数据", True),
        ("忘了我吧", True),
        ("把我的资料都删了", True),
        ("forget me", True),
        ("please delete all my data", True),
        ("客户要把我们的资料删掉", False),
        ("把对手那条删掉", False),
        ("I forgot to call Dana", False),
    ],
)
def test_it_claims_only_the_reps_own(text: str, wanted: bool) -> None:
    assert (SKILL.claim(Wish(text, date(2026, 11, 23))) >= 0.85) == wanted
