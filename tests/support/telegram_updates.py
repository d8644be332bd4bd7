"""The queue of updates as `getUpdates` hands it out, with Telegram's rules for offsets and rival pollers."""

import asyncio
import itertools
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.support.telegram_wire import ApiError, Json, dump

MAX_LIMIT = 100
MAX_TIMEOUT = 50
FUTURE = 10
"""An offset further than this beyond the queue is not believed: Telegram then answers from the start."""
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True, slots=True)
class Update:
    """One update, already rendered."""

    id: int
    chat_id: int
    body: bytes


@dataclass(slots=True)
class Disorder:
    """Trouble with the order of delivery: how often an acknowledged update comes again, and shuffled answers."""

    repeat: float = 0.0
    shuffle: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(0))

    def wants_repeat(self) -> bool:
        """Whether the update at hand is to come once more."""
        return bool(self.repeat) and self.chance.random() < self.repeat


class UpdateQueue:
    """Updates waiting for the bot; an update leaves when an offset above it is asked for."""

    def __init__(self, first_id: int = 100_001, gathering_seconds: float = 0.002) -> None:
        self.pending: deque[Update] = deque()
        self.disorder = Disorder()
        self.webhook_url = ""
        self.on_update: Callable[[Update], None] | None = None
        self.gathering_seconds = gathering_seconds
        self._ids = itertools.count(first_id)
        self._tail = first_id
        self.allowed: frozenset[str] = frozenset()
        self._again: list[Update] = []
        self._poller: asyncio.Future[None] | None = None

    @property
    def next_id(self) -> int:
        """The id that the next update will have."""
        return self._tail

    def allow(self, kinds: Iterable[str]) -> None:
        """Keep only these kinds from now on; none named means Telegram's default."""
        self.allowed = frozenset(kinds)

    def disturb(self, repeat: float = 0.0, *, shuffle: bool = False, seed: int = 0) -> None:
        """Deliver acknowledged updates again with this probability, and in any order; without arguments: no more."""
        self.disorder = Disorder(repeat, shuffle, random.Random(seed))

    def restart_ids(self, first_id: int) -> None:
        """Number from here on, as Telegram does after a week of silence; nothing may be waiting."""
        if self.pending:
            raise RuntimeError("ids restart only on an empty queue")
        self._ids = itertools.count(first_id)
        self._tail = first_id

    def push(self, kind: str, content: Json, chat_id: int) -> int:
        """Queue an update and return its id, or 0 where the bot has not allowed its kind."""
        return self.push_rendered(kind, dump(content), chat_id)

    def push_rendered(self, kind: str, content: bytes, chat_id: int) -> int:
        """As `push`, for content that is JSON already."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return 0
        update_id = next(self._ids)
        self._tail = update_id + 1
        update = Update(update_id, chat_id, b'{"update_id":%d,"%s":%s}' % (update_id, kind.encode(), content))
        self.pending.append(update)
        self._wake(update)
        return update_id

    def put_again(self, update: Update) -> None:
        """Deliver an update once more, in front of all others."""
        self._again.append(update)
        self._wake(update)

    async def poll(self, offset: int, limit: int, timeout: int) -> bytes:
        """The body of an answer to `getUpdates`, after at most `timeout` seconds."""
        if self.webhook_url:
            raise ApiError(409, WEBHOOK_ACTIVE)
        self._acknowledge(offset)
        limit = min(max(limit, 1), MAX_LIMIT)
        if timeout > 0 and not (self.pending or self._again):
            await self._wait(min(timeout, MAX_TIMEOUT))
        batch = [*self._again, *itertools.islice(self.pending, limit)][:limit]
        del self._again[:limit]
        if self.disorder.shuffle:
            self.disorder.chance.shuffle(batch)
        return b'{"ok":true,"result":[' + b",".join([update.body for update in batch]) + b"]}"

    def waiting(self) -> list[Update]:
        """Everything not yet delivered, oldest first."""
        return [*self._again, *self.pending]

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
        self._again.clear()

    def stop_poller(self, reason: str) -> None:
        """Answer a waiting `getUpdates` with 409."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(ApiError(409, reason))

    def forget(self, update_id: int) -> None:
        """Take one update out: it was delivered another way."""
        self.pending = deque(update for update in self.pending if update.id != update_id)
        self._again = [update for update in self._again if update.id != update_id]

    def _wake(self, update: Update) -> None:
        if self.on_update:
            self.on_update(update)
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            offset = max(self._tail + offset, 0)
        if not offset or offset > self._tail + FUTURE:
            return
        while self.pending and self.pending[0].id < offset:
            update = self.pending.popleft()
            if self.disorder.wants_repeat():
                self._again.append(update)

    async def _wait(self, timeout: float) -> None:
        self.stop_poller(OTHER_POLLER)
        self._poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(self._poller, timeout)
        except TimeoutError:
            return
        if self.gathering_seconds:
            await asyncio.sleep(self.gathering_seconds)
