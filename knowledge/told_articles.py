"""The articles of a store that a new one may repeat: each is read once, however many documents come afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.cleaning.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Collection

    from knowledge.passages import PassageStore

_AT_ONCE = 500


@dataclass(slots=True)
class ToldArticles:
    """Remembers what articles tell; one of them serves everybody who takes documents into the same memory.

    The same id always has the same text, so nothing remembered is ever wrong.
    """

    _repeats: Repeats = field(default_factory=Repeats)
    _lock: Lock = field(default_factory=Lock)

    def learn(self, store: PassageStore, ids: Collection[str]) -> None:
        """Reads those of these articles that it does not know yet."""
        with self._lock:
            unknown = [one for one in ids if one not in self._repeats]
            for at in range(0, len(unknown), _AT_ONCE):
                for article in store.read_articles(unknown[at : at + _AT_ONCE]):
                    self._repeats.add(article.id, article.text)

    def like(self, text: str, *, among: Collection[str]) -> tuple[str, float] | None:
        """The id of the article among these that tells the same, and how much of the shorter one is in the longer."""
        with self._lock:
            return self._repeats.like(text, among=among)
