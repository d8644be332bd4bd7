"""Short stretches of a passage, so that one telling sentence can be found by its meaning."""

from __future__ import annotations

from knowledge.splitting.pieces import pieces_of

_AIM, _MOST, _LEAST = 80, 120, 30


def windows_of(text: str) -> list[str]:
    """The text in stretches of 30 to 120 characters; none when it is no longer than one."""
    windows = pieces_of(text, aim=_AIM, most=_MOST, least=_LEAST)
    return windows if len(windows) > 1 else []
