"""Products of small arrays in one thread: two of them wait for each other longer than they count."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def one_thread() -> AbstractContextManager[object]:
    """Within it numpy multiplies in the thread that asks."""
    within: AbstractContextManager[object] = _pools().limit(limits=1, user_api="blas")
    return within


@cache
def _pools() -> Any:  # noqa: ANN401  threadpoolctl has no types
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
