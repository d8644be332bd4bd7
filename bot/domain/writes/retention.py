"""What is kept no longer."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class EraseOldTexts:
    """Erase texts of messages answered and replies sent longer ago than `age`, and reps' own words after `words`."""

    age: timedelta
    words: timedelta


@dataclass(frozen=True, slots=True)
class EraseOldFiles:
    """Erase voice notes and photos sent longer ago than `age`."""

    age: timedelta


RetentionWrite = EraseOldTexts | EraseOldFiles
