"""The terminal: one line is one message, a number presses a button of the last reply that had some."""

import io
from pathlib import Path

import pytest

from bot.channels.terminal_chat import TerminalChat, lines_of
from bot.domain.message import Button, File, MessageKind, Reply
from bot.domain.rich_text import RichText, bold

BUTTONS = ((Button("保存", "card:save"),), (Button("放弃", "card:drop"),))


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def chat(out: io.StringIO, tmp_path: Path) -> TerminalChat:
    return TerminalChat(out, tmp_path / "sent")


async def test_a_reply_is_its_words_its_buttons_and_an_empty_line(chat: TerminalChat, out: io.StringIO) -> None:
    await chat.send("owner", Reply(bold("要存吗？"), BUTTONS))
    assert out.getvalue() == "要存吗？\n[1] 保存  [2] 放弃\n\n"


async def test_a_number_presses_the_button_of_that_number(chat: TerminalChat) -> None:
    await chat.send("owner", Reply(RichText("要存吗？"), BUTTONS))
    await chat.send("owner", Reply(RichText("还有一句")))
    message = chat.message_from(" 2 ")
    assert (message.kind, message.button, message.text) == (MessageKind.BUTTON, "card:drop", "")


@pytest.mark.parametrize("line", ["0", "3", "²", "二", "2万", "-1"])
async def test_other_numbers_are_words(chat: TerminalChat, line: str) -> None:
    await chat.send("owner", Reply(RichText("要存吗？"), BUTTONS))
    message = chat.message_from(line)
    assert (message.kind, message.text) == (MessageKind.TEXT, line)


def test_without_buttons_a_number_is_words(chat: TerminalChat) -> None:
    assert chat.message_from("1").kind is MessageKind.TEXT


def test_two_lines_are_two_deliveries(chat: TerminalChat) -> None:
    assert chat.message_from("一").update != chat.message_from("一").update


async def test_a_file_lands_in_the_folder_whatever_its_name(
    chat: TerminalChat, out: io.StringIO, tmp_path: Path
) -> None:
    await chat.send("owner", Reply(RichText("给你"), file=File("../../简报.pdf", "application/pdf", b"%PDF")))
    path = tmp_path / "sent" / "简报.pdf"
    assert path.read_bytes() == b"%PDF"
    assert str(path) in out.getvalue()


async def test_lines_come_without_the_empty_ones_and_the_last_needs_no_end() -> None:
    prompts: list[None] = []
    stream = io.StringIO("一\n\n   \n二\r\n三")
    lines = [line async for line in lines_of(stream, lambda: prompts.append(None))]
    assert [line.strip() for line in lines] == ["一", "二", "三"]
    assert len(prompts) == 6
