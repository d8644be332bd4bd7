"""How long to wait after a call to Telegram failed, and when waiting is no use."""

import asyncio
import logging

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.channels.telegram_chat import WRONG_TOKEN
from bot.errors import CannotStart

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 15.0


class Patience:
    """Waits a little longer after each failure in a row."""

    def __init__(self) -> None:
        self._wait = FIRST_WAIT_SECONDS

    def restore(self) -> None:
        """A call went well: the next failure is a first one."""
        self._wait = FIRST_WAIT_SECONDS

    async def after(self, error: Exception) -> None:
        """Return when it is time to try again. Raises CannotStart when Telegram does not know the token."""
        if isinstance(error, InvalidToken):
            raise CannotStart(WRONG_TOKEN) from error
        seconds = self._seconds(error)
        fields = {"action": "telegram_failed", "error": type(error).__name__, "again_in": seconds}
        log.warning("a call to telegram failed", extra=fields)
        await asyncio.sleep(seconds)
        self._wait = min(2 * self._wait, LONGEST_WAIT_SECONDS)

    def _seconds(self, error: Exception) -> float:
        if isinstance(error, Conflict):
            log.error("another program works with this token", extra={"action": "conflict"})
            return LONGEST_WAIT_SECONDS
        if isinstance(error, RetryAfter):
            after = error.retry_after
            return float(after if isinstance(after, int) else after.total_seconds())
        return self._wait
