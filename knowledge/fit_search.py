"""Fits the weights of the search to judged questions and writes them to search_weights.toml.

`python -m knowledge.fit_search --corpus CASES DOCUMENT… [--corpus …] --unanswerable CASES --questions FILE` uses only
the cases marked `tune`; those held back are for `ridealong eval search`. Each corpus is ingested into memory by itself.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.cleaning.topics import Topics
from knowledge.evaluation import Case, grades_for, read_cases, read_questions, stretches_of
from knowledge.fit_evidence import Weighed, figures_unseen, fitted_evidence
from knowledge.folding import language_of
from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
from knowledge.ingestion import Ingestion
from knowledge.library_entries import load_library
from knowledge.passages import Hit, PassageKind, Scope
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.regression import CAUTION, descended, logistic
from knowledge.search_weights import ASKED_PARTS, DOCUMENT_PARTS, ENTRY_PARTS, fitted_weights
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.splitting.passages import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_TARGET = Path(__file__).parent / "search_weights.toml"
_ALL = 400
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

    @property
    def scope(self) -> Scope:
        """Where its cases are answered, or not."""
        return Scope.LIBRARY if any(case.entries for case in self.cases) else Scope.DOCUMENTS


def main() -> int:
    """Fits and writes; progress goes to stderr."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", nargs="+", type=Path, action="append", required=True)
    options.add_argument("--unanswerable", type=Path, required=True)
    options.add_argument("--questions", type=Path, required=True, help="what a model wrote for the passages")
    chosen = options.parse_args()
    nowhere = _tuning(chosen.unanswerable)
    corpora = [Corpus(_with(nowhere, _tuning(cases)), *_knowledge(documents)) for cases, *documents in chosen.corpus]
    before = fitted_weights()
    found = {
        "documents": _fitted(_judged_documents(corpora, across=False), DOCUMENT_PARTS, before.documents),
        "documents_across": _fitted(_judged_documents(corpora, across=True), DOCUMENT_PARTS, before.documents_across),
        "entries": _fitted(_judged_entries(corpora), ENTRY_PARTS, before.entries),
    }
    for corpus in corpora:
        corpus.knowledge.weights = replace(before, **found)
    for name, scope in (("evidence_documents", Scope.DOCUMENTS), ("evidence_entries", Scope.LIBRARY)):
        weighed = _weighed(corpora, scope)
        found[name] = fitted_evidence(weighed)
        sys.stderr.write("\n".join([f"== {name}", *figures_unseen(weighed), ""]))
    asked = _with_questions(corpora, read_questions(chosen.questions))
    for name, across in (("documents", False), ("documents_across", True)):
        judged = _judged_documents(asked, across=across)
        found[name] |= _fitted_beside(judged, {**getattr(before, name), **found[name]})
    _TARGET.write_text(_as_toml(found), "utf-8")
    sys.stderr.write(f"{sum(len(corpus.cases) for corpus in corpora)} cases, weights written to {_TARGET}\n")
    return 0


def _tuning(path: Path) -> list[Case]:
    return [case for case in read_cases(path) if not case.held]


def _with(nowhere: Sequence[Case], cases: Sequence[Case]) -> list[Case]:
    """The cases, and those that nothing anywhere answers unless they have such of their own."""
    return [*cases, *nowhere] if all(case.answerable for case in cases) else list(cases)


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
    found = logistic(scores[:, None], relevant)
    return {**_named(names, order * max(float(found.weights[0]), 0.1) / spread, spread, before), "bias": found.bias}


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
        return total / len(judged) + CAUTION * weights

    return descended(np.full(parts[0].shape[1], 0.5), slope, least=0.0)


def _weighed(corpora: Sequence[Corpus], scope: Scope) -> list[Weighed]:
    """The evidence that the search finds for every case answered, or not, in this scope."""
    asked = [(corpus, case) for corpus in corpora if corpus.scope is scope for case in corpus.cases]
    found = [(case, corpus.knowledge.search(case.query, team=None, scope=scope).evidence) for corpus, case in asked]
    return [Weighed(case, evidence) for case, evidence in found if evidence]


def _as_toml(found: Mapping[str, Mapping[str, float]]) -> str:
    tables = (
        f"[{kind}]\n" + "".join(f"{name} = {weight:.4f}\n" for name, weight in weights.items())
        for kind, weights in found.items()
    )
    return "# Written by `python -m knowledge.fit_search`; do not edit by hand.\n\n" + "\n".join(tables)


if __name__ == "__main__":
    raise SystemExit(main())
