"""Retention: what has been kept long enough is erased, every hour."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.writes import EraseOldFiles, EraseOldTexts, Schedule
from bot.ports import Clock, DueWork, Outcome

NAME = "keep_house"
EVERY = timedelta(hours=1)
TEXTS_FOR = timedelta(days=7)
"""Texts of answered messages and sent replies are erased after this time; their rows stay for counting."""
WORDS_FOR = timedelta(days=365)
"""A rep's own words are erased after this time, as the notice says; what he confirmed stays."""

FILES_FOR = timedelta(days=30)
"""Voice notes and photos go after this time, read or not."""


@dataclass(frozen=True, slots=True)
class KeepHouse:
    """Erases and asks to be called again."""

    clock: Clock

    async def __call__(self, work: DueWork) -> Outcome:
        """The erasure and the next appointment."""
        return Outcome((), writes=(EraseOldTexts(TEXTS_FOR, WORDS_FOR), EraseOldFiles(FILES_FOR), self.next()))

    def next(self) -> Schedule:
        """The next appointment."""
        due = self.clock.now() + EVERY
        return Schedule(NAME, due.strftime("%Y-%m-%dT%H"), due)
