"""Scores follow the anchors, quotes stand in their turns, and the same talk gives the same card."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.practice import LARGEST, Dimension, Speaker, TalkTurn
from bot.practising.errors import UnreadableTalk
from bot.practising.evaluation import talks_in
from bot.practising.score_json import score_as_json
from bot.practising.scorecard import score, total_of
from tests.bot.practising.practice_pieces import talk

TALKS = Path(__file__).parents[2] / "evals" / "practice"
WORDS = [
    "您好，方便吗？",
    "现在怎么做？",
    "太贵了。",
    "他们是垃圾。",
    "下周二上午我来，行吗？",
    "行。",
    "Sorry, our fault.",
    "",
    "?",
]


def test_the_card_has_the_shape_of_the_contract() -> None:
    card = score_as_json(
        {"id": 7, "lang": "zh", "turns": [{"role": "customer", "text": "喂？"}, {"role": "rep", "text": "您好。"}]}
    )
    assert list(card) == ["id", "overall", "dimensions", "penalty", "turns", "checks"]
    assert list(card["dimensions"]) == [dimension.value for dimension in Dimension]
    assert [turn["index"] for turn in card["turns"]] == [1]
    assert json.loads(json.dumps(card)) == card


@pytest.mark.parametrize(
    "broken",
    [{}, {"turns": "no"}, {"turns": [{"role": "rep"}]}, {"turns": [{"role": "boss", "text": "x"}]}, {"turns": [3]}],
)
def test_an_unreadable_talk_says_what_is_wrong(broken: dict[str, object]) -> None:
    with pytest.raises(UnreadableTalk, match="turns"):
        score_as_json(broken)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Speaker)), st.sampled_from(WORDS)), max_size=9))
def test_any_talk_has_a_lawful_card(turns: list[tuple[Speaker, str]]) -> None:
    spoken = tuple(TalkTurn(*turn) for turn in turns)
    card = score(spoken)
    assert 0 <= card.overall <= 100
    assert 0 <= card.penalty <= 15
    assert all(points is None or 0 <= points <= LARGEST[name] for name, points in card.dimensions.items())
    assert card.overall == max(0, total_of(card.dimensions) - card.penalty)
    for check in card.checks:
        assert (check.turn is None) == (check.quote is None)
        assert check.quote is None or (check.turn is not None and check.quote in spoken[check.turn].text)
    assert card == score(spoken)


@pytest.mark.parametrize("file", ["talks.jsonl", "held_out.jsonl"])
def test_quotes_of_real_talks_stand_in_the_turn_they_name(file: str) -> None:
    for each in talks_in(TALKS / file):
        for check in score_as_json(each)["checks"]:
            assert check["quote"] is None or check["quote"] in each["turns"][check["turn"]]["text"]


def test_without_objections_the_rest_is_scaled() -> None:
    card = score(talk("您好，您现在怎么做的？", "靠人工。"))
    assert card.dimensions[Dimension.OBJECTION_HANDLING] is None
    assert total_of({**dict.fromkeys(Dimension, None), Dimension.CLOSING: 15}) == 100


def test_a_dimension_can_be_switched_off() -> None:
    card = score(talk("您好。", "嗯。"), off=(Dimension.NEEDS_SPIN,))
    assert card.dimensions[Dimension.NEEDS_SPIN] is None


def test_good_talks_score_far_above_bad_ones() -> None:
    scores = {each["id"]: score_as_json(each)["overall"] for each in talks_in(TALKS / "talks.jsonl")}
    assert min(scores[good] for good in ("z01", "e01", "z13")) > 60
    assert max(scores[bad] for bad in ("z02", "z07", "e02", "z16")) < 20


def test_phases_add_up_to_a_hundred() -> None:
    shares = score(talk("您好，谢谢。", "嗯。", "哪里最头疼？", "缺人。", "周二我来，行吗？", "行。")).phases
    assert shares.trust + shares.need + shares.explanation + shares.closing == 100
