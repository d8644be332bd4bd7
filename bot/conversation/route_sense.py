"""Which skill free words are most likely for, learned from messages of reps; `bot.learn_routes` writes the weights."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from bot.conversation.route_signs import signs_of, with_meaning
from bot.domain.wish import Wish
from knowledge.errors import VectorsUnavailableError
from knowledge.softmax_regression import likelihoods

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.passages import Embedder

WEIGHTS_FILE = "route_weights.json"
_SCALE = 100
"""Weights stand in the file as whole hundredths."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What was learned with one embedder, "" for words alone: a column of weights for each skill.

    From `sure` on (0 … 1) the likeliest skill is right often enough to go there without asking.
    """

    embedder: str
    sure: float
    weights: "NDArray[np.float32]"

    def likely(self, signs: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How likely each skill is, in all 1."""
        return likelihoods(signs, self.weights)

    def as_json(self) -> Mapping[str, object]:
        """The weights for the file, in whole hundredths."""
        rows = np.rint(self.weights * _SCALE).astype(int).tolist()
        return {"embedder": self.embedder, "sure": round(self.sure, 3), "weights": rows}


@dataclass(frozen=True, slots=True)
class Sense:
    """How likely the words are for each skill it was taught, and from where on that is sure."""

    likely: Mapping[str, float]
    sure: float


@dataclass(frozen=True, slots=True)
class RouteSense:
    """The learned judges: one for words alone, one for an embedder's meaning as well."""

    skills: tuple[str, ...]
    judges: Mapping[str, Judge]

    def __call__(self, wish: Wish, claims: Mapping[str, float], embedder: "Embedder | None") -> Sense:
        """What the words are likely for; by words alone while there are no vectors, or those of another embedder."""
        judge, signs = self.judges[""], signs_of(wish, claims, self.skills)
        if embedder is not None and embedder.name in self.judges:
            with suppress(VectorsUnavailableError):
                signs = with_meaning(signs, embedder.embed([wish.text])[0])
                judge = self.judges[embedder.name]
        likely = judge.likely(signs)
        return Sense({name: float(one) for name, one in zip(self.skills, likely, strict=True)}, judge.sure)


@cache
def route_sense() -> RouteSense:
    """The sense that is shipped."""
    read = json.loads(files("bot.conversation").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))
    judges = [
        Judge(one["embedder"], one["sure"], np.array(one["weights"], np.float32) / np.float32(_SCALE))
        for one in read["judges"]
    ]
    return RouteSense(tuple(read["skills"]), {judge.embedder: judge for judge in judges})
