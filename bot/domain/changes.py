"""Changes of the team's records that can be taken back for a while: a saved card, accounts merged or renamed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ChangeKind(StrEnum):
    """What was done."""

    SAVED = "saved"
    CONTACT = "contact"
    MERGED = "merged"
    RENAMED = "renamed"
    IMPORTED = "imported"


UNDO_FOR = {
    ChangeKind.SAVED: timedelta(days=1),
    ChangeKind.CONTACT: timedelta(days=1),
    ChangeKind.MERGED: timedelta(days=30),
    ChangeKind.RENAMED: timedelta(days=30),
    ChangeKind.IMPORTED: timedelta(days=30),
}
"""How long a change can be taken back."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something a rep changed; `subject` names it in his words, `undone` when it was taken back already."""

    id: str
    kind: ChangeKind
    subject: str
    at: datetime
    undone: bool = False

    def can_go_back(self, now: datetime) -> bool:
        """True while it was not taken back and its time is not over."""
        return not self.undone and now - self.at <= UNDO_FOR[self.kind]
