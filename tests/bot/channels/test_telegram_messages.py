"""Every update as the one message it means to us, or as none."""

import time
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram_messages import message_from
from bot.domain.message import IncomingMessage, MessageKind

BOT = "4200000001"
WANG = {"id": 7, "is_bot": False, "first_name": "Li", "last_name": "Wang", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Li"}


def heard(content: dict[str, Any], *, kind: str = "message", chat: dict[str, Any] = PRIVATE) -> IncomingMessage | None:
    message = {"message_id": 5, "date": int(time.time()), "chat": chat, "from": WANG, **content}
    return message_from(Update.de_json({"update_id": 99, kind: message}), BOT)


def test_a_text_with_who_where_and_in_which_language() -> None:
    message = heard({"text": "你好"})
    assert message is not None
    assert (message.channel, message.bot, message.update, message.chat, message.person) == (
        "telegram",
        BOT,
        99,
        "7",
        "7",
    )
    assert (message.kind, message.text, message.person_name) == (MessageKind.TEXT, "你好", "Li Wang")
    assert (message.language_hint, message.reference) == ("zh", "5")
    assert message.sent_at is not None
    assert message.sent_at.tzinfo is not None


def test_a_reply_to_a_card_tells_which_card() -> None:
    keyboard = {"inline_keyboard": [[{"text": "保存", "callback_data": "debrief:save:d1:00ff:"}]]}
    card = {"message_id": 3, "date": 1, "chat": PRIVATE, "text": "远山阀门"}
    replied = heard({"text": "是周总", "reply_to_message": {**card, "reply_markup": keyboard}})
    assert replied is not None
    assert replied.answers == "debrief:save:d1:00ff:"
    plain = heard({"text": "是周总", "reply_to_message": card})
    assert plain is not None
    assert plain.answers == ""


FILE = {"file_id": "F1", "file_unique_id": "U1"}


@pytest.mark.parametrize(
    ("content", "kind", "name", "media_type", "seconds"),
    [
        (
            {"voice": {**FILE, "duration": 4, "mime_type": "audio/ogg", "file_size": 9}},
            "voice",
            "voice",
            "audio/ogg",
            4,
        ),
        ({"audio": {**FILE, "duration": 61, "mime_type": "audio/mpeg"}}, "voice", "voice", "audio/mpeg", 61),
        ({"video_note": {**FILE, "duration": 3, "length": 240}}, "voice", "voice", "audio/ogg", 3),
        ({"document": {**FILE, "file_name": "手册.md"}}, "document", "手册.md", "application/octet-stream", 0),
        ({"document": FILE}, "document", "document", "application/octet-stream", 0),
        ({"photo": [{**FILE, "width": 9, "height": 9}]}, "photo", "photo.jpg", "image/jpeg", 0),
    ],
)
def test_files_by_kind(content: dict[str, Any], kind: str, name: str, media_type: str, seconds: int) -> None:
    message = heard({**content, "caption": "看这个"})
    assert message is not None
    [attachment] = message.attachments
    assert (message.kind, message.text) == (MessageKind(kind), "看这个")
    assert (attachment.reference, attachment.name) == ("F1", name)
    assert (attachment.media_type, attachment.seconds) == (media_type, seconds)


def test_the_largest_size_of_a_photo_is_taken_and_the_album_kept() -> None:
    sizes = [{"file_id": f"F{edge}", "file_unique_id": "U", "width": edge, "height": edge} for edge in (90, 320, 800)]
    message = heard({"photo": sizes, "media_group_id": "14"})
    assert message is not None
    assert (message.attachments[0].reference, message.part_of) == ("F800", "14")


@pytest.mark.parametrize(
    "content", [{"location": {"latitude": 1.0, "longitude": 2.0}}, {"dice": {"emoji": "🎲", "value": 3}}]
)
def test_what_is_none_of_these_is_other(content: dict[str, Any]) -> None:
    message = heard(content)
    assert message is not None
    assert message.kind is MessageKind.OTHER


def test_an_edited_message_says_so() -> None:
    message = heard({"text": "是周总不是邹总", "edit_date": int(time.time())}, kind="edited_message")
    assert message is not None
    assert (message.kind, message.text) == (MessageKind.EDITED, "是周总不是邹总")


def test_a_group_is_told_apart_and_its_words_are_not_kept() -> None:
    group = {"id": -5, "type": "supergroup", "title": "一组"}
    for content in ({"text": "机密"}, {"new_chat_members": [WANG]}, {"document": FILE, "caption": "机密"}):
        message = heard(content, chat=group)
        assert message is not None
        assert (message.kind, message.text, message.attachments) == (MessageKind.GROUP, "", ())


def test_messages_of_bots_and_channels_are_none() -> None:
    assert heard({"text": "hi", "from": {"id": 8, "is_bot": True, "first_name": "x"}}) is None
    post = {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "channel"}, "text": "x"}
    assert message_from(Update.de_json({"update_id": 1, "channel_post": post}), BOT) is None


def test_a_pressed_button_carries_its_action_and_what_to_answer() -> None:
    message = {"message_id": 5, "date": 1, "chat": PRIVATE, "text": "卡"}
    query = {"id": "Q1", "from": WANG, "chat_instance": "1", "data": "card:save", "message": message}
    pressed = message_from(Update.de_json({"update_id": 3, "callback_query": query}), BOT)
    assert pressed is not None
    assert (pressed.kind, pressed.button, pressed.callback, pressed.reference) == (
        MessageKind.BUTTON,
        "card:save",
        "Q1",
        "5",
    )


def test_a_button_without_message_or_data_is_none() -> None:
    for more in ({"data": "x"}, {"game_short_name": "x"}):
        query = {"id": "Q1", "from": WANG, "chat_instance": "1", **more}
        assert message_from(Update.de_json({"update_id": 3, "callback_query": query}), BOT) is None
