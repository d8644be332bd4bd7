"""What cleaning did: the articles kept, and everything that went, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.approval import Span, approved_in

_EXCERPT = 60


class DropReason(StrEnum):
    """Why something is in no answer; the value is the end of a wording key."""

    SPAM = "spam"
    FURNITURE = "furniture"
    ADVERT = "advert"
    GARBLED = "garbled"
    REPEATED = "repeated"
    OFF_TOPIC = "off_topic"
    TOO_SHORT = "too_short"
    THROWN_OUT = "thrown_out"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Drop:
    """Something left out: how it begins, why, and all of it."""

    excerpt: str
    reason: DropReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article as it will be shown: titled, without what does not belong to it; `approved` are its approved lines."""

    title: str
    text: str
    approved: tuple[Span, ...] = ()

    @property
    def approved_lines(self) -> tuple[str, ...]:
        """Those lines, to the character."""
        return approved_in(self.text, self.approved)


def dropped(text: str, reason: DropReason) -> Drop:
    """The drop of this text."""
    flat = " ".join(text.split())
    return Drop(flat if len(flat) <= _EXCERPT else flat[: _EXCERPT - 1] + "…", reason, text)
