"""A backup while serving: receiving pauses until everything under way is answered and sent, so nothing is twice."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from bot.ports import DueWork, Outcome, Store

NAME = "make_backup"
QUIET_SECONDS = 15.0
"""How long a quiet moment is waited for; then the backup is made as things stand."""

Write = Callable[[Path, int | None], Awaitable[None]]
"""Writes a file without the work of this row: a restored program must not make the same backup again."""


@dataclass(frozen=True, slots=True)
class MakeBackup:
    """Writes the file its work names."""

    store: Store
    channels: Sequence[str]
    paused: Callable[[], AbstractAsyncContextManager[None]]
    write: Write

    async def __call__(self, work: DueWork) -> Outcome:
        """Make the backup that the work asks for."""
        await self.make(Path(str(work.payload["file"])), work.row)
        return Outcome(())

    async def make(self, file: Path, row: int | None = None) -> None:
        """Pause receiving, let everything under way end, write the file, go on."""
        async with self.paused():
            await self._quiet()
            await self.write(file, row)

    async def _quiet(self) -> None:
        try:
            async with asyncio.timeout(QUIET_SECONDS):
                while not await self._is_settled():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            return

    async def _is_settled(self) -> bool:
        return all([await self.store.is_settled(channel) for channel in self.channels])
