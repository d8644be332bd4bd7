"""What is noted of answers and of questions that had none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """An answer was given that rested on these passages (id and title) and methods; nothing of the question is kept."""

    id: str
    passages: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """The rep says whether an answer of his helped, and may say otherwise later."""

    answer: str
    helped: bool


@dataclass(frozen=True, slots=True)
class NoteUnanswered:
    """Nothing answered this question; it is kept for those who teach the bot, without who asked."""

    question: str


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """A question nothing answered is dealt with (it opens when it is asked again), or not wanted at all."""

    question: str
    is_done: bool


AnswerWrite = NoteAnswer | RateAnswer | NoteUnanswered | CloseQuestion
