"""Telegram's updates as incoming messages, our replies as what Telegram takes."""

from dataclasses import replace

from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    Update,
    User,
)

from bot.channels.text_pieces import CAPTION_UNITS, TEXT_UNITS, pieces, units
from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from bot.domain.rich_text import RichText

CHANNEL = "telegram"


def message_from(update: Update, bot: str) -> IncomingMessage | None:
    """The message in an update, None for what is no message to us (our own membership, channels, services)."""
    if update.callback_query:
        return _from_button(update.update_id, update.callback_query, bot)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    incoming = _from_message(update.update_id, message, message.from_user, bot)
    if message.chat.type != Chat.PRIVATE:
        return replace(incoming, kind=MessageKind.GROUP, text="", attachments=())
    if update.edited_message:
        return replace(incoming, kind=MessageKind.EDITED)
    return incoming


def _from_button(number: int, query: CallbackQuery, bot: str) -> IncomingMessage | None:
    if query.message is None or query.data is None:
        return None
    return IncomingMessage(
        channel=CHANNEL,
        bot=bot,
        update=number,
        chat=str(query.message.chat.id),
        person=str(query.from_user.id),
        kind=MessageKind.BUTTON,
        person_name=query.from_user.full_name,
        language_hint=_hint(query.from_user),
        button=query.data,
        callback=query.id,
        reference=str(query.message.message_id),
    )


def _from_message(number: int, message: Message, person: User, bot: str) -> IncomingMessage:
    kind, attachment = _content(message)
    return IncomingMessage(
        channel=CHANNEL,
        bot=bot,
        update=number,
        chat=str(message.chat.id),
        person=str(person.id),
        kind=kind,
        text=message.text or message.caption or "",
        person_name=person.full_name,
        language_hint=_hint(person),
        attachments=(attachment,) if attachment else (),
        reference=str(message.message_id),
        answers=_answered(message),
        part_of=message.media_group_id or "",
        sent_at=message.edit_date or message.date,
    )


def _answered(message: Message) -> str:
    """What the first button did under the message of ours that this one replies to; "" where it replies to none."""
    replied = message.reply_to_message
    keyboard = replied.reply_markup.inline_keyboard if replied and replied.reply_markup else ()
    action = keyboard[0][0].callback_data if keyboard and keyboard[0] else ""
    return action if isinstance(action, str) else ""


def _content(message: Message) -> tuple[MessageKind, Attachment | None]:
    if message.text is not None:
        return MessageKind.TEXT, None
    if sound := message.voice or message.audio or message.video_note:
        media_type = getattr(sound, "mime_type", None) or "audio/ogg"
        length = sound.duration
        seconds = int(length.total_seconds() if hasattr(length, "total_seconds") else length)
        return MessageKind.VOICE, Attachment(sound.file_id, "voice", media_type, sound.file_size or 0, seconds)
    if message.photo:
        best = message.photo[-1]
        return MessageKind.PHOTO, Attachment(best.file_id, "photo.jpg", "image/jpeg", best.file_size or 0)
    if file := message.document:
        name = file.file_name or "document"
        media_type = file.mime_type or "application/octet-stream"
        return MessageKind.DOCUMENT, Attachment(file.file_id, name, media_type, file.file_size or 0)
    return MessageKind.OTHER, None


def _hint(person: User) -> str:
    return (person.language_code or "").partition("-")[0].lower()


def fitted(reply: Reply) -> tuple[Reply, ...]:
    """The reply as messages Telegram takes, in order; the buttons hang on the last one."""
    limit = CAPTION_UNITS if reply.file else TEXT_UNITS
    if units(reply.text.text) <= limit:
        return (reply,)
    texts = [Reply(piece) for piece in pieces(reply.text)]
    texts[0] = replace(texts[0], edits=reply.edits, revises=reply.revises, label=reply.label)
    texts[-1] = replace(texts[-1], buttons=reply.buttons, leaves_chat=reply.leaves_chat)
    return (Reply(RichText(""), file=reply.file), *texts) if reply.file else tuple(texts)


def entities_of(text: RichText) -> list[MessageEntity]:
    """The marks of a text as Telegram counts them."""
    entities = [MessageEntity(s.mark.value, s.start, s.end - s.start) for s in text.spans if s.end > s.start]
    return list(MessageEntity.adjust_message_entities_to_utf_16(text.text, entities)) if entities else []


def keyboard_of(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons of a reply."""
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.action) for b in row] for row in reply.buttons]
    )
