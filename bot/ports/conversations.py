"""A chat with one person: who has the floor, who answers, what is on its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.message import IncomingMessage, Reply
from bot.domain.rep import Rep

State = Mapping[str, object]
"""What a skill remembers between two messages; plain JSON values."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The skill that expects the next words, and what it remembers.

    `under` is whose turn it is again afterwards: a practice, an open card.
    """

    skill: str
    state: State = field(default_factory=dict)
    under: "Floor | None" = None

    def of(self, skill: str) -> "Floor | None":
        """The floor of this skill, here or further down."""
        if self.skill == skill:
            return self
        return self.under.of(skill) if self.under else None

    def without(self, skill: str) -> "Floor | None":
        """What is left when this skill gives up its floor."""
        below = self.under.without(skill) if self.under else None
        return below if self.skill == skill else replace(self, under=below)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat with one person; `rep` is None for an outsider."""

    id: int
    channel: str
    bot: str
    chat: str
    person: str
    rep: Rep | None
    language: str
    floor: Floor | None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer one conversation's oldest open message (`rows` when a client cut it into several).

    `attempts` counts the tries including this one.
    """

    token: str
    conversation: Conversation
    rows: tuple[int, ...]
    message: IncomingMessage
    attempts: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way: its outbox row, where to, and how often it was tried before."""

    row: int
    channel: str
    chat: str
    reply: Reply
    attempts: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished turn leaves to do: more messages of that conversation, and a reply this worker may send now."""

    more_waits: bool
    to_send: Outgoing | None
