from datetime import date

import pytest

from bot.debriefing.extraction import notes_from
from bot.debriefing.lexicon import is_branded
from bot.domain.visit import Party

DAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("message", "account"),
    [
        ("今天给澳信检测打电话，樊主任说预算批下来了，四十五万。", "澳信检测"),
        ("今天见的是启慧眼科的院办主任，他们嫌维保太贵。", "启慧眼科"),
        ("顺兴果品的冷库项目又拖了，舒总说预算没批。", "顺兴果品"),
        ("输了，心情不好。丢了，安力电梯那个门机的单子，范工说主要是价格高。", "安力电梯"),
        ("我跟鑫源机械的老板聊了聊，他想换两台设备。", "鑫源机械"),
        ("昨儿个跑了一趟万利轴承，见到了设备部的钱部长，他说设备老是坏。", "万利轴承"),
        ("今天上午十点见了信泰冷链的采购经理，他想要两百台终端。", "信泰冷链"),
        ("刚见完远山阀门，王工说评标看价格、交期、售后", "远山阀门"),
        ("刚和宏达机电的李经理通了电话，他说价格要再谈谈。", "宏达机电"),
        ("Finally got through to Orbital Paints. They hate the lead time.", "Orbital Paints"),
        ("Kick-off with Arden Health went fine. Their IT lead worries about integration.", "Arden Health"),
    ],
)
def test_the_account_is_heard_wherever_the_rep_puts_it(message, account):
    assert [note.account for note in notes_from(message, reference=DAY)] == [account]


@pytest.mark.parametrize("words", ["生产车间", "检测报告", "七万多", "到生产", "德国设备", "上海总部", "两台设备"])
def test_plain_words_are_no_brand(words):
    assert not is_branded(words)


@pytest.mark.parametrize(
    ("said", "rival"),
    [
        ("原来供货的立邦老是缺货", "立邦"),
        ("他说再修不好就换海康的", "海康"),
        ("现在七成给梅花，他不反对换", "梅花"),
        ("Veeva already did a demo last month", "Veeva"),
    ],
)
def test_rivals_are_told_by_what_they_do(said, rival):
    opening = "Visited Norwood Plastics today. " if said.isascii() else "今天去了恒立泵业，"
    (note,) = notes_from(opening + said, reference=DAY)
    assert rival in note.competitors


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("说好了周五带他儿子来展厅看", Party.CUSTOMER),
        ("研发答应周五发新版", Party.US),
    ],
)
def test_who_acts_follows_from_who_goes_where(said, who):
    (note,) = notes_from(f"今天去了恒立泵业，见了田主管，{said}。", reference=DAY)
    assert [one.who for one in note.commitments] == [who]


@pytest.mark.parametrize("said", ["田主管让我们再看看", "因为我们去年有两车货晚了四天"])
def test_a_reason_and_a_second_look_are_no_promises(said):
    (note,) = notes_from(f"今天去了恒立泵业，田主管说想要两台新的，{said}。", reference=DAY)
    assert note.commitments == ()


def test_what_need_not_be_approved_is_no_budget():
    (note,) = notes_from("今天去了恒立泵业，田主管说改造费二十五万以内不用上会。", reference=DAY)
    assert note.budget is None
