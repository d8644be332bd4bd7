"""Long polling that acknowledges a batch only after it is stored."""

import asyncio
import logging

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram_chat import POLL_SECONDS, WRONG_TOKEN, TelegramChat
from bot.channels.telegram_messages import message_from
from bot.conversation.arrival import Arrival
from bot.errors import CannotStart, StorageUnavailable

log = logging.getLogger(__name__)

BATCH = 100
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 15.0
WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)


class Polling:
    """Asks Telegram for updates until cancelled."""

    def __init__(self, chat: TelegramChat, arrival: Arrival) -> None:
        self._chat = chat
        self._arrival = arrival
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled. Raises CannotStart when the token is revoked."""
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                await self._poll_once(self._chat.bot)
            except (StorageUnavailable, TelegramError) as error:
                await asyncio.sleep(_wait_for(error, wait))
                wait = min(2 * wait, LONGEST_WAIT_SECONDS)
            else:
                wait = FIRST_WAIT_SECONDS

    async def _poll_once(self, bot: Bot) -> None:
        """Take a batch, store it, and remember to acknowledge it with the next call.

        After an empty answer nothing is left to acknowledge, and the offset is dropped: Telegram may start its
        numbers again at any place after a quiet week.
        """
        updates = await bot.get_updates(
            offset=self._offset, limit=BATCH, timeout=POLL_SECONDS, allowed_updates=list(WANTED)
        )
        messages = [m for m in (message_from(update, self._chat.bot_number) for update in updates) if m is not None]
        try:
            await self._arrival.accept(messages)
        except StorageUnavailable as error:
            await self._arrival.apologise(self._chat, messages, error)
            raise
        self._offset = updates[-1].update_id + 1 if updates else None


def _wait_for(error: Exception, wait: float) -> float:
    """Seconds until the next try. Raises CannotStart when trying again is no use."""
    if isinstance(error, InvalidToken):
        raise CannotStart(WRONG_TOKEN) from error
    if isinstance(error, Conflict):
        log.error("another program polls with this token", extra={"action": "poll_conflict"})
        return LONGEST_WAIT_SECONDS
    log.warning("polling failed", extra={"action": "poll_failed", "error": type(error).__name__, "again_in": wait})
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return float(after if isinstance(after, int) else after.total_seconds())
    return wait
