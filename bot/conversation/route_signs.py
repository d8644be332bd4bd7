"""Free words as numbers, for telling which skill they are for: meaning, pieces of words, marks, and the claims."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bot.debriefing.organisations import organisations_in
from bot.debriefing.people import people_in
from bot.domain.wish import Wish
from knowledge.word_pieces import word_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARKS = (
    "route.ahead",
    "route.behind",
    "route.question",
    "route.advice",
    "route.customer",
    "route.mine",
    "route.bot",
    "route.look",
    "route.correction",
)
"""Wording keys of cues that tell what kind of sentence it is, whatever skill it is for."""
_MEANING_WEIGHS = 2.0
_MARK_WEIGHS = 0.5


def signs_of(wish: Wish, claims: Mapping[str, float], skills: Sequence[str]) -> "NDArray[np.float32]":
    """One row for these words: the claims in the order of `skills`; the last column is one for all."""
    marks = [_MARK_WEIGHS * mark for mark in _marks(wish)]
    claimed = [claims.get(name, 0.0) for name in skills]
    return np.concatenate([word_pieces(wish.text), np.array([*marks, *claimed, 1.0], np.float32)])


def with_meaning(signs: "NDArray[np.float32]", meaning: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The row with the words' vector before it."""
    return np.concatenate([_MEANING_WEIGHS * meaning, signs])


def _marks(wish: Wish) -> list[float]:
    named = bool(wish.account), bool(organisations_in(wish.plain)), bool(people_in(wish.plain))
    is_short = len(wish.text) <= 6 or (len(wish.text.split()) == 1 and wish.text.isascii())
    return [float(mark) for mark in (*(wish.says(key) for key in MARKS), *named, is_short)]
