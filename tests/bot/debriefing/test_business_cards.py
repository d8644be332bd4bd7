"""Business cards: each value stands in a line of the photo, and what is no card is none."""

import pytest

from bot.debriefing.business_cards import BusinessCard, card_in
from bot.debriefing.card_corrections import corrected_card

CARDS = [
    (
        [
            "远山阀门制造有限公司",
            "周敏",
            "采购部经理",
            "手机：138 0013 8000",
            "zhou.min@yuanshan.com",
            "杭州市江南大道88号",
        ],
        BusinessCard("周敏", "采购部经理", "远山阀门制造有限公司", "138 0013 8000", "zhou.min@yuanshan.com"),
    ),
    (
        ["周敏  销售总监", "江北热电股份有限公司", "电话 0571-88886666  传真 0571-88886667"],
        BusinessCard("周敏", "销售总监", "江北热电股份有限公司", "0571-88886666"),
    ),
    (
        ["中国银行股份有限公司杭州分行", "王  强", "信贷部副总经理", "13900001111"],
        BusinessCard("王强", "信贷部副总经理", "中国银行股份有限公司杭州分行", "13900001111"),
    ),
    (
        ["欧阳明 总工程师", "东方电气集团", "M: 13511112222"],
        BusinessCard("欧阳明", "总工程师", "东方电气集团", "13511112222"),
    ),
    (
        ["Hillside Valves Ltd.", "Dana Cole", "Plant Manager", "+44 20 7946 0958", "dana.cole@hillside.example"],
        BusinessCard(
            "Dana Cole", "Plant Manager", "Hillside Valves Ltd.", "+44 20 7946 0958", "dana.cole@hillside.example"
        ),
    ),
    (
        ["DANA COLE", "Director of Procurement", "HILLSIDE VALVES LTD", "T 020 7946 0958"],
        BusinessCard("DANA COLE", "Director of Procurement", "HILLSIDE VALVES LTD", "020 7946 0958"),
    ),
]


@pytest.mark.parametrize(("lines", "card"), CARDS, ids=[card.name for _, card in CARDS])
def test_each_value_stands_in_a_line(lines: list[str], card: BusinessCard) -> None:
    assert card_in(lines) == card
    bare = ["".join(line.split()) for line in lines]
    assert all(any("".join(value.split()) in line for line in bare) for _, value in card.given())


@pytest.mark.parametrize(
    "lines",
    [
        ["周一 邱总", "预算180万 还没批", "下周二带样机", "换模停半天"],
        ["小林：邱总您好", "邱总：下周二带样机来", "电话13800138000联系"],
        ["采购部经理", "远山阀门制造有限公司"],
        [f"第{number}行，会议记录，周敏说预算还没批，电话 138 0013 8000" for number in range(30)],
        [],
    ],
    ids=["whiteboard", "chat", "no name", "minutes", "nothing"],
)
def test_what_is_no_card_is_none(lines: list[str]) -> None:
    assert card_in(lines) is None


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("姓名是周明", "name", "周明"),
        ("公司改成远山阀门", "company", "远山阀门"),
        ("电话：138 0013 8001", "phone", "138 0013 8001"),
        ("13800138001", "phone", "13800138001"),
        ("职务应该是采购总监。", "title", "采购总监"),
        ("name is Dana Coles", "name", "Dana Coles"),
        ("the title should be Buyer", "title", "Buyer"),
        ("email: d@hillside.example", "mail", "d@hillside.example"),
    ],
)
def test_a_field_is_corrected_by_saying_so(said: str, field: str, value: str) -> None:
    card = BusinessCard("周敏", "经理", "远山阀门制造有限公司", "1", "a@b.example")
    assert corrected_card(card, said) == card.with_value(field, value)


@pytest.mark.parametrize("said", ["", "客户说我们贵两成怎么回", "明天见远山阀门", "what is the price"])
def test_other_words_correct_nothing(said: str) -> None:
    assert corrected_card(BusinessCard("周敏"), said) is None
