"""Documents as those who look after them see them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.rep import Role, Viewer
from knowledge.approval import Span

TEACHERS = frozenset({Role.MANAGER, Role.ADMIN})
"""Who may take documents in and change them."""


@dataclass(frozen=True, slots=True)
class ShelfDocument:
    """One version of a document; counts are of its articles, `dropped` of the pieces cleaning took out.

    `owner` is the team that may change it; `is_shared` when all teams see it.
    """

    id: str
    name: str
    version: int
    owner: str | None
    is_shared: bool
    is_live: bool
    taken_in_at: datetime | None
    kept: int = 0
    merged: int = 0
    left_out: int = 0
    dropped: int = 0

    def may_be_changed_by(self, viewer: Viewer) -> bool:
        """A manager or admin changes what is his team's; what all see only an admin of the team that shared it."""
        if viewer.role not in TEACHERS or self.owner not in (None, viewer.team):
            return False
        return viewer.role is Role.ADMIN if self.is_shared else self.owner == viewer.team


@dataclass(frozen=True, slots=True)
class ShelfArticle:
    """An article of a document; `left_out` is the reason why no answer uses it, `told_by` the title that tells it.

    `approved` are the lines the document marks as approved wording.
    """

    id: str
    document: str
    title: str
    text: str
    left_out: str = ""
    told_by: str = ""
    approved: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfPiece:
    """What cleaning took out of a document."""

    id: str
    document: str
    text: str
    reason: str
