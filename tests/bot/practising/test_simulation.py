"""The customer has moods, keeps facts until they are earned, objects, accepts, and can leave."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.practice import Speaker
from bot.practising.characters import Reaction
from bot.practising.errors import PracticeIsOver, UnreadableTalk
from bot.practising.finish import finish
from bot.practising.simulation import CustomerReply, Ending, PracticeState, reply_to
from bot.practising.stored_state import state_as_json, state_from_json
from tests.bot.practising.practice_pieces import PERSONA, opened

SAID = [
    "您好。",
    "筛网现在怎么换？",
    "最头疼的是什么？",
    "断供有什么影响？",
    "您说得不对。",
    "我们最便宜，绝对没问题。",
    "下周二上午我来试，行吗？",
    "嗯",
]


def said(state: PracticeState, *texts: str, seed: int = 1) -> tuple[PracticeState, list[CustomerReply]]:
    replies = []
    for text in texts:
        state, reply = reply_to(state, text, Random(seed))
        replies.append(reply)
    return state, replies


def test_a_fact_is_told_to_the_question_that_earns_it() -> None:
    state, (reply,) = said(opened(), "您好，筛网现在怎么换，一停机多久？")
    assert reply.reaction is Reaction.OPEN_UP
    assert "sieve" in state.told
    assert "筛网三天就破一张" in reply.text


def test_a_fact_that_needs_more_trust_is_not_told_yet() -> None:
    state, (reply,) = said(opened(), "最后谁签字拍板？")
    assert reply.reaction is Reaction.DEFLECT
    assert "signer" not in state.told
    assert "财务" not in reply.text


def test_the_objection_comes_is_explained_and_is_settled_by_an_answer() -> None:
    state, replies = said(opened(), "您好，谢谢您抽空。", "我先请教您几句，可以吗？", "谢谢您。")
    assert replies[-1].objection == "price"
    state, (explained,) = said(state, "理解，您是跟哪个配置比的？")
    assert explained.text == "厂长只看总价。"
    state, (settled,) = said(state, "多出来的是两年质保，写进合同，同规模的厂用了一年，停机降了一半。这样您清楚吗？")
    assert settled.reaction is Reaction.SATISFIED
    assert state.open_objection is None


def test_rudeness_costs_trust_and_in_the_end_the_customer() -> None:
    state, replies = said(opened(), "您说得不对。", "您记错了吧。", "别这么抠，您不懂。", "您错了。")
    assert replies[0].reaction is Reaction.ANNOYED
    assert state.ending is Ending.LEFT
    assert replies[-1].reaction is Reaction.LEAVE
    with pytest.raises(PracticeIsOver):
        reply_to(state, "对不起。", Random(1))


def test_a_dated_step_is_refused_to_a_stranger_and_accepted_when_trust_is_earned() -> None:
    ask = "下周二上午十点我带样机来试，请厂长一起，您看行吗？"
    _, replies = said(opened(), ask)
    assert replies[0].reaction is not Reaction.ACCEPT
    state, replies = said(
        opened(),
        "老秦，对不起，上次的资料是我们发晚了。筛网现在怎么换？",
        "坦白说，湿粉我们做不了。断供那次有什么影响？",
        "同规模的一家厂用了一年，停机从两小时降到二十分钟，您可以打他们电话。这样您看清楚吗？",
        "理解。多的是质保，写进合同，报告我带来了，这样您看行吗？",
        ask,
    )
    assert replies[-1].reaction is Reaction.ACCEPT
    assert state.agreed


def test_the_same_seed_gives_the_same_talk_and_lines_do_not_repeat_at_once() -> None:
    state, first = said(opened(), "嗯", "好", seed=5)
    _, second = said(opened(), "嗯", "好", seed=5)
    assert [reply.text for reply in first] == [reply.text for reply in second]
    spoken = [turn.text for turn in state.turns if turn.speaker is Speaker.CUSTOMER]
    assert all(one != other for one, other in pairwise(spoken))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=12), st.integers(0, 9))
def test_any_talk_keeps_the_state_lawful_storable_and_locked_facts_unsaid(texts: list[str], seed: int) -> None:
    state = opened()
    for text in texts:
        if state.ending is not None:
            break
        state, reply = reply_to(state, text, Random(seed))
        assert reply.text
        assert all(0 <= value <= 10 for value in (state.mood.trust, state.mood.interest, state.mood.patience))
        spoken = "".join(turn.text for turn in state.turns if turn.speaker is Speaker.CUSTOMER)
        assert not [fact.id for fact in state.facts(told=False) if fact.line in spoken]
        assert state_from_json(state_as_json(state)) == state
    assert finish(state).turns is not None


def test_what_is_no_stored_practice_is_refused() -> None:
    with pytest.raises(UnreadableTalk):
        state_from_json({"mood": 3})


def test_moods_are_kept_for_every_turn() -> None:
    state, _ = said(opened(), "您好。", "嗯")
    assert len(state.moods) == 3
    assert state.moods[0] == PERSONA.start.moved(patience=2)


def test_good_questions_over_an_objection_never_hear_the_same_words_twice() -> None:
    asked = ("现在用的哪种筛网？", "筛网多久换一次？", "一班有几个人？", "换网要停多久？", "平时谁管这台设备？")
    _, replies = said(opened(), *asked)
    lines = [reply.text for reply in replies]
    assert len(set(lines)) == len(lines)
