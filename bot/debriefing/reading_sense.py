"""What clauses and notes say by their meaning, learned from labelled ones; `bot.learn_readings` writes the weights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from bot.debriefing.clauses import Clause
from bot.debriefing.proposals import NO_FIELD, Field
from bot.debriefing.reading_signs import clause_signs, note_signs
from bot.domain.visit import Sentiment, Stage
from knowledge.errors import VectorsUnavailableError
from knowledge.softmax_regression import likelihoods

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.passages import Embedder

WEIGHTS_FILE = "reading_weights.json"
_SCALE = 100
"""Weights stand in the file as whole hundredths."""


_WORDS_WEIGH = 0.3
"""How much it counts beside a judge's likelihoods, which are 1 in all, that single words give a label away, or none."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A column of weights for each label."""

    labels: tuple[str, ...]
    weights: "NDArray[np.float32]"

    def likely(self, rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How likely each label is for each row, in all 1 a row."""
        return likelihoods(rows, self.weights)

    def likelihood(self, row: "NDArray[np.float32]") -> Mapping[str, float]:
        """How likely each label is for one row, by its name."""
        return dict(zip(self.labels, map(float, self.likely(row)), strict=True))

    def as_json(self) -> Mapping[str, object]:
        """The labels and their weights for the file, in whole hundredths."""
        return {"labels": self.labels, "weights": np.rint(self.weights * _SCALE).astype(int).tolist()}


@dataclass(frozen=True, slots=True)
class Judges:
    """The three judges of one embedder: what a clause states, where the deal stands, how the customer feels."""

    statement: Judge
    stage: Judge
    mood: Judge


@dataclass(frozen=True, slots=True)
class Sensed:
    """What a clause may state: how likely it is each field, or none."""

    likely: Mapping[str, float]

    def field(self, by_words: Field | None) -> Field | None:
        """The field it most likely states, given what its single words give away; None where that is none."""
        best = _weighed(self.likely, by_words or NO_FIELD)
        return None if best == NO_FIELD else Field(best)


Senses = Mapping[int, Sensed]
"""What is sensed of clauses, by where they start; empty where nothing is."""
NOTHING_SENSED: Senses = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReadingSense:
    """Tells what clauses state and where a note stands; silent while there are no vectors."""

    judges: Judges
    embedder: "Embedder"

    def of_clauses(self, clauses: Sequence[Clause], base: date) -> Senses:
        """What each clause states, by where it starts."""
        judge = self.judges.statement
        try:
            rows = judge.likely(clause_signs(clauses, self.embedder, base)) if clauses else ()
        except VectorsUnavailableError:
            return NOTHING_SENSED
        likely = [dict(zip(judge.labels, map(float, row), strict=True)) for row in rows]
        return {clause.start: Sensed(one) for clause, one in zip(clauses, likely, strict=True)}

    def of_note(
        self, clauses: Sequence[Clause], stage: Stage | None, mood: Sentiment
    ) -> tuple[Stage | None, Sentiment]:
        """Where the deal stands and how the customer feels by all clauses, given what single words give away."""
        try:
            signs = note_signs(clauses, self.embedder)
        except VectorsUnavailableError:
            return stage, mood
        best = _weighed(self.judges.stage.likelihood(signs), stage or NO_FIELD)
        feels = _weighed(self.judges.mood.likelihood(signs), mood)
        return None if best == NO_FIELD else Stage(best), Sentiment(feels)


def _weighed(likely: Mapping[str, float], by_words: str) -> str:
    """The likeliest label when what single words give away counts beside."""
    return max(likely, key=lambda label: likely[label] + _WORDS_WEIGH * (label == by_words))


def reading_sense(embedder: "Embedder | None") -> ReadingSense | None:
    """The sense that is shipped for this embedder; None where nothing was learned with it."""
    if embedder is None:
        return None
    name, judges = _shipped()
    return ReadingSense(judges, embedder) if embedder.name == name else None


@cache
def _shipped() -> tuple[str, Judges]:
    read = json.loads(files("bot.debriefing").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))
    made = {
        name: Judge(tuple(one["labels"]), np.array(one["weights"], np.float32) / np.float32(_SCALE))
        for name, one in read["judges"].items()
    }
    return read["embedder"], Judges(**made)
