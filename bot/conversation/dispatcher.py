"""Takes conversations with something open and answers them, side by side, one turn at a time in each."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import uuid4

from bot.conversation.handle_message import STOPPED, Answer, Door, Progress, apology
from bot.conversation.waiting import wait_at_most
from bot.errors import LeaseLost, SendingFailed, StorageUnavailable, WriteConflict
from bot.ports import Channel, Finished, Floor, Lease, Outgoing, Store
from bot.wording.phrasebook import LANGUAGES

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 32
ATTEMPTS = 3
"""After so many tries a message is set aside with an apology."""
LOOK_SECONDS = 0.5
"""How often the inbox is looked at when nobody wakes us: rows that had to wait, other processes' rows."""
THINKING_AFTER_SECONDS = 0.3
RENEW_SECONDS = 1.0
STORAGE_PATIENCE_SECONDS = 5.0


@dataclass(slots=True)
class _RunningTurn:
    lease: Lease
    draft: str = ""
    cancelled: bool = False
    shown: str | None = None


class Dispatcher:
    """Runs turns until cancelled."""

    def __init__(
        self, store: Store, door: Door, channels: Mapping[str, Channel], answered: Callable[[Outgoing | None], None]
    ) -> None:
        self._store = store
        self._door = door
        self._channels = channels
        self._answered = answered
        self._something_new = asyncio.Event()
        self._running: dict[int, _RunningTurn] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_full = False

    def wake(self) -> None:
        """Something new is in the inbox."""
        self._something_new.set()

    async def run(self) -> None:
        """Answer until cancelled; running turns are then given up, their messages stay open."""
        watcher = asyncio.create_task(self._watch())
        try:
            while True:
                await self._take_some()
        finally:
            watcher.cancel()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(watcher, *self._tasks, return_exceptions=True)

    @property
    def is_idle(self) -> bool:
        """True when no turn is running."""
        return not self._tasks

    async def _take_some(self) -> None:
        self._something_new.clear()
        room = SIDE_BY_SIDE - len(self._running)
        leases = await self._lease(room)
        self._is_full = len(leases) >= room
        for lease in leases:
            turn = _RunningTurn(lease)
            self._running[lease.conversation.id] = turn
            task = asyncio.create_task(self._run_turn(turn))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not self._is_full or not room:
            await wait_at_most(self._something_new, LOOK_SECONDS)

    async def _lease(self, limit: int) -> list[Lease]:
        if limit <= 0:
            return []
        try:
            return list(await self._store.lease(limit))
        except StorageUnavailable as error:
            log.error("the inbox cannot be read", extra={"action": "lease_failed", "reason": str(error)})
            await asyncio.sleep(LOOK_SECONDS)
            return []

    async def _run_turn(self, turn: _RunningTurn) -> None:
        lease = turn.lease
        try:
            await self._acknowledge(lease)
            await self._finish(turn, await self._think(turn))
        except LeaseLost:
            log.warning("a turn was taken over", extra={"action": "lease_lost", "conversation": lease.conversation.id})
        except Exception as error:  # noqa: BLE001  the edge of the loop: whatever a skill raises, the rep is answered
            await self._failed(lease, error)
        finally:
            self._running.pop(lease.conversation.id, None)
            if self._is_full:
                self._something_new.set()

    async def _think(self, turn: _RunningTurn) -> Answer:
        lease = turn.lease
        if lease.attempts > ATTEMPTS:
            raise RuntimeError("this message was tried too often")
        channel = self._channels[lease.conversation.channel]

        def show(draft: str) -> None:
            turn.draft = draft

        progress = Progress(lambda: turn.cancelled, show, channel.fetch)
        return await self._door.answer(lease, progress)

    async def _finish(self, turn: _RunningTurn, answer: Answer) -> None:
        lease, patience = turn.lease, LOOK_SECONDS
        channel = self._channels[lease.conversation.channel]
        if turn.cancelled:
            answer = Answer((), Floor(STOPPED), answer.language)
        replies = [piece for reply in answer.replies for piece in channel.fit(reply)]
        while True:
            try:
                finished = await self._store.finish_turn(
                    lease, replies=replies, floor=answer.floor, language=answer.language, writes=answer.writes
                )
            except StorageUnavailable as error:
                log.error("an answer waits for the database", extra={"action": "finish_failed", "reason": str(error)})
                await asyncio.sleep(patience)
                patience = min(2 * patience, STORAGE_PATIENCE_SECONDS)
            else:
                self._settle(finished)
                return

    async def _failed(self, lease: Lease, error: Exception) -> None:
        """Try again, or after the last attempt apologise and set the message aside."""
        conflict = isinstance(error, WriteConflict)
        if lease.attempts < ATTEMPTS:
            fields = {"action": "turn_failed", "error": type(error).__name__, "attempt": lease.attempts}
            log.warning("a turn failed and is tried again", extra=fields, exc_info=None if conflict else error)
            await self._store.give_back(lease)
            self._something_new.set()
            return
        incident = uuid4().hex[:8]
        log.error("a message was set aside", extra={"action": "set_aside", "incident": incident}, exc_info=error)
        talk = lease.conversation
        language = talk.language if talk.language in LANGUAGES else LANGUAGES[0]
        replies = (apology(language, incident),)
        finished = await self._store.finish_turn(
            lease, replies=replies, floor=talk.floor, language=talk.language, set_aside=incident
        )
        self._settle(finished)

    def _settle(self, finished: Finished) -> None:
        if finished.more_waits:
            self._something_new.set()
        self._answered(finished.to_send)

    async def _acknowledge(self, lease: Lease) -> None:
        if lease.message.callback:
            await self._channels[lease.conversation.channel].acknowledge(lease.message.callback)

    async def _watch(self) -> None:
        """Keep the leases of long turns, hear Stop, and show that somebody thinks."""
        since: dict[str, int] = {}
        while True:
            await asyncio.sleep(THINKING_AFTER_SECONDS)
            ticks = {turn.lease.token: since.get(turn.lease.token, 0) + 1 for turn in self._running.values()}
            since = ticks
            long = [turn for turn in self._running.values() if ticks[turn.lease.token] > 1]
            await asyncio.gather(*(self._show(turn) for turn in long))
            renewing = [t for t in long if ticks[t.lease.token] % 3 == 0]
            if renewing:
                await self._renew(renewing)

    async def _renew(self, turns: list[_RunningTurn]) -> None:
        try:
            stopped = await self._store.renew([turn.lease for turn in turns])
        except StorageUnavailable as error:
            log.warning("leases could not be renewed", extra={"action": "renew_failed", "reason": str(error)})
            return
        for turn in turns:
            turn.cancelled = turn.cancelled or turn.lease.conversation.id in stopped

    async def _show(self, turn: _RunningTurn) -> None:
        talk = turn.lease.conversation
        if talk.rep is None or turn.cancelled or turn.draft == turn.shown:
            return
        turn.shown = turn.draft
        try:
            await self._channels[talk.channel].show_thinking(talk.chat, turn.draft)
        except SendingFailed as error:
            log.debug("thinking was not shown", extra={"action": "show_failed", "reason": str(error)})
