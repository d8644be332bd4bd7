"""Long polling that acknowledges a batch only after it is stored."""

import logging

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError

from bot.channels.telegram_chat import POLL_SECONDS, TelegramChat
from bot.channels.telegram_messages import message_from
from bot.channels.telegram_patience import Patience
from bot.conversation.arrival import Arrival
from bot.errors import StorageUnavailable

log = logging.getLogger(__name__)

BATCH = 100
WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
_WEBHOOK_IN_THE_WAY = "webhook is active"


class Polling:
    """Asks Telegram for updates until cancelled."""

    def __init__(self, chat: TelegramChat, arrival: Arrival) -> None:
        self._chat = chat
        self._arrival = arrival
        self._offset: int | None = None
        self._has_polled = False

    async def run(self) -> None:
        """Poll until cancelled. Raises CannotStart when the token is revoked."""
        patience = Patience()
        while True:
            try:
                await self._poll_once(self._chat.bot)
            except (StorageUnavailable, TelegramError) as error:
                if not await self._take_over(error):
                    await patience.after(error)
            else:
                self._has_polled = True
                patience.restore()

    async def _take_over(self, error: Exception) -> bool:
        """True when a webhook of earlier days was in the way and is gone; one set while we poll is not ours to end."""
        if self._has_polled or not isinstance(error, Conflict) or _WEBHOOK_IN_THE_WAY not in str(error):
            return False
        log.warning("a webhook was set; polling takes over", extra={"action": "delete_webhook"})
        try:
            return await self._chat.bot.delete_webhook()
        except TelegramError:
            return False

    async def _poll_once(self, bot: Bot) -> None:
        """Take a batch, store it in the order said, and remember to acknowledge it with the next call.

        After an empty answer nothing is left to acknowledge, and the offset is dropped: Telegram may start its
        numbers again at any place after a quiet week.
        """
        updates = await bot.get_updates(
            offset=self._offset, limit=BATCH, timeout=POLL_SECONDS, allowed_updates=list(WANTED)
        )
        in_order = sorted(updates, key=lambda update: update.update_id)
        messages = [m for m in (message_from(update, self._chat.bot_number) for update in in_order) if m is not None]
        try:
            await self._arrival.accept(messages)
        except StorageUnavailable as error:
            await self._arrival.apologise(self._chat, messages, error)
            raise
        self._offset = updates[-1].update_id + 1 if updates else None
