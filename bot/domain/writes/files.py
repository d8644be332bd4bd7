"""Voice notes and photos, and pictures that were drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.kept_file import KeptFile


@dataclass(frozen=True, slots=True)
class KeepFile:
    """A voice note or photo joins what is kept, or stands differently now; `content` None leaves that as it is.

    Conflicts when it is no longer there to be changed.
    """

    file: KeptFile
    content: bytes | None = field(default=None, repr=False)
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class DropFile:
    """A voice note or photo of this rep goes for good, and with it the work of reading it."""

    file: str
    rep: str


@dataclass(frozen=True, slots=True)
class KeepPictures:
    """Pictures drawn for this rep, by key, are kept for a while."""

    rep: str
    pictures: Mapping[str, bytes] = field(repr=False)


FileWrite = KeepFile | DropFile | KeepPictures
