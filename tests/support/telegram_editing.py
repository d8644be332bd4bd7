"""What the bot can change afterwards: edits, deletions and answers to pressed buttons."""

from tests.support.telegram_markup import check_markup
from tests.support.telegram_text import MAX_CAPTION, checked_text, required_text, utf16_length
from tests.support.telegram_wire import Json, Upload, bad_request
from tests.support.telegram_world import Sent, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_STALE = "query is too old and response timeout expired or query ID is invalid"
_TEXT_FIELDS = ("text", "entities")
_CAPTION_FIELDS = ("caption", "caption_entities")


def edit_message_text(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """editMessageText."""
    sent = _editable(world, parameters)
    content = required_text(parameters)
    if "text" not in sent.message:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, sent, parameters, _TEXT_FIELDS, content)


def edit_message_caption(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """editMessageCaption."""
    sent = _editable(world, parameters)
    if "text" in sent.message:
        raise bad_request("there is no caption in the message to edit")
    content = checked_text(parameters, limit=MAX_CAPTION, name="caption", entities="caption_entities")
    return _edit(world, sent, parameters, _CAPTION_FIELDS, content if content["caption"] else {})


def edit_message_reply_markup(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """editMessageReplyMarkup."""
    return _edit(world, _editable(world, parameters), parameters, (), {})


def _editable(world: World, parameters: Json) -> Sent:
    chat = world.chat_for(parameters.get("chat_id"))
    message_id = parameters.get("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    sent = world.sent_message(chat.id, message_id)
    if sent:
        return sent
    known = (chat.id, message_id) in world.messages
    raise bad_request("message can't be edited" if known else "message to edit not found")


def _edit(world: World, sent: Sent, parameters: Json, fields: tuple[str, ...], content: Json) -> Json:
    markup = parameters.get("reply_markup")
    if markup is not None:
        check_markup(markup, inline_only=True)
    shown = {**content, **({"reply_markup": markup} if markup and any(markup["inline_keyboard"]) else {})}
    changing = (*fields, "reply_markup")
    if shown == {name: sent.message[name] for name in changing if name in sent.message}:
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in sent.message.items() if name not in changing}
    sent.message = kept | shown | {"edit_date": kept["date"] + sent.edits + 1}
    sent.edits += 1
    world.messages[sent.chat_id, sent.message_id] = sent.message
    world.changed()
    return sent.message


def delete_message(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """deleteMessage."""
    chat = world.chat_for(parameters.get("chat_id"))
    if not _delete(world, chat.id, parameters.get("message_id", 0)):
        raise bad_request("message to delete not found")
    return True


def delete_messages(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """deleteMessages: what is not there is skipped."""
    chat = world.chat_for(parameters.get("chat_id"))
    ids = parameters.get("message_ids", [])
    if not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message_id in ids:
        _delete(world, chat.id, message_id)
    return True


def _delete(world: World, chat_id: int, message_id: int) -> bool:
    found = world.messages.pop((chat_id, message_id), None)
    sent = world.sent_message(chat_id, message_id)
    if sent:
        sent.deleted = True
    world.changed()
    return found is not None


def answer_callback_query(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """answerCallbackQuery."""
    press = world.presses.get(parameters.get("callback_query_id", ""))
    if not press or world.clock() - press.at > world.press_seconds:
        raise bad_request(_STALE)
    if utf16_length(parameters.get("text", "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if "url" in parameters:
        raise bad_request("URL_INVALID")
    press.answers.append(parameters)
    world.changed()
    return True
