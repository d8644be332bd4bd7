"""What answers did for a team: questions nobody could answer, what did not help, what was used."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question nothing answered, in the words of whoever asked last; nobody is told who."""

    id: str
    text: str
    times: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """A passage or method by its title, and how often."""

    title: str
    times: int


@dataclass(frozen=True, slots=True)
class UseReport:
    """What happened since a moment, each most frequent first."""

    questions: tuple[OpenQuestion, ...]
    unhelpful: tuple[Use, ...]
    helpful: tuple[Use, ...]
    methods: tuple[Use, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is anything to put right."""
        return bool(self.questions or self.unhelpful)
