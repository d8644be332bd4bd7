"""The double keeps Telegram's rules for what a bot sends, edits and answers, in Telegram's words."""

import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from tests.support.telegram_parameters import SIGNATURES
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_text import check_entities, cut_as_client, utf16_length
from tests.support.telegram_wire import ApiError

ANNA = 1001
GROUP = -1_001_234
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + bytes(20)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        await running.say(ANNA, "你好")
        yield running
        assert running.violations == []


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    made = Bot(server.token, base_url=f"{server.base_url}/bot", base_file_url=f"{server.base_url}/file/bot")
    async with made:
        yield made


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)


def test_signatures_are_those_of_python_telegram_bot() -> None:
    """What PTB can send is what the double knows, so a violation is never the library's doing."""
    import inspect

    convenience = {"filename", "reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"}
    transport = {"read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "self"}
    for method, signature in SIGNATURES.items():
        known = set(inspect.signature(getattr(Bot, method)).parameters) - convenience - transport
        assert set(signature) == known, method


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n\u200b ", "message text is empty"),
        ("a" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_text_out_of_bounds(server: TelegramServer, bot: Bot, text: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(ANNA, text)
    assert server.sent_to(ANNA) == []


async def test_text_is_measured_after_trimming(bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "  " + "😀" * 2048 + "\n\n")
    assert sent.text == "😀" * 2048


async def test_parse_mode_is_not_offered(bot: Bot) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(ANNA, "<b>x</b>", parse_mode="HTML")


def mark(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("entities", "reason"),
    [
        ([mark("shiny", 0, 1)], "can't parse MessageEntity: Unsupported type specified"),
        ([{"type": "bold", "offset": 0}], "can't parse MessageEntity: Can't find field \"length\""),
        ([mark("text_link", 0, 1)], "can't parse MessageEntity: Can't find field \"url\""),
        ([mark("text_link", 0, 1, url="nowhere")], "entity URL 'nowhere' is invalid: Wrong HTTP URL"),
        ([mark("bold", -1, 1)], "receive an entity with incorrect offset -1"),
        ([mark("bold", 0, 0)], "receive an entity with incorrect length 0"),
        ([mark("bold", 8, 1)], "entity begins after the end of the text at UTF-16 offset 8"),
        (
            [mark("bold", 6, 3)],
            "entity beginning at UTF-16 offset 6 ends after the end of the text at UTF-16 offset 9",
        ),
        ([mark("bold", 1, 2)], "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (
            [mark("bold", 0, 1)],
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4",
        ),
        (
            [mark("bold", 2, 3), mark("italic", 4, 3)],
            "entity beginning at UTF-16 offset 4 ends after the end of the text at UTF-16 offset 7",
        ),
        ([mark("code", 2, 4), mark("bold", 3, 1)], "entity code can't contain entity bold"),
        ([mark("blockquote", 2, 4), mark("blockquote", 3, 1)], "entity blockquote can't contain entity blockquote"),
    ],
)
def test_unlawful_entities(entities: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_entities("👉 报价 ok", entities)
    assert refused.value.description == f"Bad Request: {reason}"


@given(st.text(alphabet="a客😀 \n", min_size=1, max_size=30), st.data())
def test_entities_between_characters_are_lawful_whatever_the_script(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    offset, length = utf16_length(text[:start]), utf16_length(text[start:stop])
    assert check_entities(text, [mark("bold", offset, length)])


@given(st.text(alphabet="a客😀", min_size=1, max_size=60), st.integers(2, 9))
def test_client_cuts_without_loss_and_never_inside_a_character(text: str, size: int) -> None:
    pieces = cut_as_client(text, size)
    assert "".join(pieces) == text
    assert all(0 < utf16_length(piece) <= size for piece in pieces)


async def test_entities_come_back_in_order_and_cut_with_the_text(bot: Bot) -> None:
    entities = [MessageEntity("italic", 3, 3), MessageEntity("bold", 0, 9)]
    sent = await bot.send_message(ANNA, "客户说 ok \n\n", entities=entities)
    assert [(entity.type, entity.offset, entity.length) for entity in sent.entities] == [
        ("bold", 0, 6),
        ("italic", 3, 3),
    ]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard([button("x", "字" * 22)]), "BUTTON_DATA_INVALID"),
        (keyboard(*[[button("x", "y")]] * 101), "reply markup is too long"),
        (keyboard([InlineKeyboardButton("x")]), "Text buttons are unallowed"),
        (keyboard([InlineKeyboardButton("x", url="nowhere")]), "is invalid"),
        (keyboard([button(" ", "y")]), "non-empty"),
    ],
)
async def test_unlawful_buttons(bot: Bot, markup: InlineKeyboardMarkup, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(ANNA, "x", reply_markup=markup)


async def test_where_a_bot_may_not_write(server: TelegramServer, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "x")
    server.person(43)
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(43, "x")
    await server.block(ANNA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANNA, "x")
    await server.start(ANNA)
    await bot.send_message(ANNA, "x")
    await server.add_to_group(GROUP, ANNA)
    await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(GROUP, "x")


async def test_draft_is_for_private_chats_and_leaves_no_message(server: TelegramServer, bot: Bot) -> None:
    await bot.send_message_draft(ANNA, 5, "在想…")
    assert server.world.drafts == [{"chat_id": ANNA, "draft_id": 5, "text": "在想…"}]
    assert server.sent_to(ANNA) == []
    await server.add_to_group(GROUP, ANNA)
    for chat_id, draft_id in ((GROUP, 5), (ANNA, 0)):
        with pytest.raises(BadRequest):
            await bot.send_message_draft(chat_id, draft_id, "x")


async def test_edit_changes_text_and_drops_buttons_not_named(server: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "草稿", reply_markup=keyboard([button("保存", "s")]))
    same: dict[str, Any] = {"chat_id": ANNA, "message_id": sent.message_id, "text": "草稿"}
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text(**same, reply_markup=keyboard([button("保存", "s")]))
    await bot.edit_message_text(**same)
    record = server.sent_to(ANNA)[0]
    assert (record.text, record.buttons, record.edits) == ("草稿", [], 1)
    await bot.edit_message_reply_markup(ANNA, sent.message_id, reply_markup=keyboard([button("放弃", "d")]))
    assert record.buttons == ["放弃"]
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(ANNA, sent.message_id, reply_markup=keyboard([button("放弃", "d")]))


async def test_only_own_standing_messages_can_be_edited(server: TelegramServer, bot: Bot) -> None:
    theirs = await server.say(ANNA, "mine")
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("x", ANNA, theirs["message_id"])
    with pytest.raises(BadRequest, match="to edit not found"):
        await bot.edit_message_text("x", ANNA, 99_999)
    picture = await bot.send_photo(ANNA, PNG, caption="图")
    with pytest.raises(BadRequest, match="no text in the message"):
        await bot.edit_message_text("x", ANNA, picture.message_id)
    await bot.edit_message_caption(ANNA, picture.message_id, caption="新图")
    assert server.sent_to(ANNA)[0].text == "新图"


async def test_delete_once(server: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "x", reply_markup=keyboard([button("好", "y")]))
    await bot.delete_message(ANNA, sent.message_id)
    with pytest.raises(BadRequest, match="to delete not found"):
        await bot.delete_message(ANNA, sent.message_id)
    with pytest.raises(AssertionError, match="no button"):
        await server.press(ANNA, "好")


async def test_press_is_answered_within_fifteen_seconds(server: TelegramServer, bot: Bot) -> None:
    await bot.send_message(ANNA, "x", reply_markup=keyboard([button("好", "y")]))
    press = await server.press(ANNA, "好")
    await bot.answer_callback_query(press.query_id, "记下了")
    assert (await server.answered(press))["text"] == "记下了"
    late = await server.press(ANNA, "好")
    start = late.at
    server.world.clock = lambda: start + 15.1
    for query_id in (late.query_id, "12"):
        with pytest.raises(
            BadRequest, match=r"(?i)query is too old and response timeout expired or query ID is invalid"
        ):
            await bot.answer_callback_query(query_id)


async def test_files_go_out_and_again_by_their_id(server: TelegramServer, bot: Bot) -> None:
    picture = await bot.send_photo(ANNA, PNG, caption="时间线")
    assert (picture.photo[0].width, picture.photo[0].height) == (640, 480)
    again = await bot.send_photo(ANNA, picture.photo[0].file_id)
    assert again.photo[0].file_unique_id == picture.photo[0].file_unique_id
    paper = await bot.send_document(ANNA, "纪要".encode(), filename="纪要.txt")
    assert paper.document
    assert paper.document.file_name == "纪要.txt"
    voice = await bot.send_voice(ANNA, b"OggS" + bytes(20), duration=2)
    assert voice.voice
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(ANNA, paper.document.file_id)
    assert [sent.method for sent in server.sent_to(ANNA)] == ["sendPhoto", "sendPhoto", "sendDocument", "sendVoice"]


async def test_unlawful_files(bot: Bot) -> None:
    wide = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 9000, 1001) + bytes(20)
    for picture, reason in (
        (b"no picture", "(?i)image_process_failed"),
        (wide, "(?i)photo_invalid_dimensions"),
        ("AgACnothing", "(?i)wrong file identifier"),
    ):
        with pytest.raises(BadRequest, match=reason):
            await bot.send_photo(ANNA, picture)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(ANNA, PNG, caption="a" * 1025)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ANNA, b"", filename="empty.txt")


async def test_download_up_to_20_megabytes(server: TelegramServer, bot: Bot) -> None:
    small = await server.voice(ANNA, b"OggS small")
    file = await bot.get_file(small["voice"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"OggS small"
    large = await server.document(ANNA, b"PK", "big.zip", size=25 * 1024 * 1024)
    assert large["document"]["file_size"] == 25 * 1024 * 1024
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large["document"]["file_id"])
    with pytest.raises(TelegramError):
        await bot.get_file("unknown")


async def test_commands_and_descriptions_are_kept_per_language(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("help", "能做什么")], language_code="zh")
    assert [command.command for command in await bot.get_my_commands(language_code="zh")] == ["help"]
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Help", "x")])
    await bot.set_my_description("陪访")
    assert (await bot.get_my_description("en")).description == "陪访"
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)
    await bot.set_chat_menu_button()


async def test_reply_and_other_keyboards(server: TelegramServer, bot: Bot) -> None:
    asked = await server.say(ANNA, "问题")
    sent = await bot.send_message(ANNA, "答", reply_parameters=ReplyParameters(asked["message_id"]))
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "问题"
    with pytest.raises(BadRequest, match="to be replied not found"):
        await bot.send_message(ANNA, "答", reply_parameters=ReplyParameters(9_999))
    await bot.send_message(ANNA, "选", reply_markup=ReplyKeyboardMarkup([["A", "B"]]))
    assert server.last_keyboard(ANNA) == []


async def test_chat_action_and_chat(server: TelegramServer, bot: Bot) -> None:
    await bot.send_chat_action(ANNA, "typing")
    assert server.world.actions == [(ANNA, "typing")]
    with pytest.raises(BadRequest):
        await bot.send_chat_action(ANNA, "dancing")
    assert (await bot.get_chat(ANNA)).first_name == "小林"
