"""Violations are marked where they happen, and their fair neighbours are not."""

import pytest

from bot.domain.practice import Violation
from bot.practising.assessment import assess
from bot.practising.violations import wording_faults
from tests.bot.practising.practice_pieces import talk


@pytest.mark.parametrize(
    ("text", "violation"),
    [
        ("他们家那套就是垃圾，售后根本找不到人。", Violation.BAD_MOUTH_COMPETITOR),
        ("Their support is terrible and the machines always break down.", Violation.BAD_MOUTH_COMPETITOR),
        ("错了啊，不是那样的。", Violation.SELF_CENTRED_WORDING),
        ("您记错了吧。", Violation.SELF_CENTRED_WORDING),
        ("I need this deal before the end of the quarter.", Violation.SELF_CENTRED_WORDING),
        ("您说得不对，是您的工人不会用。", Violation.INTERRUPTS_OR_ARGUES),
        ("That's not true, it was your own people's fault.", Violation.INTERRUPTS_OR_ARGUES),
        ("我保证绝对不会坏，百分之百没问题。", Violation.OVER_PROMISE),
        ("I guarantee you zero downtime, no risk at all.", Violation.OVER_PROMISE),
        ("我们支持扫码、支持语音、自带报表，还有远程升级功能。", Violation.FEATURE_DUMP_WITHOUT_BENEFIT),
    ],
)
def test_a_fault_of_wording_is_found_and_quoted(text: str, violation: Violation) -> None:
    faults = wording_faults(text)
    assert violation in faults
    assert faults[violation] in text


@pytest.mark.parametrize(
    "text",
    [
        "他们的优势是价格，我们的优势是四小时到场，您可以对照着看。",
        "Marlow make a solid machine; the difference is the engineer on your site.",
        "对不起，我没说清楚，它是这样运转的。",
        "这个我不敢保证，明天问过工厂再答复您。",
        "交期写进合同，晚一天赔千分之五。",
        "I can't promise that, but the trial will show it.",
        "您刚才说夜班总缺人，这个自动上料就是让您夜班少两个人。",
    ],
)
def test_fair_words_are_no_violation(text: str) -> None:
    assert wording_faults(text) == {}


def test_a_price_before_any_need_is_too_early_and_afterwards_is_not() -> None:
    early = assess(talk("您好，我们一套只要八万，今天定打九折。", "哦。"))
    late = assess(talk("您现在最头疼的是什么？", "老是缺料，停了两回线。", "这一套报价八万，包安装。", "嗯。"))
    assert Violation.PRICE_TOO_EARLY in early.rep[0].violations
    assert Violation.PRICE_TOO_EARLY not in late.rep[1].violations


def test_a_range_with_its_condition_and_a_need_question_is_no_early_price() -> None:
    asked = assess(talk("您好。", "多少钱？", "一般十万到二十万，取决于点位多少。您主要想解决哪一块的问题？", "库存。"))
    assert Violation.PRICE_TOO_EARLY not in asked.rep[1].violations


def test_an_evaded_question_is_marked_and_an_answered_one_is_not() -> None:
    evaded = assess(talk("Good morning.", "Do your seals survive brine?", "We are very popular with everybody.", "Hm."))
    answered = assess(talk("Good morning.", "Do your seals survive brine?", "Yes, in brine up to 8 percent.", "Hm."))
    assert Violation.IGNORES_OBJECTION in evaded.rep[1].violations
    assert Violation.IGNORES_OBJECTION not in answered.rep[1].violations


def test_the_missing_next_step_is_marked_on_the_last_rep_turn_and_only_when_the_talk_is_over() -> None:
    turns = talk("您好。", "嗯。", "那我等您消息。")
    assert Violation.NO_NEXT_STEP in assess(turns).rep[-1].violations
    assert Violation.NO_NEXT_STEP not in assess(turns, finished=False).rep[-1].violations
