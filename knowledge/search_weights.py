"""How much each voice counts in a search: numbers fitted from data by a command, kept in search_weights.toml."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCUMENT_PARTS = ("words", "translated", "meaning", "heading", "window", "concept_words", "concept_meaning")
ASKED_PARTS = ("asked_words", "asked_meaning")
"""What generated questions add to these, where there are any."""
ENTRY_PARTS = ("asked_words", "asked_meaning", "words", "meaning")
EVIDENCE_PARTS = (
    "words", "translated", "meaning", "asked_words", "asked_meaning", "heard_words", "heard_meaning", "coverage",
    "missing", "missing_in_all", "unheard", "leaning", "library_nearest", "library_spread", "odds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by the name of the part; `bias` makes a sum into log odds that hits of all kinds share.

    `documents_across` are for passages in another language than the question, which no word can find.
    """

    documents: Mapping[str, float]
    documents_across: Mapping[str, float]
    entries: Mapping[str, float]
    evidence_documents: Mapping[str, float]
    evidence_entries: Mapping[str, float]


@cache
def fitted_weights() -> Weights:
    """The weights as they stand in search_weights.toml."""
    found = tomllib.loads(files("knowledge").joinpath("search_weights.toml").read_text("utf-8"))
    return Weights(
        found["documents"],
        found["documents_across"],
        found["entries"],
        found["evidence_documents"],
        found["evidence_entries"],
    )


def probability(parts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What the parts add up to, between 0 and 1."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in parts.items())
    return 1 / (1 + math.exp(-max(min(total, 40), -40)))
