"""Timed and long work."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.ports.skill import Outcome
from bot.ports.store import DueWork

Job = Callable[[DueWork], Awaitable[Outcome]]
"""Timed or long work: returns what to write and, for work that belongs to a conversation, what to say."""


class Jobs(Protocol):
    """Runs scheduled work when its time comes, also after a restart."""

    async def run(self) -> None:
        """Work until cancelled."""
        ...

    def wake(self) -> None:
        """Something new was scheduled."""
        ...
