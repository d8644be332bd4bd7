"""What the bot can send: text, drafts, pictures, documents, voice and the 'typing' sign."""

from tests.support import telegram_files
from tests.support.telegram_markup import check_markup
from tests.support.telegram_text import MAX_CAPTION, checked_text, required_text
from tests.support.telegram_wire import Json, Upload, bad_request
from tests.support.telegram_world import Chat, World

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """sendMessage."""
    chat = world.chat_for(parameters.get("chat_id"))
    return _send(world, "sendMessage", chat, parameters, required_text(parameters))


def send_message_draft(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """sendMessageDraft: private chats only, leaves no message."""
    chat = world.chat_for(parameters.get("chat_id"))
    if not chat.is_private:
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    if not parameters.get("draft_id"):
        raise bad_request("draft_id must be non-zero")
    content = checked_text(parameters)
    if world.recording:
        world.drafts.append({"chat_id": chat.id, "draft_id": parameters["draft_id"], **content})
        world.changed()
    return True


def send_chat_action(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """sendChatAction."""
    chat = world.chat_for(parameters.get("chat_id"))
    action = parameters.get("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    if world.recording:
        world.actions.append((chat.id, action))
        world.changed()
    return True


def send_photo(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """sendPhoto."""
    chat = world.chat_for(parameters.get("chat_id"))
    file = telegram_files.given(world, "photo", parameters, uploads)
    width, height = telegram_files.checked_picture(file)
    sizes = [telegram_files.picture_size(file, width, height)]
    return _send(world, "sendPhoto", chat, parameters, {"photo": sizes, **_caption(parameters)})


def send_document(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """sendDocument."""
    chat = world.chat_for(parameters.get("chat_id"))
    file = telegram_files.given(world, "document", parameters, uploads)
    return _send(
        world, "sendDocument", chat, parameters, {"document": telegram_files.document(file), **_caption(parameters)}
    )


def send_voice(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """sendVoice."""
    chat = world.chat_for(parameters.get("chat_id"))
    file = telegram_files.given(world, "voice", parameters, uploads)
    voice = telegram_files.voice(file, parameters.get("duration", 0))
    return _send(world, "sendVoice", chat, parameters, {"voice": voice, **_caption(parameters)})


def _caption(parameters: Json) -> Json:
    if not parameters.get("caption"):
        return {}
    return checked_text(parameters, limit=MAX_CAPTION, name="caption", entities="caption_entities")


def _send(world: World, method: str, chat: Chat, parameters: Json, content: Json) -> Json:
    markup = parameters.get("reply_markup")
    if markup is not None:
        check_markup(markup)
        if any(markup.get("inline_keyboard", ())):
            content["reply_markup"] = markup
    reply = parameters.get("reply_parameters")
    if reply is not None:
        _add_replied(world, chat, reply, content)
    message = world.new_message(chat, world.bot_user, content)
    world.record(method, chat, parameters, message)
    return message


def _add_replied(world: World, chat: Chat, reply: Json, content: Json) -> None:
    replied = world.messages.get((chat.id, reply.get("message_id", 0)))
    if replied:
        content["reply_to_message"] = {name: value for name, value in replied.items() if name != "reply_to_message"}
    elif not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
