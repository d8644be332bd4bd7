"""Fits the check of the evidence, and says how it would do on what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.evaluation import balanced_accuracy
from knowledge.regression import even_logistic
from knowledge.search_weights import EVIDENCE_PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.evaluation import Case

_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question that something answers, or nothing, and the evidence the search found for it."""

    case: Case
    evidence: Mapping[str, float]


def fitted_evidence(weighed: Sequence[Weighed]) -> dict[str, float]:
    """What each part of the evidence counts, both kinds of question having the same say."""
    found = even_logistic(*_examples(weighed))
    return {**dict(zip(EVIDENCE_PARTS, found.weights.tolist(), strict=True)), "bias": found.bias}


def figures_unseen(weighed: Sequence[Weighed]) -> list[str]:
    """Lines with the balanced accuracy on questions held out of the fit, by what answers them and by their kind.

    Questions with the same answer are held out together; so are, for the second figure, all of one kind that nothing
    answers.
    """
    rows, truth = _examples(weighed)
    answers = {name: at for at, name in enumerate(sorted({_answer(one.case) for one in weighed}))}
    said = _held_out(rows, truth, np.array([answers[_answer(one.case)] % _FOLDS for one in weighed]))
    kinds = np.array([one.case.style for one in weighed])
    return [
        f"{len(weighed)} questions, balanced accuracy on unseen answers {_balanced(truth, said):.3f}",
        *_on_unseen_kinds(rows, truth, np.where(truth > 0, "", kinds), said),
        *(
            f"{kind:<22} n={int((kinds == kind).sum()):<4} right {float((said == truth)[kinds == kind].mean()):.3f}"
            for kind in sorted(set(kinds.tolist()))
        ),
    ]


def _on_unseen_kinds(
    rows: NDArray[np.float64], truth: NDArray[np.float64], kinds: NDArray[np.str_], said: NDArray[np.bool_]
) -> list[str]:
    """A line, where the questions that nothing answers are of several kinds; `kinds` is empty for the others."""
    unanswered = sorted(set(kinds.tolist()) - {""})
    if len(unanswered) < 2:
        return []
    of_new_kinds = np.where(truth > 0, said, _held_out(rows, truth, kinds))
    return [f"balanced accuracy on unseen kinds of question without an answer {_balanced(truth, of_new_kinds):.3f}"]


def _examples(weighed: Sequence[Weighed]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows = np.array([[one.evidence[name] for name in EVIDENCE_PARTS] for one in weighed])
    return rows, np.array([float(one.case.answerable) for one in weighed])


def _held_out(rows: NDArray[np.float64], truth: NDArray[np.float64], groups: NDArray[Any]) -> NDArray[np.bool_]:
    """What a fit without its group says of each row."""
    said = np.zeros(len(truth), np.bool_)
    for group in set(groups.tolist()):
        here = groups == group
        said[here] = even_logistic(rows[~here], truth[~here]).of(rows[here]) > 0
    return said


def _answer(case: Case) -> str:
    """What answers the question; a question without an answer stands for itself."""
    anchored = (min(anchors) for anchors, _ in case.anchors)
    return min((*anchored, *case.entries), default=case.id)


def _balanced(truth: NDArray[np.float64], said: NDArray[np.bool_]) -> float:
    return balanced_accuracy(zip((truth > 0).tolist(), said.tolist(), strict=True))
