"""The moment a message arrives: it is stored before the channel hears that we have it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache

from bot.domain.message import IncomingMessage, MessageKind, Reply
from bot.errors import SendingFailed, StorageUnavailable
from bot.ports import Channel, Store
from bot.wording.phrasebook import LANGUAGES, Phrasebook, keys_of, language_of

log = logging.getLogger(__name__)

STOP = "stop"
"""The action of a Stop button."""


def asks_to_stop(message: IncomingMessage) -> bool:
    """True for /cancel, a Stop button and the bare words that mean it in any of our languages."""
    if message.kind is MessageKind.BUTTON:
        return message.button == STOP
    said = message.text.strip().lower().rstrip("!.。！")
    return said.split("@")[0] == "/cancel" or said in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in keys_of(language)["cancel.words"])


class Arrival:
    """Puts messages into the inbox and wakes whoever answers them."""

    def __init__(self, store: Store, wake: Callable[[], None]) -> None:
        self._store = store
        self._wake = wake
        self._told: set[str] = set()
        self._open = asyncio.Lock()

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Take nothing in for a while; what comes waits with its channel."""
        async with self._open:
            yield

    async def accept(self, messages: Sequence[IncomingMessage]) -> int:
        """Store messages and return how many were new.

        Raises StorageUnavailable when they could not be stored: the channel must not be told that we have them.
        """
        if not messages:
            return 0
        async with self._open:
            return await self._store_all(messages)

    async def _store_all(self, messages: Sequence[IncomingMessage]) -> int:
        stops = [position for position, message in enumerate(messages) if asks_to_stop(message)]
        new = await self._store.receive(messages, cancels=stops)
        self._told.clear()
        if new:
            self._wake()
        return new

    async def apologise(self, channel: Channel, messages: Sequence[IncomingMessage], error: StorageUnavailable) -> None:
        """Tell each chat once per outage that its words wait with the channel; best effort."""
        log.error("messages cannot be stored", extra={"action": "store_failed", "reason": str(error)})
        for message in messages:
            if message.chat not in self._told:
                self._told.add(message.chat)
                words = Phrasebook(language_of(message.text) or message.language_hint or LANGUAGES[0])
                await _try_to(channel.send(message.chat, Reply(words.say("trouble.storage"))))


async def _try_to(sending: Awaitable[object]) -> None:
    try:
        await sending
    except SendingFailed as error:
        log.warning("an apology was not sent", extra={"action": "send_failed", "reason": str(error)})
