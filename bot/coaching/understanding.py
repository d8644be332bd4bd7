"""How questions are understood: what fits them, what in them is declined; by words alone or by meaning as well."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.coaching.likeness import ByMeaning, Likeness, by_words
from bot.coaching.refusal_sense import RefusalSense
from bot.coaching.refusals import Declines, refusal_of

if TYPE_CHECKING:
    from knowledge.passages import Embedder


@dataclass(frozen=True, slots=True)
class Understanding:
    """The two judgements every answer rests on, and the embedder behind them, None without one."""

    likeness: Likeness = by_words
    declines: Declines = refusal_of
    embedder: "Embedder | None" = None


BY_WORDS = Understanding()
"""Without a model of meaning."""


def understanding_by(embedder: "Embedder") -> Understanding:
    """By meaning as well; make it once, it remembers the library's lines."""
    return Understanding(ByMeaning(embedder), RefusalSense(embedder), embedder)
