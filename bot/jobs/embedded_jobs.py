"""The embedded driver: this process looks after scheduled work itself."""

import asyncio
import logging

from bot.errors import StorageUnavailable
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SIDE_BY_SIDE = 2


class EmbeddedJobs:
    """Runs due work until cancelled; what was under way is found again after a restart."""

    def __init__(self, store: Store, clock: Clock, runner: WorkRunner) -> None:
        self._store = store
        self._clock = clock
        self._runner = runner
        self._something_new = asyncio.Event()

    def wake(self) -> None:
        """Something new was scheduled."""
        self._something_new.set()

    async def run(self) -> None:
        """Look every second, and at once when woken."""
        while True:
            self._something_new.clear()
            if not await self._run_due():
                await self._wait()

    async def _run_due(self) -> bool:
        try:
            due = await self._store.due_work(self._clock.now(), SIDE_BY_SIDE)
        except StorageUnavailable as error:
            log.error("scheduled work cannot be read", extra={"action": "due_failed", "reason": str(error)})
            return False
        await asyncio.gather(*(self._runner.run(work) for work in due))
        return bool(due)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._something_new.wait()
        except TimeoutError:
            return
