"""Weights from examples: logistic regression, and the descent that it and the search's other fits share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_STEPS = 600
_SPEED = 0.05
CAUTION = 0.01
"""How strongly weights are pulled towards small ones: the data is little, the questions of others are many."""


@dataclass(frozen=True, slots=True)
class Odds:
    """What each input adds to the log odds, and where they start."""

    weights: NDArray[np.float64]
    bias: float

    def of(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log odds of each row."""
        odds: NDArray[np.float64] = rows @ self.weights + self.bias
        return odds


def logistic(rows: NDArray[np.float64], truth: NDArray[np.float64]) -> Odds:
    """The likeliest odds of the truth (1 or 0) of each row."""
    return _logistic(rows, truth, np.full(len(truth), 1 / len(truth)), caution=0.0)


def even_logistic(rows: NDArray[np.float64], truth: NDArray[np.float64]) -> Odds:
    """The same where both outcomes have the same say, however many rows there are of each; cautious."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    say = np.where(truth > 0, 0.5 / max(truth.sum(), 1), 0.5 / max((1 - truth).sum(), 1))
    found = _logistic((rows - middle) / spread, truth, say, caution=CAUTION)
    weights = found.weights / spread
    return Odds(weights, found.bias - float(weights @ middle))


def descended(
    weights: NDArray[np.float64],
    slope: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    steps: int = _STEPS,
    least: float = -np.inf,
) -> NDArray[np.float64]:
    """Adam, because the slopes of the parts differ a hundredfold."""
    pace, energy = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        found = slope(weights)
        pace, energy = 0.9 * pace + 0.1 * found, 0.99 * energy + 0.01 * found**2
        move = pace / (1 - 0.9**step) / (np.sqrt(energy / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights - _SPEED * move * (1 - 0.9 * step / steps), least)
    return weights


def _logistic(
    rows: NDArray[np.float64], truth: NDArray[np.float64], say: NDArray[np.float64], *, caution: float
) -> Odds:
    inputs = np.column_stack([rows, np.ones(len(rows))])

    def slope(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        likely = 1 / (1 + np.exp(-np.clip(inputs @ weights, -40, 40)))
        found: NDArray[np.float64] = (say * (likely - truth)) @ inputs + caution * np.append(weights[:-1], 0.0)
        return found

    *weights, bias = descended(np.zeros(inputs.shape[1]), slope, steps=4 * _STEPS).tolist()
    return Odds(np.array(weights), bias)
