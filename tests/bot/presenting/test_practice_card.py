"""The scorecard on a phone: quotes where there are any, and one line for all that has none."""

from bot.domain.practice import Speaker, TalkTurn
from bot.practising.scorecard import score
from bot.presenting.practice_card import card_of
from bot.wording.phrasebook import Phrasebook

NAMES = {
    "got_budget": "问到预算",
    "asked_problem": "问出难处",
    "asked_implication": "追问后果",
    "asked_for_next_step": "开口约下一步",
}


def shown(*texts: str) -> str:
    speakers = (Speaker.REP, Speaker.CUSTOMER)
    turns = [TalkTurn(speakers[at % 2], text) for at, text in enumerate(texts)]
    return card_of(score(turns), NAMES, {}, Phrasebook("zh")).text


def test_what_was_asked_and_not_told_is_said_to_be_so() -> None:
    card = shown("这个项目的预算批了吗？", "这个不方便说。")
    assert "✗ 问到预算：问了，对方没说，“这个项目的预算批了吗？”" in card


def test_checks_without_words_to_quote_share_a_line() -> None:
    assert "✗ 问出难处、追问后果、问到预算、开口约下一步" in shown("您好。", "坐。")


def test_asking_to_be_allowed_to_ask_is_no_next_step() -> None:
    card = shown("您看我先问几个问题再说价格，行吗？", "问吧。", "下周二上午我带样机过来，行吗？", "行。")
    assert "✓ 开口约下一步：“下周二上午我带样机过来，行吗？”" in card
