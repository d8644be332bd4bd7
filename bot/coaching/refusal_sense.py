"""What is declined, told by meaning as well as by cues: weights learned from labelled questions, kept in a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from bot.coaching.refusals import Refusal, RefusalKind, refusal_of, without
from bot.coaching.signs import signs_of
from knowledge.errors import VectorsUnavailableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.passages import Embedder

WEIGHTS_FILE = "refusal_weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned for one embedder: a question is declined where its decision is above the threshold.

    The columns of `kinds` are in the order of RefusalKind.
    """

    embedder: str
    threshold: float
    decision: "NDArray[np.float32]"
    kinds: "NDArray[np.float32]"

    def as_json(self) -> Mapping[str, object]:
        """The weights for the file, four decimals."""
        return {
            "embedder": self.embedder,
            "threshold": round(self.threshold, 4),
            "decision": [round(float(one), 4) for one in self.decision],
            "kinds": [[round(float(one), 4) for one in row] for row in self.kinds],
        }


@dataclass(frozen=True, slots=True)
class RefusalSense:
    """A `Declines` that understands unseen wording; with another embedder, or none at hand, it goes by cues alone."""

    embedder: "Embedder"

    def __call__(self, question: str) -> Refusal | None:
        """What in the question is declined."""
        by_cues = refusal_of(question)
        if by_cues is not None or not question.strip():
            return by_cues
        kind = self._kind_of(question)
        if kind is not RefusalKind.INSTRUCTIONS:
            return Refusal(kind) if kind else None
        rest = without(question, lambda sentence: self._kind_of(sentence) is RefusalKind.INSTRUCTIONS)
        return Refusal(kind, rest if rest != question else "")

    def _kind_of(self, question: str) -> RefusalKind | None:
        weights = learned()
        if weights is None or weights.embedder != self.embedder.name:
            return None
        try:
            signs = signs_of([question], self.embedder)[0]
        except VectorsUnavailableError:
            return None
        if len(signs) != len(weights.decision) or float(signs @ weights.decision) <= weights.threshold:
            return None
        return list(RefusalKind)[int(np.argmax(signs @ weights.kinds))]


@cache
def learned() -> Weights | None:
    """The weights shipped, None when there are none."""
    file = files("bot.coaching").joinpath(WEIGHTS_FILE)
    if not file.is_file():
        return None
    read = json.loads(file.read_text(encoding="utf-8"))
    return Weights(
        read["embedder"],
        float(read["threshold"]),
        np.array(read["decision"], np.float32),
        np.array(read["kinds"], np.float32),
    )
