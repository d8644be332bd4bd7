"""Objections, trust, BANT and commitments as labels of a talk."""

from bot.domain.practice import Bant, Speaker
from bot.practising.assessment import assess
from bot.practising.objections import objection_in
from bot.practising.questions import questions_in
from tests.bot.practising.practice_pieces import talk


def test_steps_with_one_objection_add_up_over_turns() -> None:
    labels = assess(
        talk(
            "您好。",
            "你们太贵了，比别家高两成。",
            "理解，价格当然要看。",
            "还是贵。",
            "您是跟哪家的哪个配置比的？",
            "就是觉得太贵。",
            "我们去年给同规模的一家厂装过，停机从四小时降到一小时，报告在这。",
        )
    )
    assert [one.objection_quality for one in labels.rep] == [None, 1, 2, 3]


def test_arguing_with_an_objection_is_worth_nothing() -> None:
    labels = assess(talk("您好。", "你们太贵了。", "一点都不贵，您说得不对。", "哼。"))
    assert labels.rep[1].objection_quality == 0


def test_refusing_a_kickback_with_a_legal_way_is_full_marks() -> None:
    text = "这个我们做不了，对您也不安全。能给的写进合同：多一年质保，给到医院。"
    assert assess(talk("您好。", "别家都给几个点，你们个人这边怎么表示？", text)).rep[1].objection_quality == 3


def test_an_answer_to_a_question_is_no_objection_unless_it_turns_on_the_rep() -> None:
    asked = questions_in("您平时最担心的是什么？")
    assert objection_in("最担心旺季出问题，没人顶上。", asked) is None
    assert objection_in("最担心你们旺季供不上。", asked) is not None


def test_bant_letters_count_once_and_on_the_turn_that_earned_them() -> None:
    labels = assess(
        talk(
            "今年这块留了多少预算？",
            "预算四十万。",
            "谁来拍板？",
            "我们厂长定，预算就是四十万。",
            "最晚什么时候要用上？",
            "十月份之前。",
        )
    )
    assert [one.bant_obtained for one in labels.rep] == [(Bant.BUDGET,), (Bant.AUTHORITY,), (Bant.TIMELINE,)]


def test_a_commitment_needs_a_date_and_a_yes() -> None:
    ask = "下周二上午我带样品过来试，您看行吗？"
    assert assess(talk(ask, "行，周二来吧。")).rep[0].closing_commitment
    assert not assess(talk(ask, "先不用了，再说吧。")).rep[0].closing_commitment
    assert not assess(talk("改天我再来拜访您。", "好的。")).rep[0].closing_commitment


def test_trust_is_built_by_apology_limits_and_proof_but_not_by_politeness() -> None:
    built = assess(talk("对不起，这批货是我们发错了。", "嗯。", "坦白说，高温工况我们做不了。", "嗯。", "您好，谢谢。"))
    assert [one.trust_building for one in built.rep] == [True, True, False]


def test_a_talk_without_rep_turns_or_without_turns_has_no_labels() -> None:
    assert assess(()).rep == ()
    assert assess(talk("喂？", first=Speaker.CUSTOMER)).rep == ()
