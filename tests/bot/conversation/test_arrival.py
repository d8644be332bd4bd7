"""What means Stop, and what does not."""

import pytest

from bot.conversation.arrival import STOP, asks_to_stop
from bot.domain.message import IncomingMessage, MessageKind


def said(text: str = "", *, button: str = "") -> IncomingMessage:
    kind = MessageKind.BUTTON if button else MessageKind.TEXT
    return IncomingMessage("telegram", "bot", 1, "7", "7", kind, text=text, button=button)


@pytest.mark.parametrize(
    "text", ["/cancel", "/CANCEL", "/cancel@ridealong_bot", "停", "停！", "取消。", "Stop", "stop it!"]
)
def test_a_command_or_bare_word_in_any_language_stops(text: str) -> None:
    assert asks_to_stop(said(text))


@pytest.mark.parametrize(
    "text", ["", "停车费谁出", "客户说停，怎么办", "cancel the order of last week", "/cancelled", "non-stop", "！"]
)
def test_a_sentence_that_holds_the_word_does_not(text: str) -> None:
    assert not asks_to_stop(said(text))


def test_only_the_stop_button_stops() -> None:
    assert asks_to_stop(said(button=STOP))
    assert not asks_to_stop(said(button="settings:who"))
    assert not asks_to_stop(said("停", button="settings:who"))
