"""What Telegram refuses, delays or loses, in the two words the sender knows: later, or never."""

import struct
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram_chat import Menu, TelegramChat
from bot.domain.message import Attachment, Button, File, Reply
from bot.domain.rich_text import RichText, bold
from bot.errors import CannotStart, SendLater, SendRefused
from tests.support.telegram_faults import Fault, Trouble
from tests.support.telegram_server import TelegramServer

ANNA = 1001
GROUP = -1_001_234
HELLO = Reply(RichText("你好"))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 640, 480)
"""As much of a picture as Telegram looks at."""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        await running.start(ANNA)
        yield running


@pytest.fixture
async def chat(server: TelegramServer) -> AsyncIterator[TelegramChat]:
    opened = TelegramChat(server.token, server.base_url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    "trouble", [Trouble.SERVER_ERROR, Trouble.BAD_GATEWAY, Trouble.DROPPED, Trouble.ANSWER_LOST], ids=str
)
async def test_trouble_on_the_way_means_later_at_our_own_pace(
    server: TelegramServer, chat: TelegramChat, trouble: Trouble
) -> None:
    server.faults.script("sendMessage", trouble)
    with pytest.raises(SendLater) as caught:
        await chat.send(str(ANNA), HELLO)
    assert caught.value.after is None
    assert await chat.send(str(ANNA), HELLO)


async def test_too_many_requests_names_the_time(server: TelegramServer, chat: TelegramChat) -> None:
    server.faults.script("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, retry_after=7))
    with pytest.raises(SendLater) as caught:
        await chat.send(str(ANNA), HELLO)
    assert caught.value.after == 7.0


async def test_an_unreachable_server_means_later_and_names_no_token(server: TelegramServer, chat: TelegramChat) -> None:
    await server.refuse()
    with pytest.raises(SendLater) as caught:
        await chat.send(str(ANNA), HELLO)
    assert server.token not in str(caught.value)
    await server.listen()
    assert await chat.send(str(ANNA), HELLO)


async def test_a_blocked_bot_is_refused_for_good(server: TelegramServer, chat: TelegramChat) -> None:
    await server.block(ANNA)
    with pytest.raises(SendRefused, match="blocked"):
        await chat.send(str(ANNA), HELLO)


async def test_an_unknown_chat_and_an_unlawful_reply_are_refused_for_good(chat: TelegramChat) -> None:
    with pytest.raises(SendRefused, match="not found"):
        await chat.send("987654", HELLO)
    with pytest.raises(SendRefused, match="empty"):
        await chat.send(str(ANNA), Reply(RichText(" ")))


async def test_buttons_and_marks_reach_the_client(server: TelegramServer, chat: TelegramChat) -> None:
    text = RichText("😀 ") + bold("重要") + RichText("：先问")
    await chat.send(str(ANNA), Reply(text, ((Button("好", "a:1"),), (Button("不", "a:2"),))))
    [sent] = server.sent_to(ANNA)
    assert sent.message["entities"] == [{"type": "bold", "offset": 3, "length": 2}]
    assert [[button["callback_data"] for button in row] for row in sent.rows] == [["a:1"], ["a:2"]]
    assert server.violations == []


async def test_pictures_are_shown_and_other_files_offered(server: TelegramServer, chat: TelegramChat) -> None:
    await chat.send(str(ANNA), Reply(bold("进步"), file=File("进步.png", "image/png", PNG)))
    await chat.send(str(ANNA), Reply(RichText(""), file=File("简报.pdf", "application/pdf", b"%PDF")))
    photo, document = server.sent_to(ANNA)
    assert (photo.method, photo.text) == ("sendPhoto", "进步")
    assert document.method == "sendDocument"
    assert document.message["document"]["file_name"] == "简报.pdf"


async def test_edits_change_the_message_that_stands(server: TelegramServer, chat: TelegramChat) -> None:
    first = await chat.send(str(ANNA), Reply(RichText("在收……"), ((Button("停", "stop"),),)))
    assert await chat.send(str(ANNA), Reply(bold("收好了"), edits=first)) == first
    [sent] = server.sent_to(ANNA)
    assert (sent.text, sent.buttons) == ("收好了", [])


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(server: TelegramServer, chat: TelegramChat) -> None:
    assert await chat.send(str(ANNA), Reply(RichText("收好了"), edits="987654")) != "987654"
    [sent] = server.sent_to(ANNA)
    assert sent.text == "收好了"


async def test_thinking_shows_as_typing_then_as_a_draft(server: TelegramServer, chat: TelegramChat) -> None:
    await chat.show_thinking(str(ANNA), "")
    await chat.show_thinking(str(ANNA), "先别降价，" * 900)
    assert server.world.actions == [(ANNA, "typing")]
    [draft] = server.world.drafts
    assert draft["text"].endswith("先别降价，")
    assert server.sent_to(ANNA) == []


async def test_thinking_and_acknowledging_stay_silent_in_trouble(server: TelegramServer, chat: TelegramChat) -> None:
    server.faults.script("*", *[Trouble.SERVER_ERROR] * 3)
    await chat.show_thinking(str(ANNA), "")
    await chat.show_thinking(str(ANNA), "想")
    await chat.acknowledge("1")


async def test_the_bot_leaves_a_group_after_its_words(server: TelegramServer, chat: TelegramChat) -> None:
    await server.add_to_group(GROUP, ANNA)
    await chat.send(str(GROUP), Reply(RichText("私聊我吧"), leaves_chat=True))
    assert [sent.text for sent in server.chat(GROUP).sent] == ["私聊我吧"]
    assert server.chat(GROUP).shut


async def test_files_are_fetched_or_told_why_not(server: TelegramServer, chat: TelegramChat) -> None:
    message = await server.voice(ANNA, b"OggS words", duration=2)
    attachment = Attachment(message["voice"]["file_id"], "voice", "audio/ogg", 10, 2)
    assert await chat.fetch(attachment) == b"OggS words"
    server.faults.script("getFile", Trouble.SERVER_ERROR)
    with pytest.raises(SendLater):
        await chat.fetch(attachment)
    server.faults.script("file", Trouble.SERVER_ERROR)
    with pytest.raises(SendLater):
        await chat.fetch(attachment)


async def test_the_command_menu_is_offered_in_every_language(server: TelegramServer, chat: TelegramChat) -> None:
    await chat.offer((Menu("zh", (("help", "看我会什么"),)), Menu("en", (("help", "What I can do"),))))
    calls = [call for call in server.world.calls if call.method == "setMyCommands"]
    assert [(call.parameters.get("language_code"), call.status) for call in calls] == [(None, 200), ("en", 200)]
    server.faults.script("setMyCommands", Trouble.SERVER_ERROR)
    await chat.offer((Menu("zh", (("help", "看我会什么"),)),))


async def test_the_name_of_the_bot_or_one_clear_sentence(server: TelegramServer, chat: TelegramChat) -> None:
    assert await chat.user_name() == "ridealong_test_bot"
    server.faults.script("getMe", Trouble.BAD_GATEWAY)
    with pytest.raises(SendLater):
        await chat.user_name()
    stranger = TelegramChat("4200000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", server.base_url)
    await stranger.open()
    with pytest.raises(CannotStart, match="RIDEALONG_TELEGRAM__TOKEN"):
        await stranger.user_name()
    await stranger.close()
