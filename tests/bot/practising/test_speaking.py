"""A model may re-voice the customer's line, and nothing else."""

from random import Random

import pytest

from bot.practising.simulation import reply_to, with_words
from bot.practising.speaking import may_be_shown, may_speak, speaking_inputs
from prompts.prompt_library import rendered
from tests.bot.practising.practice_pieces import opened


def test_other_words_for_the_same_line_may_be_shown() -> None:
    state, reply = reply_to(opened(), "您好，筛网现在怎么换，停机多久？", Random(1))
    words = "这个嘛，筛网三天就得破一张，破了就停两个小时。"
    assert may_speak(reply)
    assert may_be_shown(state, reply, words)
    state, reply = with_words(state, reply, words)
    assert state.turns[-1].text == reply.text == words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "上个月断供，面包厂还罚了我们七万呢。",
        "筛网破一次停五个小时。",
        "作为AI，我不能回答这个问题。",
        "销售：那您看怎么办？",
        "The sieve breaks every three days.",
        "好的，下周二上午你过来吧。",
        "秦总您好，筛网三天就破一张，一破就停两个小时。",
        "S：筛网三天就破一张，一破就停两个小时。",
        "嗯，确实挺麻烦的。",
        "嗯" * 400,
    ],
)
def test_leaks_inventions_and_stepping_out_of_the_part_are_not_shown(words: str) -> None:
    state, reply = reply_to(opened(), "您好，筛网现在怎么换，停机多久？", Random(1))
    assert not may_be_shown(state, reply, words)


def test_an_objection_must_still_be_one() -> None:
    state = opened()
    for text in ("您好，谢谢您抽空。", "我先请教您几句，可以吗？", "谢谢您。"):
        state, reply = reply_to(state, text, Random(1))
    assert reply.objection
    assert may_be_shown(state, reply, "你们比北方机械还贵两成呢。")
    assert not may_be_shown(state, reply, "今天天气不错。")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_prompt_takes_exactly_these_inputs(language: str) -> None:
    state, reply = reply_to(opened(), "您好。", Random(1))
    text = rendered("practice_customer", language, speaking_inputs(state, reply)).text
    assert reply.text in text
    assert "七万" not in text
