"""Leaves a failing model alone for a while, so that nobody waits for it in vain.

Own lines: of the packages that do this none is kept up and made for asyncio at once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.language_models.trouble import Cause, ModelTrouble


@dataclass(slots=True)
class CircuitBreaker:
    """After so many failures in a row nobody asks for `rest_seconds`; then one may try, and the rest wait for him."""

    failures_allowed: int = 4
    rest_seconds: float = 30.0
    now: Callable[[], float] = time.monotonic
    _failures: int = 0
    _rests_until: float = float("-inf")

    def admit(self) -> None:
        """Let a call through. Raises ModelTrouble (RESTING) while the model is left alone."""
        if self._failures < self.failures_allowed:
            return
        if self.now() < self._rests_until:
            raise ModelTrouble(Cause.RESTING)
        self._rests_until = self.now() + self.rest_seconds

    def worked(self) -> None:
        """The model answered."""
        self._failures = 0

    def failed(self) -> None:
        """The model did not answer."""
        self._failures += 1
        if self._failures >= self.failures_allowed:
            self._rests_until = self.now() + self.rest_seconds
