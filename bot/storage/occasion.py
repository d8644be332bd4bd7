"""By whom, when and where something is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.rep import Viewer
from bot.errors import WriteConflict


@dataclass(frozen=True, slots=True)
class Occasion:
    """What writes of one turn or job share; `author` is None for jobs, `announces` when other programs are told."""

    now: datetime
    new_id: Callable[[], str]
    author: Viewer | None = None
    conversation: int | None = None
    announces: bool = False

    @property
    def viewer(self) -> Viewer:
        """Who writes. Raises WriteConflict when nobody in particular does."""
        if self.author is None:
            raise WriteConflict("nobody in particular writes this")
        return self.author
