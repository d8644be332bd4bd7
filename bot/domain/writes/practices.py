"""A practice."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeepPractice:
    """A practice as it stands after a turn; the last one brings its scorecard."""

    id: str
    scenario: str
    state: Mapping[str, object]
    scorecard: Mapping[str, object] | None = None


PracticeWrite = KeepPractice
