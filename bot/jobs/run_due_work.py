"""Runs one piece of scheduled work, whichever driver found it due."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.message import Reply
from bot.errors import LeaseLost, NotDelivered, StorageUnavailable
from bot.ports import Channel, Clock, DueWork, Job, Store

log = logging.getLogger(__name__)

ATTEMPTS = 5
WAITS = tuple(timedelta(seconds=30) * 4**tried for tried in range(ATTEMPTS - 1))
RENEW_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class WorkRunner:
    """Calls the job of that name and closes the work with what it returns, in one transaction."""

    store: Store
    clock: Clock
    jobs: Mapping[str, Job]
    channels: Mapping[str, Channel]
    waits: Mapping[str, Sequence[timedelta]] = field(default_factory=dict)

    async def run(self, work: DueWork) -> None:
        """Do it once; a failure is tried again later, at most five times or as `waits` says for this job."""
        keeping = asyncio.create_task(self._keep(work))
        try:
            await self._do(work)
        except LeaseLost:
            log.info("work was moved or done elsewhere", extra={"action": "work_lost", "row": work.row})
        except StorageUnavailable as error:
            log.error("work waits for the database", extra={"action": "work_waits", "reason": str(error)})
        finally:
            keeping.cancel()

    async def _do(self, work: DueWork) -> None:
        try:
            outcome = await self.jobs[work.name](work)
            replies = [piece for reply in outcome.replies for piece in self._fit(reply)]
            await self.store.finish_work(work, replies=replies, writes=outcome.writes)
        except (LeaseLost, StorageUnavailable):
            raise
        except Exception as error:  # noqa: BLE001  the edge of the loop: one failing job must not stop the others
            await self._failed(work, error)

    def _fit(self, reply: Reply) -> tuple[Reply, ...]:
        pieces: tuple[Reply, ...] = (reply,)
        for channel in self.channels.values():
            pieces = tuple(piece for whole in pieces for piece in channel.fit(whole))
        return pieces

    async def _keep(self, work: DueWork) -> None:
        """Work that takes long stays ours."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            with suppress(StorageUnavailable):
                await self.store.renew_work(work)

    async def _failed(self, work: DueWork, error: Exception) -> None:
        fields = {"action": "work_failed", "job": work.name, "row": work.row}
        if isinstance(error, NotDelivered):
            log.warning("an event was not delivered", extra={**fields, "reason": str(error)})
        else:
            log.error("work failed", extra=fields, exc_info=error)
        waits = self.waits.get(work.name, WAITS)
        again = self.clock.now() + waits[work.attempts - 1] if work.attempts <= len(waits) else None
        await self.store.fail_work(work, reason=type(error).__name__, again_at=again)
