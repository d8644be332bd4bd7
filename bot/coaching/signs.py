"""A question as numbers, for learning what is declined: its meaning, and which ideas and cues are found in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bot.coaching.refusals import RefusalKind, cues_of, ideas, plain_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.passages import Embedder

_CUES_WEIGHT = 0.15
"""How much a cue counts beside the meaning, whose vector has length one."""


def signs_of(questions: Sequence[str], embedder: "Embedder") -> "NDArray[np.float32]":
    """One row per question; the last column is one for all."""
    found = np.array([_found_in(plain_text(question)) for question in questions], np.float32)
    ones = np.ones((len(questions), 1), np.float32)
    return np.concatenate([embedder.embed(list(questions)), _CUES_WEIGHT * found, ones], axis=1)


def _found_in(text: str) -> list[float]:
    row = [float(idea.search(text) is not None) for idea in ideas()]
    for kind in RefusalKind:
        cues = cues_of(kind)
        row += [
            float(any(cue.search(text) for cue in cues.plain)),
            float(any(cue.search(text) for cue in cues.harmless)),
            float(any(cue.search(text) for cue in cues.insists)),
            float(cues.wanted_in(text)),
            cues.nearly_in(text),
        ]
    return row
