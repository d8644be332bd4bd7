"""One thing a rep can ask for: a turn in, an outcome out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep, Role
from bot.domain.wish import Wish
from bot.domain.writes import Write
from bot.ports.conversations import Floor, State
from bot.ports.language_models import LanguageModel
from bot.ports.repository import Repository
from bot.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Turn:
    """One message to answer: who said it, what the skill remembers, and the words to answer in."""

    message: IncomingMessage
    text: str
    rep: Rep
    now: datetime
    words: Phrasebook
    state: State
    repository: Repository
    model: LanguageModel
    is_cancelled: Callable[[], bool]
    show: Callable[[str], None]
    fetch: Callable[[Attachment], Awaitable[bytes]]

    @property
    def today(self) -> date:
        """The day it is for the rep."""
        return self.rep.day_of(self.now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a skill answers: replies in order, who has the floor afterwards, what is to be written.

    `keeps_floor` leaves the floor with whoever had it; `passes_on` gives the message to the next skill that takes
    its kind.
    """

    replies: tuple[Reply, ...]
    floor: Floor | None = None
    writes: tuple[Write, ...] = ()
    keeps_floor: bool = False
    passes_on: bool = False


class Skill(Protocol):
    """One thing a rep can ask for."""

    @property
    def name(self) -> str:
        """The key of its words in the wording."""
        ...

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that lead here, without the slash."""
        ...

    @property
    def roles(self) -> frozenset[Role]:
        """Who may use it."""
        ...

    @property
    def kinds(self) -> frozenset[MessageKind]:
        """The kinds of message beyond text and buttons that it takes when nobody has the floor."""
        ...

    @property
    def keeps_talking(self) -> bool:
        """True when it goes on after something else in between, as a practice or an open card does."""
        ...

    def claim(self, wish: Wish) -> float:
        """How sure it is that free words are for it, from 0 (not at all) to 1; 0.8 needs no second opinion."""
        ...

    def holds(self, wish: Wish) -> float:
        """With the floor: how sure it is that words are for it, not something in between; 1 lets nobody else try."""
        ...

    async def answer(self, turn: Turn) -> Outcome:
        """The answer to one message; raises WordsForRep for what cannot be."""
        ...
