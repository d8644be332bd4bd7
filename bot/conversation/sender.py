"""Brings replies from the outbox to their channel: in order per chat, within the limits, until taken or refused."""

import asyncio
import logging
import time
from collections.abc import Mapping

from aiolimiter import AsyncLimiter

from bot.conversation.waiting import wait_at_most
from bot.errors import SendingFailed, SendLater, SendRefused, StorageUnavailable
from bot.ports import Channel, Outgoing, Store

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 32
LOOK_SECONDS = 0.5
RENEW_AFTER_SECONDS = 4.0
"""A reply on its way longer than this, waiting for its turn or for a slow channel, is kept ours."""
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0


class Pace:
    """Telegram's limits: so many messages a second in all, and so many a second in one chat; 0 is no limit."""

    def __init__(self, per_second: float, per_chat_per_second: float) -> None:
        self._all = AsyncLimiter(per_second, 1) if per_second else None
        self._gap = 1 / per_chat_per_second if per_chat_per_second else 0.0
        self._next: dict[str, float] = {}

    async def wait(self, chat: str) -> None:
        """Return when a message to this chat may go."""
        if self._gap:
            await asyncio.sleep(max(0.0, self._next.get(chat, 0.0) - time.monotonic()))
            self._remember(chat)
        if self._all:
            await self._all.acquire()

    def _remember(self, chat: str) -> None:
        now = time.monotonic()
        if len(self._next) > 10_000:
            self._next = {name: at for name, at in self._next.items() if at > now}
        self._next[chat] = now + self._gap


class Sender:
    """Sends until cancelled."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], pace: Mapping[str, Pace]) -> None:
        self._store = store
        self._channels = channels
        self._pace = pace
        self._something_new = asyncio.Event()
        self._sent: dict[int, str] = {}
        self._failed: dict[int, str] = {}
        self._later: dict[int, float] = {}
        self._held_since: dict[int, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, outgoing: Outgoing | None) -> None:
        """Send a reply that was claimed for us in its turn's transaction; None: look into the outbox.

        With enough under way already, it goes back and waits in the outbox.
        """
        if outgoing is not None and len(self._tasks) < 2 * SIDE_BY_SIDE:
            self._start(outgoing)
            return
        if outgoing is not None:
            self._later[outgoing.row] = 0.0
        self._something_new.set()

    @property
    def is_idle(self) -> bool:
        """True when nothing is being sent and every result is recorded."""
        return not (self._tasks or self._sent or self._failed or self._later)

    async def run(self) -> None:
        """Send until cancelled; what is under way is finished and recorded first."""
        try:
            while True:
                await self._exchange(SIDE_BY_SIDE - len(self._tasks))
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._store.outgoing(sent=self._sent, failed=self._failed, later=self._later, limit=0)

    async def _exchange(self, limit: int) -> None:
        """Record results and take the next replies in one transaction; wait when there is neither."""
        self._something_new.clear()
        sent, failed, later = self._sent, self._failed, self._later
        self._sent, self._failed, self._later = {}, {}, {}
        now = time.monotonic()
        held = [row for row, since in self._held_since.items() if now - since > RENEW_AFTER_SECONDS]
        self._held_since.update(dict.fromkeys(held, now))
        try:
            taken = await self._store.outgoing(sent=sent, failed=failed, later=later, held=held, limit=max(0, limit))
        except StorageUnavailable as error:
            log.error("the outbox cannot be read", extra={"action": "outgoing_failed", "reason": str(error)})
            self._sent, self._failed, self._later = sent | self._sent, failed | self._failed, later | self._later
            await asyncio.sleep(LOOK_SECONDS)
            return
        for outgoing in taken:
            self._start(outgoing)
        if limit > len(taken) or limit <= 0:
            await wait_at_most(self._something_new, LOOK_SECONDS)

    def _start(self, outgoing: Outgoing) -> None:
        self._held_since[outgoing.row] = time.monotonic()
        task = asyncio.create_task(self._send(outgoing))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._something_new.set()

    async def _send(self, outgoing: Outgoing) -> None:
        row = outgoing.row
        channel = self._channels[outgoing.channel]
        try:
            await self._pace[outgoing.channel].wait(outgoing.chat)
            self._sent[row] = await channel.send(outgoing.chat, outgoing.reply)
        except SendRefused as error:
            log.warning("a reply was refused", extra={"action": "send_refused", "row": row, "reason": str(error)})
            self._failed[row] = str(error)
        except SendLater as error:
            patience = min(FIRST_WAIT_SECONDS * 2**outgoing.attempts, LONGEST_WAIT_SECONDS)
            self._later[row] = error.after if error.after is not None else patience
        except SendingFailed as error:
            self._failed[row] = str(error)
        except Exception as error:
            log.error("a reply broke the channel", extra={"action": "send_broke", "row": row}, exc_info=error)
            self._failed[row] = type(error).__name__
        finally:
            del self._held_since[row]
