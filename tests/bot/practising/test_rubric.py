"""What to do better: the hurtful first, one thing for beginners, up to three for the experienced."""

import pytest

from bot.domain.practice import Dimension
from bot.practising.characters import OwnCheck
from bot.practising.errors import UnfitEntry
from bot.practising.own_checks import minutes_of, own_checks_of
from bot.practising.rubric import CheckWords, Drill, Rubric, fixes_for, rubric_from
from bot.practising.scorecard import score
from tests.bot.practising.practice_pieces import SCENARIO, talk

WORDS = {
    check: CheckWords(check, (f"{check} 1", f"{check} 2"), "spin", "drill")
    for check in ("no_argument", "asked_problem", "asked_implication", "next_step_dated_and_accepted")
}
RUBRIC = Rubric("r", "r", "r", ("asked_implication",), WORDS, {"drill": Drill("drill", "d", "t")})


def test_beginners_get_one_thing_and_the_hurtful_comes_first() -> None:
    card = score(talk("您说得不对，您不懂。", "你走吧。"))
    (fix,) = fixes_for(card, RUBRIC)
    assert fix.check == "no_argument"
    assert fix.quote == "您说得不对，您不懂。"
    assert [fix.check for fix in fixes_for(card, RUBRIC, experienced=True)] == [
        "no_argument",
        "asked_implication",
        "asked_problem",
    ]


def test_what_is_not_scored_is_not_to_be_fixed() -> None:
    card = score(talk("您好。", "嗯。"), off=(Dimension.NEEDS_SPIN,))
    assert [fix.check for fix in fixes_for(card, RUBRIC, experienced=True)] == ["next_step_dated_and_accepted"]


def test_a_rubric_stands_on_another_and_says_what_it_lacks() -> None:
    entry = {"id": "x", "shows": ["asked_problem"], "zh": {"name": "n", "intro": "i"}}
    assert rubric_from(entry, "zh", RUBRIC).shown() == ("asked_problem",)
    with pytest.raises(UnfitEntry, match="asked_problem"):
        rubric_from(entry, "zh")


def test_a_scenarios_own_checks_are_read() -> None:
    from dataclasses import replace

    checks = (
        OwnCheck("short", "minutes", "短", limit=1),
        OwnCheck("sorry", "said", "道歉", words=("对不起",)),
        OwnCheck("excuse", "not_said", "推", words=("物流的问题",)),
        OwnCheck("brief", "turn_length", "简", limit=6),
    )
    found = own_checks_of(replace(SCENARIO, own_checks=checks), talk("对不起，那是物流的问题。", "嗯。"))
    assert [(check.id, check.passed, check.quote) for check in found] == [
        ("short", True, None),
        ("sorry", True, "对不起"),
        ("excuse", False, "物流的问题"),
        ("brief", False, "对不起，那是物流的问题。"),
    ]
    assert minutes_of(talk("字" * 480)) == 2
