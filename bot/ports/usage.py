"""What answers did for the viewer's team."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.usage import OpenQuestion, UseReport


class Usage(Protocol):
    """For those who teach the bot; a rep gets nothing of it."""

    async def open_questions(self) -> Sequence[OpenQuestion]:
        """Questions of the team that nothing answered, most frequent first, without who asked."""
        ...

    async def report(self, since: datetime) -> UseReport:
        """What happened in the team since a moment."""
        ...
