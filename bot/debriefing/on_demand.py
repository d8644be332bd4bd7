"""Patterns compiled when they are first used, so that starting the program does not wait for large ones."""

import re
from typing import cast


def on_demand(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern; the work is done at its first use."""
    return cast("re.Pattern[str]", _OnDemand(pattern, flags))


class _OnDemand:
    def __init__(self, pattern: str, flags: int) -> None:
        self._words = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        """Any attribute of the pattern; it then belongs to us, so that the next use is as quick."""
        value = getattr(re.compile(*self._words), name)
        setattr(self, name, value)
        return value
