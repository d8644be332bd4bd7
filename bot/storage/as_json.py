"""Messages and replies as JSON for the inbox and outbox, and back."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.message import Attachment, Button, File, IncomingMessage, MessageKind, Reply
from bot.domain.rich_text import Mark, RichText, Span


def message_as_json(message: IncomingMessage) -> dict[str, Any]:
    """A message without its empty fields."""
    row = {name: value for name, value in asdict(message).items() if value}
    if message.sent_at:
        row["sent_at"] = message.sent_at.isoformat()
    return row


def message_from_json(row: dict[str, Any]) -> IncomingMessage:
    """The message that was stored."""
    values = dict(row)
    values["kind"] = MessageKind(values["kind"])
    values["attachments"] = tuple(Attachment(**a) for a in values.get("attachments", ()))
    if "sent_at" in values:
        values["sent_at"] = datetime.fromisoformat(values["sent_at"])
    return IncomingMessage(**{"update": 0, **values})


def reply_as_json(reply: Reply) -> dict[str, Any]:
    """A reply without its file's content, which has a column of its own."""
    row: dict[str, Any] = {"text": reply.text.text}
    if reply.text.spans:
        row["spans"] = [[s.start, s.end, s.mark.value] for s in reply.text.spans]
    if reply.buttons:
        row["buttons"] = [[[b.label, b.action] for b in line] for line in reply.buttons]
    if reply.file:
        row["file"] = [reply.file.name, reply.file.media_type]
    if reply.edits:
        row["edits"] = reply.edits
    if reply.revises:
        row["revises"] = reply.revises
    if reply.leaves_chat:
        row["leaves_chat"] = True
    return row


def reply_from_json(row: dict[str, Any], content: bytes | None) -> Reply:
    """The reply that was stored."""
    spans = tuple(Span(start, end, Mark(mark)) for start, end, mark in row.get("spans", ()))
    buttons = tuple(tuple(Button(label, action) for label, action in line) for line in row.get("buttons", ()))
    file = File(row["file"][0], row["file"][1], content or b"") if "file" in row else None
    text = RichText(row["text"], spans)
    return Reply(
        text,
        buttons,
        file,
        edits=row.get("edits", ""),
        leaves_chat=row.get("leaves_chat", False),
        revises=row.get("revises", ""),
    )
