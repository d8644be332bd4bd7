from datetime import date

import pytest

from bot.debriefing.deal_corrections import amount_corrected, corrects_deal, stage_corrected
from bot.domain.visit import Stage
from bot.domain.wish import Wish


def wish(said: str) -> Wish:
    return Wish(said, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("said", "noted", "yuan"),
    [
        ("远山那单不是180万，是150万", None, 1_500_000),
        ("远山那单是150万不是180万", None, 1_500_000),
        ("金额改成200万", 1.0, 2_000_000),
        ("the Northgate deal is 1.2m not 2.1m", 2_100_000.0, 1_200_000),
        ("the Northgate deal is 1.2m not 2.1m", None, None),
        ("the deal is 90,000 yuan not 80,000", None, 90_000),
        ("set the amount to 300,000 dollars", 1.0, None),
    ],
)
def test_the_right_sum_is_computed_from_the_words(said: str, noted: float | None, yuan: float | None) -> None:
    amount = amount_corrected(wish(said))
    assert amount
    assert amount.in_yuan(noted) == yuan


@pytest.mark.parametrize("said", ["远山那单不是方案交流，是报价", "the Northgate deal is in quotation, not proposal"])
def test_the_right_stage_is_the_one_that_is_not_denied(said: str) -> None:
    assert stage_corrected(wish(said)) is Stage.QUOTE


@pytest.mark.parametrize(
    "said",
    [
        "刚从远山出来，那单预算不是180万，是150万",
        "他说不是钱的事，是没时间",
        "he said it is not about 2m, it's about trust",
        "远山那单不是180万吗",
    ],
)
def test_a_visit_told_and_plain_talk_correct_nothing(said: str) -> None:
    assert not corrects_deal(wish(said))
