"""The Store of ports.py on SQLAlchemy: every method is one transaction."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from bot.domain.message import IncomingMessage, Reply
from bot.domain.rep import Invitation, Rep, Viewer
from bot.domain.writes import JoinTeam, Write
from bot.errors import CannotStart
from bot.ports import Clock, DueWork, Finished, Floor, Ids, Lease, Outgoing, Repository
from bot.storage import inbox, outbox, people, scheduled_work
from bot.storage.applying import apply
from bot.storage.database import Database
from bot.storage.holding import release_all
from bot.storage.occasion import Occasion
from bot.storage.pausing import may_receive
from bot.storage.repository import DatabaseRepository

PAUSED_LOOK_SECONDS = 0.1


class DatabaseStore:
    """Everything the program remembers, in SQLite or PostgreSQL.

    When it `announces`, what is saved and taken back is scheduled to be told to other programs.
    """

    def __init__(
        self, database: Database, clock: Clock, ids: Ids, *, channels: Sequence[str] = (), announces: bool = False
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._channels = channels
        self._announces = announces
        self._worker = uuid4().hex

    async def receive(self, messages: Sequence[IncomingMessage], *, cancels: Sequence[int] = ()) -> int:
        """Put messages into the inbox, once receiving is not paused; returns how many were new."""

        def work(connection: Connection) -> int | None:
            return inbox.receive(connection, messages, cancels) if may_receive(connection) else None

        while (new := await self._database.run(work, durable=True)) is None:
            await asyncio.sleep(PAUSED_LOOK_SECONDS)
        return new

    async def lease(self, limit: int) -> Sequence[Lease]:
        """Take conversations with something open."""
        return await self._database.run(lambda c: inbox.lease(c, limit))

    async def renew(self, leases: Sequence[Lease]) -> Sequence[int]:
        """Keep leases alive; returns the conversations whose rep asked to stop."""
        return await self._database.run(lambda c: inbox.renew(c, leases))

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
        """Answer a message: one transaction conditional on the lease. Raises LeaseLost, WriteConflict."""
        talk = lease.conversation
        claim = self._worker if talk.channel in self._channels else ""

        def work(connection: Connection) -> Finished:
            more = inbox.close_turn(connection, lease, floor=floor, language=language, incident=set_aside)
            # who joined with this very message is no rep yet in the lease
            rep = talk.rep or (people.find_rep_of(connection, talk.channel, talk.person) if writes else None)
            self._apply(connection, writes, rep.viewer if rep else None, talk.id)
            row = outbox.put(connection, talk.id, replies, claim=claim)
            first = Outgoing(row, talk.channel, talk.chat, replies[0], 0) if row else None
            return Finished(more, first)

        return await self._database.run(work)

    async def is_settled(self, channel: str) -> bool:
        """True when every message of the channel is answered and every reply sent or refused."""
        return await self._database.run(lambda c: outbox.is_settled(c, channel))

    async def has_due_work(self, channel: str) -> bool:
        """True while work of a conversation on this channel is due or under way."""
        now = self._clock.now()
        return await self._database.run(lambda c: scheduled_work.is_due_for(c, channel, now))

    async def give_back(self, lease: Lease) -> None:
        """End a lease without an answer."""
        await self._database.run(lambda c: inbox.give_back(c, lease))

    async def outgoing(
        self,
        *,
        sent: Mapping[int, str],
        failed: Mapping[int, str],
        later: Mapping[int, float],
        held: Sequence[int] = (),
        limit: int,
    ) -> Sequence[Outgoing]:
        """Record what became of replies, keep those on their way, and take the next ones."""

        def work(connection: Connection) -> Sequence[Outgoing]:
            outbox.record(connection, sent=sent, failed=failed, later=later)
            if held:
                outbox.keep(connection, held, self._worker)
            return outbox.claim(connection, self._channels, self._worker, limit) if limit else []

        return await self._database.run(work)

    async def due_work(self, now: datetime, limit: int, *, row: int | None = None) -> Sequence[DueWork]:
        """Take scheduled work whose time has come; with `row` only that."""
        return await self._database.run(lambda c: scheduled_work.claim_due(c, now, self._worker, limit, row))

    async def upcoming_work(self, until: datetime, limit: int) -> Sequence[DueWork]:
        """Scheduled work that nobody holds, due before `until`; nothing is taken."""
        return await self._database.run(lambda c: scheduled_work.upcoming(c, until, limit))

    async def renew_work(self, work: DueWork) -> None:
        """Keep work that takes long."""
        await self._database.run(lambda c: scheduled_work.renew(c, work))

    async def holds_work(self, work: DueWork) -> bool:
        """Whether the work is still open and ours."""
        return await self._database.run(lambda c: scheduled_work.is_open(c, work))

    async def finish_work(self, work: DueWork, *, replies: Sequence[Reply], writes: Sequence[Write]) -> None:
        """Close work with its writes and replies. Raises LeaseLost, WriteConflict."""

        def close(connection: Connection) -> None:
            scheduled_work.finish(connection, work)
            self._apply(connection, writes, None, work.conversation)
            if work.conversation is not None:
                outbox.put(connection, work.conversation, replies)

        await self._database.run(close)

    async def say(self, conversation: int, replies: Sequence[Reply]) -> None:
        """Put replies into a conversation outside a turn."""
        await self._database.run(lambda c: outbox.put(c, conversation, replies))

    async def fail_work(self, work: DueWork, *, reason: str, again_at: datetime | None) -> None:
        """Note a failure."""
        await self._database.run(lambda c: scheduled_work.fail(c, work, reason, again_at))

    async def next_due(self) -> datetime | None:
        """When the next scheduled work is due."""
        return await self._database.run(scheduled_work.next_due)

    async def admit(self, join: JoinTeam) -> Rep:
        """Make a person a rep, or find the rep this person is already. Raises WriteConflict for a code used up."""
        return await self._database.run(lambda c: people.admit(c, join, new_id=self._ids.new(), now=self._clock.now()))

    async def invitation(self, code: str) -> Invitation | None:
        """The invitation behind a code."""
        return await self._database.run(lambda c: people.find_invitation(c, code))

    async def write(self, viewer: Viewer, writes: Sequence[Write]) -> None:
        """Apply writes outside a turn. Raises WriteConflict."""
        await self._database.run(lambda c: self._apply(c, writes, viewer, None))

    async def take_over(self) -> None:
        """End what a process that is gone still holds; only for the one owner of a data folder."""
        await self._database.run(release_all)

    def repository(self, viewer: Viewer) -> Repository:
        """What this viewer may see."""
        return DatabaseRepository(self._database, viewer)

    async def administrator(self, new_name: str, *, team: str | None = None) -> Viewer:
        """The command line's view of the named team, else of the first one, created under `new_name` if need be.

        Raises CannotStart for a team nobody knows.
        """
        return await self._database.run(lambda c: self._administrator(c, new_name, team))

    def _administrator(self, connection: Connection, new_name: str, team: str | None) -> Viewer:
        found = people.find_team(connection, team)
        if found is None and team is not None:
            raise CannotStart(f"There is no team {team!r}.")
        if found is None:
            found = self._ids.new()
            people.create_team(connection, found, new_name, self._clock.now())
        return people.administrator_of(found)

    def _apply(
        self, connection: Connection, writes: Sequence[Write], viewer: Viewer | None, conversation: int | None
    ) -> None:
        occasion = Occasion(self._clock.now(), self._ids.new, viewer, conversation, self._announces)
        apply(connection, writes, occasion)
