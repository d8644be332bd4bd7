"""The table of the Bot API methods that need nothing but the world they act on."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from tests.support import telegram_editing, telegram_files, telegram_profile, telegram_sending
from tests.support.telegram_wire import Json, Upload
from tests.support.telegram_world import World

Method: TypeAlias = Callable[[World, Json, dict[str, Upload]], object]

PLAIN: dict[str, Method] = {
    "getMe": telegram_profile.get_me,
    "sendMessage": telegram_sending.send_message,
    "sendMessageDraft": telegram_sending.send_message_draft,
    "sendChatAction": telegram_sending.send_chat_action,
    "sendPhoto": telegram_sending.send_photo,
    "sendDocument": telegram_sending.send_document,
    "sendVoice": telegram_sending.send_voice,
    "editMessageText": telegram_editing.edit_message_text,
    "editMessageCaption": telegram_editing.edit_message_caption,
    "editMessageReplyMarkup": telegram_editing.edit_message_reply_markup,
    "deleteMessage": telegram_editing.delete_message,
    "deleteMessages": telegram_editing.delete_messages,
    "answerCallbackQuery": telegram_editing.answer_callback_query,
    "getFile": telegram_files.get_file,
    "getChat": telegram_profile.get_chat,
    "setMyCommands": telegram_profile.set_my_commands,
    "deleteMyCommands": telegram_profile.delete_my_commands,
    "getMyCommands": telegram_profile.get_my_commands,
    "setMyName": partial(telegram_profile.set_text, name="name"),
    "getMyName": partial(telegram_profile.get_text, name="name"),
    "setMyDescription": partial(telegram_profile.set_text, name="description"),
    "getMyDescription": partial(telegram_profile.get_text, name="description"),
    "setMyShortDescription": partial(telegram_profile.set_text, name="short_description"),
    "getMyShortDescription": partial(telegram_profile.get_text, name="short_description"),
    "setChatMenuButton": telegram_profile.set_chat_menu_button,
    "getChatMenuButton": telegram_profile.get_chat_menu_button,
}
