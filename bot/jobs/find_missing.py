"""After an upgrade: findings of the visits that were saved before findings were kept."""

from bot.domain.writes import FindMissing
from bot.ports import DueWork, Outcome

NAME = "find_missing"
"""The migration that brought findings schedules it."""


async def find_missing(work: DueWork) -> Outcome:
    """The write that computes them."""
    return Outcome((), writes=(FindMissing(),))
