"""Telegram's sending limits, off until a test asks for them."""

import math
from collections.abc import Callable

from tests.support.telegram_wire import too_many_requests

_LIMITED = {"sendMessage", "sendPhoto", "sendDocument", "sendVoice"}
_TOLERANCE = 0.1
"""A sender that keeps to the limit exactly is forgiven a tenth of a message of jitter."""


class _Bucket:
    def __init__(self, rate: float, size: float, now: float) -> None:
        self._rate = rate
        self._size = size
        self._level = size
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one more message may go."""
        self._level = min(self._size, self._level + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._level >= 1 - _TOLERANCE else (1 - self._level) / self._rate

    def take(self) -> None:
        """Count one message."""
        self._level -= 1


class Limits:
    """Messages per second in all and in each chat; 0 is no limit."""

    def __init__(self, clock: Callable[[], float], per_second: float = 0, per_chat: float = 0) -> None:
        self._clock = clock
        self._per_chat = per_chat
        self._all = _Bucket(per_second, per_second, clock()) if per_second else None
        self._chats: dict[object, _Bucket] = {}

    def check(self, method: str, chat_id: object) -> None:
        """Raises the 429 with `retry_after` if this message comes too early."""
        if method not in _LIMITED or not (self._all or self._per_chat):
            return
        now = self._clock()
        buckets = self._buckets(chat_id, now)
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait:
            raise too_many_requests(math.ceil(wait))
        for bucket in buckets:
            bucket.take()

    def _buckets(self, chat_id: object, now: float) -> list[_Bucket]:
        buckets = [self._all] if self._all else []
        if self._per_chat:
            bucket = self._chats.setdefault(chat_id, _Bucket(self._per_chat, max(1.0, self._per_chat), now))
            buckets.append(bucket)
        return buckets
