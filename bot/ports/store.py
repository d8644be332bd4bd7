"""The one memory: inbox, outbox, scheduled work, and the writes of a turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.message import IncomingMessage, Reply
from bot.domain.rep import Invitation, Rep, Role, Viewer
from bot.domain.writes import JoinTeam, Write
from bot.ports.conversations import Finished, Floor, Lease, Outgoing, State
from bot.ports.repository import Repository


@dataclass(frozen=True, slots=True)
class DueWork:
    """A scheduled job whose time has come."""

    row: int
    name: str
    key: str
    payload: State
    due: datetime
    conversation: int | None
    attempts: int

    @property
    def told(self) -> dict[str, str]:
        """What was told when it was scheduled, as text."""
        return {name: str(value) for name, value in self.payload.items()}

    @property
    def viewer(self) -> Viewer:
        """The rep it was scheduled for, with no more than a rep's rights. Raises KeyError for work that is nobody's."""
        return Viewer(str(self.payload["team"]), str(self.payload["rep"]), Role.REP)


class Store(Protocol):
    """The one memory. Every call is one transaction; raises StorageUnavailable when nothing could be done."""

    async def receive(self, messages: Sequence[IncomingMessage], *, cancels: Sequence[int] = ()) -> int:
        """Put messages into the inbox and return how many were new; `cancels` are positions that mean Stop."""
        ...

    async def lease(self, limit: int) -> Sequence[Lease]:
        """Take up to `limit` conversations that have something open and belong to no other worker."""
        ...

    async def renew(self, leases: Sequence[Lease]) -> Sequence[int]:
        """Keep leases alive; returns the conversations in which the rep asked to stop."""
        ...

    async def finish_turn(
        self,
        lease: Lease,
        *,
        replies: Sequence[Reply],
        floor: Floor | None,
        language: str,
        writes: Sequence[Write] = (),
        set_aside: str = "",
    ) -> Finished:
        """Everything a turn leads to, in one transaction conditional on the lease.

        `set_aside` is the incident of a message that could not be answered. Raises LeaseLost, WriteConflict.
        """
        ...

    async def is_settled(self, channel: str) -> bool:
        """True when every message of the channel is answered and every reply sent or refused."""
        ...

    async def has_due_work(self, channel: str) -> bool:
        """True while work of a conversation on this channel is due or under way."""
        ...

    async def give_back(self, lease: Lease) -> None:
        """End a lease without an answer; the message stays open."""
        ...

    async def outgoing(
        self,
        *,
        sent: Mapping[int, str],
        failed: Mapping[int, str],
        later: Mapping[int, float],
        held: Sequence[int] = (),
        limit: int,
    ) -> Sequence[Outgoing]:
        """Record what became of replies (row → the channel's reference, reason, or seconds) and take the next ones.

        `held` are rows still on their way, whose claim is kept alive.
        """
        ...

    async def due_work(self, now: datetime, limit: int, *, row: int | None = None) -> Sequence[DueWork]:
        """Take scheduled work whose time has come; with `row` only that."""
        ...

    async def upcoming_work(self, until: datetime, limit: int) -> Sequence[DueWork]:
        """Scheduled work that nobody holds, due before `until`; nothing is taken."""
        ...

    async def renew_work(self, work: DueWork) -> None:
        """Keep work that takes long."""
        ...

    async def holds_work(self, work: DueWork) -> bool:
        """Whether the work is still open and ours: neither stopped, moved nor taken over."""
        ...

    async def finish_work(self, work: DueWork, *, replies: Sequence[Reply], writes: Sequence[Write]) -> None:
        """The work is done: its writes and its replies to the conversation, in one transaction.

        Raises LeaseLost when it was moved, taken over or done elsewhere meanwhile, WriteConflict.
        """
        ...

    async def say(self, conversation: int, replies: Sequence[Reply]) -> None:
        """Put replies into a conversation outside a turn, as long work does on its way; they must fit the channel."""
        ...

    async def fail_work(self, work: DueWork, *, reason: str, again_at: datetime | None) -> None:
        """The work failed and is tried again at `again_at`, or never; nothing when it was moved or taken over."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next scheduled work is due."""
        ...

    async def admit(self, join: JoinTeam) -> Rep:
        """Make a person a rep, or find the rep this person is already. Raises WriteConflict for a code used up."""
        ...

    async def invitation(self, code: str) -> Invitation | None:
        """The invitation behind a code."""
        ...

    async def write(self, viewer: Viewer, writes: Sequence[Write]) -> None:
        """Apply writes outside a turn, on behalf of a viewer."""
        ...

    def repository(self, viewer: Viewer) -> Repository:
        """What this viewer may see."""
        ...
