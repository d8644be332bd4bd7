"""What comes in from a channel and what goes out to it, without any channel's types."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.rich_text import RichText

BUTTON_BYTES = 64
"""Telegram's limit for the data of a button."""


class MessageKind(StrEnum):
    """What a rep sent."""

    TEXT = "text"
    VOICE = "voice"
    DOCUMENT = "document"
    PHOTO = "photo"
    BUTTON = "button"
    EDITED = "edited"
    OTHER = "other"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that lies with the channel until it is fetched; `size` in bytes, `seconds` for audio."""

    reference: str
    name: str
    media_type: str
    size: int
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One message of one person, as the channel delivered it.

    `update` is the channel's own number of the delivery, unique per channel and bot for 48 hours. `part_of` names
    the album or cut text that several messages belong to. `file` is a file of theirs that was read meanwhile: such a
    message is of our own making. `answers` is what the first button does under
    the message of ours that this one replies to.
    """

    channel: str
    bot: str
    update: int
    chat: str
    person: str
    kind: MessageKind
    text: str = ""
    person_name: str = ""
    language_hint: str = ""
    attachments: tuple[Attachment, ...] = ()
    button: str = ""
    callback: str = ""
    reference: str = ""
    answers: str = ""
    part_of: str = ""
    file: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a reply; `action` comes back when it is pressed.

    Raises ValueError when the action is empty or longer than 64 bytes.
    """

    label: str
    action: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.action.encode()) <= BUTTON_BYTES:
            raise ValueError(f"the action of a button takes 1 to {BUTTON_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class File:
    """A file or picture to send."""

    name: str
    media_type: str
    content: bytes = field(repr=False)

    @property
    def is_picture(self) -> bool:
        """True when channels should show it rather than offer it for download."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the rep: text, rows of buttons, at most one file.

    `edits` is the channel's reference of an earlier message of ours to change instead of sending a new one. A reply
    whose reference nobody knows yet gets a `label`, and a later one of the same chat `revises` the message of that
    label; where it never arrived, the later one is sent as new. `leaves_chat` makes the bot leave the group after these
    words.
    """

    text: RichText
    buttons: tuple[tuple[Button, ...], ...] = ()
    file: File | None = None
    edits: str = ""
    leaves_chat: bool = False
    label: str = ""
    revises: str = ""
