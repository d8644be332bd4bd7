"""A linear judge of several labels, learned from rows of numbers (softmax regression)."""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PENALTY = 2e-4
_STEPS = 120


def likelihoods(rows: "NDArray[np.float32]", weights: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """How likely each label is for each row, in all 1 a row."""
    strength = rows @ weights
    raised = np.exp(strength - strength.max(-1, keepdims=True))
    likely: NDArray[np.float32] = raised / raised.sum(-1, keepdims=True)
    return likely


def learned_weights(
    rows: "NDArray[np.float32]", wanted: "NDArray[np.int64]", counts: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """A column of weights for each label; `counts` tells how much each row counts.

    Minimises the cross entropy with a quadratic penalty by Nesterov's accelerated gradient.
    """
    share = (counts / counts.sum())[:, None]
    target = np.eye(int(wanted.max()) + 1, dtype=np.float32)[wanted]
    step = 1 / (0.55 * _steepest(rows * np.sqrt(share)) + _PENALTY)
    weights = ahead = np.zeros((rows.shape[1], target.shape[1]), np.float32)
    pace = 1.0
    for _ in range(_STEPS):
        likely = likelihoods(rows, ahead)
        stepped = ahead - step * (rows.T @ (share * (likely - target)) + _PENALTY * ahead)
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead, weights, pace = stepped + (pace - 1) / faster * (stepped - weights), stepped, faster
    return weights


def _steepest(rows: "NDArray[np.float32]") -> float:
    """The largest eigenvalue of the rows' products, by power iteration."""
    direction = np.ones(rows.shape[1], np.float32)
    for _ in range(20):
        direction = rows.T @ (rows @ direction)
        direction /= np.linalg.norm(direction)
    return float(np.linalg.norm(rows @ direction) ** 2)
