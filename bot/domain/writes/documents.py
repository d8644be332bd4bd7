"""What those who look after documents decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WithdrawDocument:
    """No answer uses this document any more; it is kept. Conflicts when the writer may not change it."""

    document: str


@dataclass(frozen=True, slots=True)
class RestoreDocument:
    """Answers use this version again, instead of whichever they used. Conflicts when the writer may not change it."""

    document: str


@dataclass(frozen=True, slots=True)
class ShareDocument:
    """A document is for all teams, or again only for the team that shared it. Conflicts but for admins."""

    document: str
    with_all: bool


@dataclass(frozen=True, slots=True)
class RuleOnArticle:
    """An article is taken in whatever cleaning says, or thrown out; the next file that brings it is treated alike."""

    article: str
    taken_in: bool


@dataclass(frozen=True, slots=True)
class TakeInPiece:
    """A dropped piece becomes an article of its own, also when the next file brings it; twice changes nothing more."""

    piece: str


@dataclass(frozen=True, slots=True)
class StopReading:
    """A document on its way in, by the label of its lesson, is not taken in. Conflicts when it is in already."""

    label: str


DocumentWrite = StopReading | WithdrawDocument | RestoreDocument | ShareDocument | RuleOnArticle | TakeInPiece
