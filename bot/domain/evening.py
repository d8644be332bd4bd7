"""What a rep chose about the question at the end of his day."""

from dataclasses import dataclass
from datetime import date

HOURS = (17, 18, 19, 20, 21)
WEEKS = (5, 6, 7)


@dataclass(frozen=True, slots=True)
class Evening:
    """A rep's choice: the hour (None: never asked), how many days of the week from Monday, silent before which day."""

    hour: int | None = None
    work_days: int = 5
    silent_until: date | None = None

    def is_silent_on(self, day: date) -> bool:
        """True on a day of the week the rep has off, and while he asked for silence."""
        return day.weekday() >= self.work_days or (self.silent_until is not None and day < self.silent_until)


NEVER = Evening()
"""Nobody is asked who has not chosen to be."""
