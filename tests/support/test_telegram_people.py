"""What people do arrives as Telegram would send it: python-telegram-bot reads every update."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, Update

from tests.support.telegram_server import TelegramServer

ANNA = 1001
BEN = 1002
GROUP = -1_001_234


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.base_url}/bot") as made:
        yield made


async def heard(bot: Bot) -> list[Update]:
    """The waiting updates, acknowledged."""
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


async def test_people_have_languages_and_names(server: TelegramServer, bot: Bot) -> None:
    server.person(ANNA, first_name="Anna", last_name="Li", username="anna_li", language_code="en")
    server.person(BEN, language_code=None)
    await server.say(ANNA, "hi")
    await server.say(BEN, "hi")
    users = [update.effective_user for update in await heard(bot)]
    assert [(user.full_name, user.language_code) for user in users if user] == [("Anna Li", "en"), ("小林", None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/help", [("bot_command", "/help")]),
        ("😀 /prep 中行", [("bot_command", "/prep")]),
        ("a/b and /kb@ridealong_test_bot", [("bot_command", "/kb@ridealong_test_bot")]),
        ("见 https://example.org/a 或 x@example.org", [("url", "https://example.org/a"), ("email", "x@example.org")]),
        ("@anna_li #报价", [("mention", "@anna_li"), ("hashtag", "#报价")]),
        ("👍", []),
    ],
)
async def test_typed_text_is_marked_as_clients_mark_it(
    server: TelegramServer, bot: Bot, text: str, found: list[tuple[str, str]]
) -> None:
    await server.say(ANNA, text)
    [update] = await heard(bot)
    assert update.message
    assert [(entity.type, words) for entity, words in update.message.parse_entities().items()] == found


async def test_start_by_deep_link(server: TelegramServer, bot: Bot) -> None:
    await server.open_link(ANNA, "https://t.me/ridealong_test_bot?start=inv-aB_9")
    [update] = await heard(bot)
    assert update.message
    assert update.message.text == "/start inv-aB_9"
    for link in ("https://t.me/other_bot?start=x", f"https://t.me/ridealong_test_bot?start={'x' * 65}"):
        with pytest.raises(ValueError, match="link"):
            await server.open_link(ANNA, link)


async def test_long_text_comes_in_pieces(server: TelegramServer, bot: Bot) -> None:
    text = "拜访" * 4500
    await server.say_long(ANNA, text)
    pieces = [update.message.text or "" for update in await heard(bot) if update.message]
    assert [len(piece) for piece in pieces] == [4000, 4000, 1000]
    assert "".join(pieces) == text
    with pytest.raises(ValueError, match="say_long"):
        await server.say(ANNA, text)


async def test_edit_keeps_the_id(server: TelegramServer, bot: Bot) -> None:
    first = await server.say(ANNA, "周总")
    await server.edit(ANNA, first["message_id"], "邹总")
    _, update = await heard(bot)
    assert update.edited_message
    assert (update.edited_message.message_id, update.edited_message.text) == (first["message_id"], "邹总")
    assert update.edited_message.edit_date


async def test_files_of_every_kind(server: TelegramServer, bot: Bot) -> None:
    await server.voice(ANNA, b"OggS", duration=7)
    await server.voice(ANNA, b"", duration=0)
    await server.document(ANNA, b"text", "手册.md", mime="text/markdown", caption="请读 /teach")
    await server.photo(ANNA, b"jpeg", caption="名片")
    await server.sticker(ANNA)
    await server.share_contact(ANNA, "王处长", "+8613800000000")
    messages: list[Any] = [update.message for update in await heard(bot)]
    voice, empty, document, photo, sticker, contact = messages
    assert voice.voice.duration == 7
    assert empty.voice.file_size == 0
    assert (document.document.file_name, document.caption_entities[0].type) == ("手册.md", "bot_command")
    assert [size.width for size in photo.photo] == [90, 320, 800]
    assert sticker.sticker.emoji == "👍"
    assert contact.contact.first_name == "王处长"


async def test_album_shares_one_group_id(server: TelegramServer, bot: Bot) -> None:
    await server.album(ANNA, [b"1", b"2", b"3"], caption="现场")
    messages = [update.message for update in await heard(bot) if update.message]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["现场", None, None]


async def test_press_carries_the_message_as_it_stands(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "hi")
    row = [{"text": "保存", "callback_data": "save:1"}, {"text": "看", "url": "https://example.org"}]
    await bot.send_message(ANNA, "卡", reply_markup={"inline_keyboard": [row]})  # type: ignore[arg-type]
    assert [[button["text"] for button in line] for line in server.last_keyboard(ANNA)] == [["保存", "看"]]
    await server.press(ANNA, "保存")
    _, update = await heard(bot)
    query = update.callback_query
    assert query
    assert (query.data, query.from_user.id, query.message and query.message.message_id) == (
        "save:1",
        ANNA,
        server.sent_to(ANNA)[0].message_id,
    )
    for missing in ("放弃", "看"):
        with pytest.raises(AssertionError, match="there are"):
            await server.press(ANNA, missing)


async def test_block_and_groups_are_told(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "hi")
    await server.block(ANNA)
    with pytest.raises(ValueError, match="blocked"):
        await server.say(ANNA, "still here?")
    await server.start(ANNA)
    await server.add_to_group(GROUP, BEN, title="一组")
    await server.say_in_group(GROUP, BEN, "/help@ridealong_test_bot")
    await bot.leave_chat(GROUP)
    updates = await heard(bot)
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member", "member", "left"]
    in_group = [update.message for update in updates if update.message and update.message.chat.id == GROUP]
    assert [message.text for message in in_group] == [None, "/help@ridealong_test_bot"]
    assert in_group[0].new_chat_members[0].id == bot.id


async def test_replies_are_read_once_and_silence_is_checked(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "hi")
    for text in ("一", "二", "三"):
        await bot.send_message(ANNA, text)
    assert [sent.text for sent in await server.replies(ANNA, 2)] == ["一", "二"]
    with pytest.raises(AssertionError, match="expected silence"):
        await server.silence(ANNA, 0.01)
    assert (await server.reply(ANNA)).text == "三"
    await server.silence(ANNA, 0.01)
    with pytest.raises(AssertionError, match="waited"):
        await server.replies(ANNA, timeout=0.01)


async def test_until_follows_edits(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "hi")
    sent = await bot.send_message(ANNA, "在算")
    record: Any = server.sent_to(ANNA)[0]
    waiting = asyncio.create_task(server.until(lambda: record.text == "好了"))
    await bot.edit_message_text("好了", ANNA, sent.message_id)
    await waiting
