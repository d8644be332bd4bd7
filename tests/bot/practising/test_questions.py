"""Questions are found, classed by SPIN and by form, from how they are asked and in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.practice import Form, Spin
from bot.practising.cues import sentences
from bot.practising.questions import questions_in


@pytest.mark.parametrize(
    ("text", "spin", "form"),
    [
        ("您现在用的是哪家的清洗线？", Spin.SITUATION, Form.OPEN),
        ("今年这块的预算大概是多少？", Spin.SITUATION, Form.CLOSED),
        ("这件事最后由谁拍板", Spin.SITUATION, Form.OPEN),
        ("排产这一块最让您头疼的是什么？", Spin.PROBLEM, Form.OPEN),
        ("您担心的是交期还是质量？", Spin.PROBLEM, Form.CLOSED),
        ("少了这一班人，后面的订单会受什么影响？", Spin.IMPLICATION, Form.OPEN),
        ("一次停三个小时，一年加起来损失多少？", Spin.IMPLICATION, Form.CLOSED),
        ("要是能提前一天知道缺料，您最想先解决哪件事？", Spin.NEED_PAYOFF, Form.OPEN),
        ("方便占用您几分钟吗？", Spin.NONE, Form.CLOSED),
        ("您看下周三上午我过来方便吗？", Spin.NONE, Form.CLOSED),
        ("我这样理解对吗？", Spin.NONE, Form.CLOSED),
        ("能不能具体说说当时的情况？", Spin.SITUATION, Form.OPEN),
        ("How do you plan the routes today?", Spin.SITUATION, Form.OPEN),
        ("How many pallets do you ship a day?", Spin.SITUATION, Form.CLOSED),
        ("Where does the handover tend to go wrong?", Spin.PROBLEM, Form.OPEN),
        ("Are you satisfied with the turnaround?", Spin.PROBLEM, Form.CLOSED),
        ("What happens to the night shift when that fails?", Spin.IMPLICATION, Form.OPEN),
        ("If you could see it an hour earlier, what would that be worth?", Spin.NEED_PAYOFF, Form.OPEN),
        ("May I ask you two questions?", Spin.NONE, Form.CLOSED),
        ("Could we meet on Thursday at ten?", Spin.NONE, Form.CLOSED),
        ("Could you tell me how the tender is judged?", Spin.SITUATION, Form.OPEN),
    ],
)
def test_a_question_is_classed(text: str, spin: Spin, form: Form) -> None:
    (question,) = questions_in(text)
    assert (question.spin, question.form) == (spin, form)


def test_a_bad_hypothesis_asks_for_consequences_and_a_good_one_for_value() -> None:
    bad, good = questions_in("如果再断一次货，超市那边会怎么样？如果断货能提前两天知道，对您有什么帮助？")
    assert bad.spin is Spin.IMPLICATION
    assert good.spin is Spin.NEED_PAYOFF


def test_statements_and_indefinite_words_are_no_questions() -> None:
    assert questions_in("什么时候来都可以。我把资料带来了。") == ()
    assert questions_in("Whatever suits you is fine. I have the report.") == ()


def test_invitations_to_tell_are_questions() -> None:
    assert [q.form for q in questions_in("您给我讲讲现在的流程。")] == [Form.OPEN]
    assert [q.form for q in questions_in("Walk me through your last audit.")] == [Form.OPEN]


@given(
    st.lists(st.sampled_from("您好，现在怎么做？what is it? 好。\n ok！…Mr. Lee, 3.5 万").map(str), max_size=40).map(
        "".join
    )
)
def test_every_question_is_a_contiguous_part_of_the_turn(turn: str) -> None:
    assert all(question.text in turn for question in questions_in(turn))


@given(st.text(max_size=120))
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    position = 0
    for sentence in sentences(text):
        position = text.index(sentence, position) + len(sentence)
