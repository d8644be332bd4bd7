"""The machine's clock, optionally started elsewhere in time, and ids nobody can guess."""

import secrets
import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The present; with `starts_at` a present that began there when the program started and runs on."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        start = starts_at if starts_at is None or starts_at.tzinfo else starts_at.replace(tzinfo=UTC)
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The present moment in UTC."""
        if self._start is None:
            return datetime.now(UTC)
        return self._start.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._began)


class RandomIds:
    """Ids and codes from the machine's source of chance."""

    def new(self) -> str:
        """Twelve hexadecimal digits."""
        return secrets.token_hex(6)

    def secret(self) -> str:
        """A code of 128 bits, safe in a link."""
        return secrets.token_urlsafe(16)
