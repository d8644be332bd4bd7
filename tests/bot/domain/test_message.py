"""Buttons carry an action that Telegram takes; files know whether they are shown."""

import pytest

from bot.domain.message import BUTTON_BYTES, Button, File


@pytest.mark.parametrize("action", ["", "x" * (BUTTON_BYTES + 1), "客" * 22])
def test_an_action_telegram_would_refuse_is_refused_at_once(action: str) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Button("保存", action)


@pytest.mark.parametrize("action", ["a", "x" * BUTTON_BYTES, "客" * 21])
def test_actions_up_to_the_limit_are_taken(action: str) -> None:
    assert Button("保存", action).action == action


def test_pictures_are_told_from_documents() -> None:
    assert File("地图.png", "image/png", b"").is_picture
    assert not File("简报.pdf", "application/pdf", b"").is_picture


def test_the_content_of_a_file_stays_out_of_logs() -> None:
    assert "客户名单" not in repr(File("a.txt", "text/plain", "客户名单".encode()))
