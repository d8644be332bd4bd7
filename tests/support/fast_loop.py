"""An event loop on which time runs faster, so that ten minutes of waiting take seconds."""

import asyncio
import selectors
import time


class _HastySelector(selectors.DefaultSelector):
    speed = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / self.speed if timeout else timeout)


class FastLoop(asyncio.SelectorEventLoop):
    """Every sleep and every timeout ends `speed` times as soon; sockets and threads are as slow as ever."""

    def __init__(self, speed: float) -> None:
        selector = _HastySelector()
        selector.speed = self._speed = speed
        self._began = time.monotonic()
        super().__init__(selector)

    def time(self) -> float:
        """The hastened clock."""
        return self._began + (time.monotonic() - self._began) * self._speed
