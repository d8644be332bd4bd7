"""Skills of the tests' own: one that recites what it hears, one that thinks for long, one that breaks."""

import asyncio
from dataclasses import dataclass, field

from bot.domain.message import MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText
from bot.domain.wish import Wish
from bot.ports import Floor, Outcome, Turn

SPOKEN = frozenset({MessageKind.VOICE, MessageKind.DOCUMENT, MessageKind.PHOTO})


@dataclass(slots=True)
class TrialSkill:
    """Asked for by its command alone; with the floor, all words are for it."""

    name: str
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = frozenset()
    keeps_talking: bool = False

    @property
    def commands(self) -> tuple[str, ...]:
        """Its name."""
        return (self.name,)

    def claim(self, wish: Wish) -> float:
        """Nothing."""
        return 0.0

    def holds(self, wish: Wish) -> bool:
        """Everything."""
        return True


@dataclass(slots=True)
class Recite(TrialSkill):
    """Keeps the floor and says of every message its kind, how long it is and how many files hang on it."""

    name: str = "recite"
    kinds: frozenset[MessageKind] = SPOKEN

    async def answer(self, turn: Turn) -> Outcome:
        """One line."""
        heard = f"{turn.message.kind} {len(turn.text)} {len(turn.message.attachments)} {turn.text[:40]}"
        return Outcome((Reply(RichText(heard)),), Floor(self.name))


@dataclass(slots=True)
class ThinkLong(TrialSkill):
    """Thinks until it is let go or stopped, showing its draft."""

    name: str = "think"
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    started: int = 0
    was_stopped: bool = False

    async def answer(self, turn: Turn) -> Outcome:
        """The answer, late."""
        self.started += 1
        while not self.go_on.is_set() and not turn.is_cancelled():
            turn.show(turn.text)
            await asyncio.sleep(0.01)
        self.was_stopped = turn.is_cancelled()
        return Outcome((Reply(RichText("想好了")),))


@dataclass(slots=True)
class Break(TrialSkill):
    """Raises the first few times."""

    name: str = "break"
    times: int = 1_000
    tries: int = 0

    async def answer(self, turn: Turn) -> Outcome:
        """An answer, if it ever comes to that. Raises ZeroDivisionError."""
        self.tries += 1
        if self.tries <= self.times:
            raise ZeroDivisionError("客户的话不该在这里")
        return Outcome((Reply(RichText("这次好了")),))
