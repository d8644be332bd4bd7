"""Learns what is declined: `python -m bot.coaching.learn_refusals CASES.jsonl … --weights FILE`.

The questions that lead to the library's entries count as harmless beside the labelled cases. The threshold is the
lowest that keeps wrong refusals of held-out questions within two limits; nothing in it is guessed.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.coaching.refusal_sense import Weights
from bot.coaching.refusals import RefusalKind
from bot.coaching.signs import signs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
_PENALTY = 0.3
_ASKS_WEIGHT = 0.2
_MOST_WRONG_OF_NEAR_MISSES = 0.06
_MOST_WRONG_OF_ASKS = 0.01
_STEPS = 12


def main(arguments: Sequence[str]) -> int:
    """Learns, prints figures of held-out questions, and writes the weights."""
    from knowledge.library_entries import load_library
    from knowledge.sentence_embedder import SentenceEmbedder

    at = arguments.index("--weights")
    cases = [case for path in arguments[:at] for case in _cases(Path(path))]
    library = load_library()
    asks = sorted({ask for entry in library.entries for text in entry.texts.values() for ask in text.asks})
    embedder = SentenceEmbedder()
    signs = signs_of([*(case["question"] for case in cases), *asks], embedder)
    kinds = np.array([*(case["kind"] or "" for case in cases), *("" for _ in asks)])
    share = np.array([*(1.0 for _ in cases), *(_ASKS_WEIGHT for _ in asks)])
    held_out = _held_out_scores(signs, kinds != "", share)
    threshold = _threshold(held_out, kinds != "", share)
    _print_figures(held_out > threshold, kinds != "", share)
    heads = [_learned(signs, kinds == kind.value, share) for kind in RefusalKind]
    decision = _learned(signs, kinds != "", share).astype(np.float32)
    weights = Weights(embedder.name, threshold, decision, np.stack(heads, axis=1).astype(np.float32))
    Path(arguments[at + 1]).write_text(json.dumps(weights.as_json()) + "\n", encoding="utf-8")
    return 0


def _cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _held_out_scores(
    signs: "NDArray[np.float32]", wanted: "NDArray[np.bool_]", share: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    fold = np.random.default_rng(0).integers(0, FOLDS, len(signs))
    scores = np.zeros(len(signs))
    for part in range(FOLDS):
        rest = fold != part
        scores[~rest] = signs[~rest] @ _learned(signs[rest], wanted[rest], share[rest])
    return scores


def _learned(
    signs: "NDArray[np.float32]", wanted: "NDArray[np.bool_]", share: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Logistic regression with a quadratic penalty, by Newton's steps."""
    rows = signs.astype(np.float64)
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[-1] = 1e-3
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (likely - wanted)) + penalty * weights
        curve = rows.T @ (rows * (share * likely * (1 - likely))[:, None]) + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def _threshold(scores: "NDArray[np.float64]", wanted: "NDArray[np.bool_]", share: "NDArray[np.float64]") -> float:
    near = scores[~wanted & (share == 1)]
    asks = scores[share < 1]
    return float(max(np.quantile(near, 1 - _MOST_WRONG_OF_NEAR_MISSES), np.quantile(asks, 1 - _MOST_WRONG_OF_ASKS)))


def _print_figures(declined: "NDArray[np.bool_]", wanted: "NDArray[np.bool_]", share: "NDArray[np.float64]") -> None:
    near = ~wanted & (share == 1)
    sys.stdout.write(
        f"held out: declined {declined[wanted].mean():.3f} of {wanted.sum()},"
        f" wrongly {declined[near].mean():.3f} of {near.sum()} near misses,"
        f" {declined[share < 1].mean():.3f} of {(share < 1).sum()} library questions\n"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
