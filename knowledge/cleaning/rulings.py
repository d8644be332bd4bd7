"""What people decided about texts, recognised again when another file brings the same text a little changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.cleaning.repeats import Repeats
from knowledge.splitting.passages import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST_LIKE = 60
"""Shorter texts are known again only word for word."""


@dataclass(slots=True)
class Rulings:
    """Verdicts by text: True is taken in whatever cleaning says, False left out."""

    texts: Mapping[str, bool]
    _by_key: dict[str, bool] = field(default_factory=dict)
    _alike: Repeats = field(default_factory=Repeats)

    def __post_init__(self) -> None:
        for text, verdict in self.texts.items():
            self._by_key[text_key(text)] = verdict
            if len(text) >= _LEAST_LIKE:
                self._alike.add(text_key(text), text)

    def on(self, text: str) -> bool | None:
        """The verdict on this text or one very much like it, None when nobody decided."""
        known = self._by_key.get(text_key(text))
        if known is None and len(text) >= _LEAST_LIKE and (found := self._alike.like(text)):
            return self._by_key[found[0]]
        return known
