"""A voice note or photo of a rep that lies with us: until it is read, and after that if he wants it kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.message import Attachment, IncomingMessage, MessageKind

LONGEST_SECONDS = 2 * 60 * 60
"""No recording may be longer."""
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
