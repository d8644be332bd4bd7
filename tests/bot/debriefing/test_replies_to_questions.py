from datetime import date

import pytest

from bot.debriefing.replies_to_questions import answered
from bot.domain.open_points import OpenPoint
from bot.domain.visit import VisitNote

TODAY = date(2026, 11, 23)
NOTE = VisitNote(account="远山阀门")


@pytest.mark.parametrize("said", ["这个机器人还挺聪明的", "make it February not January", "next Friday 改成下周一"])
def test_a_remark_or_a_correction_is_no_next_step(said: str) -> None:
    assert answered(NOTE, [OpenPoint.NEXT_STEP], said, TODAY) == NOTE


@pytest.mark.parametrize("said", ["我下周给他发方案", "send them the drawings by Friday"])
def test_what_is_to_be_done_is_a_next_step(said: str) -> None:
    assert answered(NOTE, [OpenPoint.NEXT_STEP], said, TODAY).commitments


@pytest.mark.parametrize("said", ["总经理拍板", "it's the COO not the CFO"])
def test_a_post_answers_who_decides(said: str) -> None:
    assert answered(NOTE, [OpenPoint.AUTHORITY, OpenPoint.CRITERIA], said, TODAY).authority


@pytest.mark.parametrize(
    "said", ["博达便宜20万，我们晚了一个月", "our price was 20% too high and we met the owner a month late, " * 2]
)
def test_why_a_deal_was_lost_is_told_at_any_length_and_with_sums(said: str) -> None:
    [reason] = answered(NOTE, [OpenPoint.LOSS_REASON], said, TODAY).objections
    assert reason.text in said


@pytest.mark.parametrize("said", ["没什么别的", "没了", "就这些", "先这样吧", "that's all", "nothing else"])
def test_nothing_more_answers_nothing(said: str) -> None:
    assert answered(NOTE, [OpenPoint.CRITERIA, OpenPoint.NEED], said, TODAY) == NOTE


@pytest.mark.parametrize("said", ["没人能说了算，看价格和交期", "主要看交期"])
def test_what_they_judge_by_is_a_criterion(said: str) -> None:
    assert answered(NOTE, [OpenPoint.CRITERIA], said, TODAY).decision_criteria
