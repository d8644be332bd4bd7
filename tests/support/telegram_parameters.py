"""Which parameters each Bot API method takes (Bot API 10.0), and the check that a call keeps to them."""

import json
import re

from tests.support.telegram_wire import Json, bad_request

_INTEGER = re.compile(r"-?\d{1,19}")
_BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


def _signature(text: str) -> dict[str, str]:
    """`name:kind name:kind` as a table; a bare name is a string."""
    pairs = (word.partition(":") for word in text.split())
    return {name: kind or "str" for name, _, kind in pairs}


_SENDING = (
    "business_connection_id chat_id:chat message_thread_id:int direct_messages_topic_id:int disable_notification:bool "
    "protect_content:bool allow_paid_broadcast:bool message_effect_id suggested_post_parameters:object "
    "reply_parameters:object reply_markup:object"
)
_CAPTION = "caption parse_mode caption_entities:list"
_EDITING = "business_connection_id chat_id:chat message_id:int inline_message_id reply_markup:object"

SIGNATURES: dict[str, dict[str, str]] = {
    name: _signature(text)
    for name, text in {
        "getMe": "",
        "getUpdates": "offset:int limit:int timeout:int allowed_updates:list",
        "setWebhook": "url certificate:file ip_address max_connections:int allowed_updates:list "
        "drop_pending_updates:bool secret_token",
        "deleteWebhook": "drop_pending_updates:bool",
        "getWebhookInfo": "",
        "sendMessage": f"{_SENDING} text parse_mode entities:list link_preview_options:object",
        "sendMessageDraft": "chat_id:int message_thread_id:int draft_id:int text parse_mode entities:list",
        "sendPhoto": f"{_SENDING} photo:file {_CAPTION} show_caption_above_media:bool has_spoiler:bool",
        "sendDocument": f"{_SENDING} document:file thumbnail:file {_CAPTION} disable_content_type_detection:bool",
        "sendVoice": f"{_SENDING} voice:file {_CAPTION} duration:int",
        "editMessageText": f"{_EDITING} text parse_mode entities:list link_preview_options:object",
        "editMessageCaption": f"{_EDITING} {_CAPTION} show_caption_above_media:bool",
        "editMessageReplyMarkup": _EDITING,
        "deleteMessage": "chat_id:chat message_id:int",
        "deleteMessages": "chat_id:chat message_ids:list",
        "sendChatAction": "business_connection_id chat_id:chat message_thread_id:int action",
        "answerCallbackQuery": "callback_query_id text show_alert:bool url cache_time:int",
        "getFile": "file_id",
        "getChat": "chat_id:chat",
        "leaveChat": "chat_id:chat",
        "setMyCommands": "commands:list scope:object language_code",
        "deleteMyCommands": "scope:object language_code",
        "getMyCommands": "scope:object language_code",
        "setMyName": "name language_code",
        "getMyName": "language_code",
        "setMyDescription": "description language_code",
        "getMyDescription": "language_code",
        "setMyShortDescription": "short_description language_code",
        "getMyShortDescription": "language_code",
        "setChatMenuButton": "chat_id:int menu_button:object",
        "getChatMenuButton": "chat_id:int",
    }.items()
}
METHODS = {name.lower(): name for name in SIGNATURES}


def checked(method: str, raw: Json, violations: list[str]) -> Json:
    """The parameters with their declared types; unknown ones are left out and noted as violations."""
    signature = SIGNATURES[method]
    typed: Json = {}
    for name, value in raw.items():
        kind = signature.get(name)
        if kind is None:
            violations.append(f"{method}: unknown parameter {name}")
            continue
        typed[name] = value if kind == "str" and isinstance(value, str) else _converted(name, kind, value)
    return typed


def _converted(name: str, kind: str, value: object) -> object:
    if kind == "int" or (kind == "chat" and not (isinstance(value, str) and value.startswith("@"))):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and _INTEGER.fullmatch(value):
            return int(value)
        raise _wrong_type(name, "Integer")
    if kind == "bool":
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in _BOOLEANS:
            return _BOOLEANS[value]
        raise _wrong_type(name, "Boolean")
    if kind in {"object", "list"}:
        return _structure(name, kind, value)
    if isinstance(value, str):
        return value
    raise _wrong_type(name, "String")


def _structure(name: str, kind: str, value: object) -> object:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error
    if not isinstance(value, dict if kind == "object" else list):
        raise _wrong_type(name, "Object" if kind == "object" else "Array")
    return value


def _wrong_type(name: str, expected: str) -> Exception:
    return bad_request(f'parameter "{name}" must be of type {expected}')
