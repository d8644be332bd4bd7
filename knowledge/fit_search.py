"""Fits the weights of the search to judged questions and writes them to search_weights.toml.

`python -m knowledge.fit_search --corpus CASES DOCUMENT… [--corpus …] --unanswerable CASES --questions FILE` uses only
the cases marked `tune`; those held back are for `ridealong eval search`. Each corpus is ingested into memory by itself.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.cleaning.topics import Topics
from knowledge.evaluation import Case, grades_for, read_cases, read_questions, stretches_of
from knowledge.folding import language_of
from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
from knowledge.ingestion import Ingestion
from knowledge.library_entries import load_library
from knowledge.passages import Hit, PassageKind, Scope
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.search_weights import ASKED_PARTS, DOCUMENT_PARTS, ENTRY_PARTS, EVIDENCE_PARTS, fitted_weights
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.splitting.passages import text_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

_TARGET = Path(__file__).parent / "search_weights.toml"
_ALL = 400
_STEPS = 600
_SPEED = 0.05
_CAUTION = 0.01
"""How strongly weights are pulled towards small ones: the data is little, the questions of others are many."""
_NEVER_HEARD = 1e-6
_NEUTRAL = frozenset({PassageKind.OBJECTION, PassageKind.PERSONA, PassageKind.SCENARIO})
"""Kinds the cases do not judge: finding them is neither right nor wrong."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The candidates of one question: a row of parts each, and their grades."""

    parts: NDArray[np.float64]
    grades: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Cases and a knowledge base that holds the documents they are about."""

    cases: Sequence[Case]
    knowledge: HybridKnowledgeBase
    store: PassagesInMemory


def main() -> int:
    """Fits and writes; progress goes to stderr."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", nargs="+", type=Path, action="append", required=True)
    options.add_argument("--unanswerable", type=Path, required=True)
    options.add_argument("--questions", type=Path, required=True, help="what a model wrote for the passages")
    chosen = options.parse_args()
    nowhere = _tuning(chosen.unanswerable)
    corpora = [Corpus([*_tuning(cases), *nowhere], *_knowledge(documents)) for cases, *documents in chosen.corpus]
    before = fitted_weights()
    found = {
        "documents": _fitted(_judged_documents(corpora, across=False), DOCUMENT_PARTS, before.documents),
        "documents_across": _fitted(_judged_documents(corpora, across=True), DOCUMENT_PARTS, before.documents_across),
        "entries": _fitted(_judged_entries(corpora), ENTRY_PARTS, before.entries),
        "evidence_documents": _fitted_evidence(corpora, Scope.DOCUMENTS),
        "evidence_entries": _fitted_evidence(corpora, Scope.LIBRARY),
    }
    asked = _with_questions(corpora, read_questions(chosen.questions))
    for name, across in (("documents", False), ("documents_across", True)):
        judged = _judged_documents(asked, across=across)
        found[name] |= _fitted_beside(judged, {**getattr(before, name), **found[name]})
    _TARGET.write_text(_as_toml(found), "utf-8")
    sys.stderr.write(f"{sum(len(corpus.cases) for corpus in corpora)} cases, weights written to {_TARGET}\n")
    return 0


def _tuning(path: Path) -> list[Case]:
    return [case for case in read_cases(path) if not case.held]


def _knowledge(documents: Sequence[Path]) -> tuple[HybridKnowledgeBase, PassagesInMemory]:
    embedder, store = SentenceEmbedder(), PassagesInMemory()
    ingestion = Ingestion(store, Topics(embedder))
    for path in documents:
        ingestion.ingest(f"{path.parent.name}/{path.name}", path.read_bytes(), team=None)
    return HybridKnowledgeBase(load_library(), store, embedder), store


def _with_questions(corpora: Sequence[Corpus], written: Mapping[str, Sequence[str]]) -> list[Corpus]:
    """Those corpora a model wrote questions for, with them."""
    asked: list[Corpus] = []
    for corpus in corpora:
        keys = {passage.id: text_key(passage.text) for passage in corpus.store.passages()}
        if here := {passage_id: written[key] for passage_id, key in keys.items() if key in written}:
            corpus.store.keep_questions(here)
            asked.append(corpus)
    return asked


def _judged_documents(corpora: Sequence[Corpus], *, across: bool) -> list[Judged]:
    """Candidates in the question's own language, or `across` languages."""
    judged: list[Judged] = []
    for corpus in corpora:
        stretches = stretches_of(corpus.store.passages())
        for case in (case for case in corpus.cases if case.anchors):
            grades = grades_for(case, stretches)
            found = corpus.knowledge.search(case.query, team=None, scope=Scope.DOCUMENTS, k=_ALL).hits
            hits = [hit for hit in found if (hit.passage.language != language_of(case.query)) == across]
            if not hits:
                continue
            right = [grades.get(hit.passage.id, 0) for hit in hits]
            judged.append(_judged(hits, (*DOCUMENT_PARTS, *ASKED_PARTS), right))
    return [one for one in judged if one.grades.any()]


def _judged_entries(corpora: Sequence[Corpus]) -> list[Judged]:
    judged: list[Judged] = []
    for corpus in corpora:
        for case in (case for case in corpus.cases if case.entries):
            found = corpus.knowledge.search(case.query, team=None, scope=Scope.LIBRARY, k=_ALL).hits
            hits = [hit for hit in found if hit.passage.kind not in _NEUTRAL]
            judged.append(_judged(hits, ENTRY_PARTS, [int(hit.passage.owner in case.entries) for hit in hits]))
    return [one for one in judged if one.grades.any()]


def _judged(hits: Sequence[Hit], names: Sequence[str], grades: Sequence[int]) -> Judged:
    return Judged(np.array([[hit.parts[name] for name in names] for hit in hits]), np.array(grades, float))


def _fitted(judged: Sequence[Judged], names: Sequence[str], before: Mapping[str, float]) -> dict[str, float]:
    """Weights that put graded candidates first, scaled so that the sum is the log odds of being relevant.

    A voice that was silent in every case (English names in a Chinese passage) keeps the weight it had `before`.
    """
    parts = [one.parts[:, : len(names)] for one in judged]
    spread = np.concatenate(parts).std(axis=0) + _NEVER_HEARD
    order = _in_order([some / spread for some in parts], judged) * (spread > 2 * _NEVER_HEARD)
    scores = np.concatenate([some / spread @ order for some in parts])
    relevant = np.concatenate([one.grades > 0 for one in judged]).astype(float)
    scale, bias = _logistic(scores[:, None], relevant)
    return {**_named(names, order * max(scale, 0.1) / spread, spread, before), "bias": bias}


def _fitted_beside(judged: Sequence[Judged], fitted: Mapping[str, float]) -> dict[str, float]:
    """What generated questions weigh beside parts that were fitted without them."""
    known = np.array([fitted[name] for name in DOCUMENT_PARTS])
    parts = [one.parts[:, len(known) :] for one in judged]
    spread = np.concatenate(parts).std(axis=0) + _NEVER_HEARD
    sure = [one.parts[:, : len(known)] @ known for one in judged]
    order = _in_order([some / spread for some in parts], judged, sure) * (spread > 2 * _NEVER_HEARD)
    return _named(ASKED_PARTS, order / spread, spread, fitted)


def _named(
    names: Sequence[str], weights: NDArray[np.float64], spread: NDArray[np.float64], before: Mapping[str, float]
) -> dict[str, float]:
    return {
        name: weight if heard else before.get(name, 0.0)
        for name, weight, heard in zip(names, weights.tolist(), spread > 2 * _NEVER_HEARD, strict=True)
    }


def _in_order(
    parts: Sequence[NDArray[np.float64]],
    judged: Sequence[Judged],
    sure: Sequence[NDArray[np.float64]] | None = None,
) -> NDArray[np.float64]:
    """Weights under which, with what is `sure` already, graded candidates are the likeliest of their question."""
    known = sure or [np.zeros(len(one.grades)) for one in judged]

    def slope(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        total = np.zeros_like(weights)
        for some, one, before in zip(parts, judged, known, strict=True):
            loud = some @ weights + before
            share = np.exp(loud - loud.max())
            total += (share / share.sum() - one.grades / one.grades.sum()) @ some
        return total / len(judged) + _CAUTION * weights

    return _descended(np.full(parts[0].shape[1], 0.5), slope, least=0.0)


def _fitted_evidence(corpora: Sequence[Corpus], scope: Scope) -> dict[str, float]:
    """A logistic regression that counts answerable and unanswerable questions alike."""
    parts: list[Mapping[str, float]] = []
    truth: list[float] = []
    for corpus in corpora:
        for case in corpus.cases:
            judged_here = bool(case.entries) == (scope is Scope.LIBRARY) or not case.answerable
            evidence = corpus.knowledge.search(case.query, team=None, scope=scope).evidence if judged_here else None
            if evidence:
                parts.append(evidence)
                truth.append(float(case.answerable))
    rows = np.array([[part[name] for name in EVIDENCE_PARTS] for part in parts])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    *weights, bias = _logistic((rows - middle) / spread, np.array(truth), even=True)
    scaled = np.array(weights) / spread
    return {**dict(zip(EVIDENCE_PARTS, scaled.tolist(), strict=True)), "bias": bias - float(scaled @ middle)}


def _logistic(rows: NDArray[np.float64], truth: NDArray[np.float64], *, even: bool = False) -> list[float]:
    """Weights and, last, the bias; `even` gives both outcomes the same say."""
    inputs = np.column_stack([rows, np.ones(len(rows))])
    say = (
        np.where(truth > 0, 0.5 / truth.sum(), 0.5 / (1 - truth).sum()) if even else np.full(len(truth), 1 / len(truth))
    )

    def slope(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        odds = 1 / (1 + np.exp(-np.clip(inputs @ weights, -40, 40)))
        pull = np.append(weights[:-1], 0.0) * _CAUTION * even
        found: NDArray[np.float64] = (say * (odds - truth)) @ inputs + pull
        return found

    return [float(weight) for weight in _descended(np.zeros(inputs.shape[1]), slope, steps=4 * _STEPS)]


def _descended(
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


def _as_toml(found: Mapping[str, Mapping[str, float]]) -> str:
    tables = (
        f"[{kind}]\n" + "".join(f"{name} = {weight:.4f}\n" for name, weight in weights.items())
        for kind, weights in found.items()
    )
    return "# Written by `python -m knowledge.fit_search`; do not edit by hand.\n\n" + "\n".join(tables)


if __name__ == "__main__":
    raise SystemExit(main())
