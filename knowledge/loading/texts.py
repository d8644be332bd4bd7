"""What every reader gives, and the limits all of them keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST_FILE = 50 * 1024 * 1024
LONGEST_TEXT = 5_000_000
"""Characters of one text; beyond it nobody reads and every step becomes slow."""


@dataclass(frozen=True, slots=True)
class RawText:
    """The text of one file, or of one member of an archive, with everything still in it.

    `unreadable` is the reason of a member that could not be read, whose text is empty. `headings` are the lines its
    format knows for headings, with their rank, 1 the highest; `is_wrapped` says that lines end where the page did.
    """

    name: str
    title: str
    text: str
    unreadable: str = ""
    headings: Mapping[str, int] = field(default_factory=dict)
    is_wrapped: bool = False


class Unreadable(StrEnum):
    """Why a document cannot be taken in; the value is the end of a wording key."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNKNOWN_KIND = "unknown_kind"
    NOT_TEXT = "not_text"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NO_TEXT_INSIDE = "no_text_inside"
    READER_MISSING = "reader_missing"
    PHOTO_READER_MISSING = "photo_reader_missing"
    NO_TEXT_IN_PHOTO = "no_text_in_photo"
    HEIC = "heic"
    TOO_SLOW = "too_slow"
    PRIVATE_ADDRESS = "private_address"
    UNREACHABLE = "unreachable"
