"""The embedded driver: this process looks after scheduled work itself."""

import asyncio
import logging

from bot.conversation.waiting import wait_at_most
from bot.errors import StorageUnavailable
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SIDE_BY_SIDE = 2


class EmbeddedJobs:
    """Runs due work until cancelled; what was under way is found again after a restart."""

    def __init__(self, store: Store, clock: Clock, runner: WorkRunner, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._look_seconds = look_seconds
        self._store = store
        self._clock = clock
        self._runner = runner
        self._something_new = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something new was scheduled."""
        self._something_new.set()

    async def run(self) -> None:
        """Look at short intervals, at once when woken or when something is done; long work holds up nothing else."""
        try:
            while True:
                self._something_new.clear()
                await self._start_due(SIDE_BY_SIDE - len(self._tasks))
                await wait_at_most(self._something_new, self._look_seconds)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _start_due(self, limit: int) -> None:
        if limit <= 0:
            return
        try:
            due = await self._store.due_work(self._clock.now(), limit)
        except StorageUnavailable as error:
            log.error("scheduled work cannot be read", extra={"action": "due_failed", "reason": str(error)})
            return
        for work in due:
            task = asyncio.create_task(self._runner.run(work))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._something_new.set()
