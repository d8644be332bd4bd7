"""A voice note or photo of a rep that lies with us: until it is read, and after that if he wants it kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.message import Attachment, IncomingMessage, MessageKind

LONGEST_SECONDS = 2 * 60 * 60
"""No recording may be longer."""
PAGE_BREAK = "\n\n"
"""Stands between the words of two photos."""
_CHINESE = "\u3400", "\u9fff"


class FileState(StrEnum):
    """Where it is on its way; `read` until the turn that answers its words."""

    WAITING = "waiting"
    READ = "read"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of one message; its content is fetched apart.

    `pieces` are the words read so far, stretch by stretch. `floor` is the skill that had the floor when it was sent,
    with what that skill remembered. `draft` is what became of the words, "" unless it is kept with one;
    `card` is what a business card says, as the rep corrected it.
    """

    id: str
    rep: str
    message: IncomingMessage
    sent_at: datetime
    state: FileState = FileState.WAITING
    pieces: tuple[str, ...] = ()
    floor: tuple[str, dict[str, object]] | None = None
    draft: str = ""
    card: Mapping[str, str] | None = None

    @property
    def attachment(self) -> Attachment:
        """The file as its channel knows it."""
        return self.message.attachments[0]

    @property
    def words(self) -> str:
        """All that was read of it; of a photo line by line."""
        return "\n".join(self.pieces) if self.is_photo else joined_pieces(self.pieces)

    @property
    def is_photo(self) -> bool:
        """True for a photo, False for a voice note."""
        return self.message.kind is MessageKind.PHOTO


def photos_of(sent: KeptFile, new_id: Callable[[], str]) -> tuple[KeptFile, ...]:
    """A file for each photo of its message, in order: each is sent a microsecond after the one before."""
    return tuple(
        replace(
            sent,
            id=new_id() if page else sent.id,
            message=replace(sent.message, attachments=(attachment,)),
            sent_at=sent.sent_at + page * timedelta.resolution,
        )
        for page, attachment in enumerate(sent.message.attachments)
    )


def album_of(file: KeptFile, files: Sequence[KeptFile]) -> tuple[KeptFile, ...]:
    """The photos sent together with this one, itself among them, in the order of `files`; it alone without others."""
    album = file.message.part_of
    return tuple(one for one in files if album and one.message.part_of == album) or (file,)


def joined_pieces(pieces: Sequence[str]) -> str:
    """Stretches of speech as one text; where one ends without a mark, a comma or blank stands for the pause."""
    text = ""
    for piece in filter(None, (piece.strip() for piece in pieces)):
        text += ("" if not text else _between(text[-1])) + piece
    return text


def _between(last: str) -> str:
    if _CHINESE[0] <= last <= _CHINESE[1]:
        return "，"
    return "" if last in "。！？；，、…" else " "


def length_of(seconds: int) -> str:
    """A length as every language writes it: 3:20."""
    return f"{seconds // 60}:{seconds % 60:02}"
