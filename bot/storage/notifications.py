"""PostgreSQL's NOTIFY: a message one process stores wakes the workers of all others at once."""

import asyncio
import logging
from collections.abc import Callable

import psycopg
from sqlalchemy import Connection, text

log = logging.getLogger(__name__)

CHANNEL = "ridealong_inbox"
AGAIN_AFTER_SECONDS = 2.0
_NOTIFY = text(f"NOTIFY {CHANNEL}")


def notify(connection: Connection) -> None:
    """Tell everybody once the transaction is committed; SQLite has nobody to tell."""
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY)


class Notifications:
    """Listens on a connection of its own."""

    def __init__(
        self, conninfo: str, woken: Callable[[], None], *, again_after_seconds: float = AGAIN_AFTER_SECONDS
    ) -> None:
        self._conninfo = conninfo
        self._again_after_seconds = again_after_seconds
        self._woken = woken

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is opened again, and what came meanwhile is looked for."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("nobody can wake us", extra={"action": "listen_failed", "error": type(error).__name__})
                await asyncio.sleep(self._again_after_seconds)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._woken()
            async for _ in connection.notifies():
                self._woken()
