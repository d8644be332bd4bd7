from datetime import date

import pytest

from bot.debriefing.meant_commitment import commitments_meant
from bot.domain.account import Commitment
from bot.domain.visit import Party
from bot.domain.wish import Wish
from bot.skills.show_todo import ShowTodo

TODAY = date(2026, 11, 23)


def commitment(number: int, account: str, action: str, due: date | None = None) -> Commitment:
    return Commitment(f"c{number}", account, account, "r1", Party.US, action, due)


OPEN = (
    commitment(1, "远山阀门", "带样机去试", date(2026, 12, 1)),
    commitment(2, "远山阀门", "发报价单", date(2026, 11, 23)),
    commitment(3, "华康医院", "发报价单", date(2026, 11, 25)),
    commitment(4, "Hillside Valves", "send the quote to Dana"),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("远山的样机已经送了", ["c1"]),
        ("样机送过去了", ["c1"]),
        ("报价单发了", ["c2", "c3"]),
        ("华康的报价单已经发了", ["c3"]),
        ("the quote is sent", ["c4"]),
        ("Hillside is done", ["c4"]),
        ("办完了", ["c2"]),
        ("改到周四", ["c2"]),
        ("合同寄出去了", []),
        ("把货款结清了", []),
    ],
)
def test_the_one_that_fits_best_is_meant(said: str, meant: list[str]) -> None:
    assert [one.id for one in commitments_meant(Wish(said, TODAY), OPEN)] == meant


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("远山的样机已经送了", True),
        ("样机改到周四", True),
        ("改到周四", True),
        ("搞定了", True),
        ("move the quote to Friday", True),
        ("样机送了，邱总说不错，下周再谈合同", False),
        ("样机送了吗？", False),
        ("合同寄出去了", False),
    ],
)
def test_words_are_claimed_only_when_they_settle_an_open_one(said: str, wanted: bool) -> None:
    assert (ShowTodo().claim(Wish(said, TODAY, commitments=OPEN)) >= 0.85) == wanted
