"""How this process takes memory from glibc and gives it back; other C libraries have no such setting and need none."""

import ctypes
from contextlib import suppress

_TRIM_THRESHOLD, _ARENA_MAX = -1, -8
"""M_TRIM_THRESHOLD and M_ARENA_MAX of malloc.h."""
_KEPT_BYTES = 128 * 1024


def share_one_heap() -> None:
    """All threads take memory from one heap, and what is freed goes back; with glibc's many it takes a tenth more."""
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)


def give_back() -> None:
    """Return what was freed to the system, which glibc would keep."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
