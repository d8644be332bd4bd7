"""The evaluation of search as a table: this search and the usual baselines on the same questions, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from knowledge.cleaning.topics import Topics
from knowledge.errors import UnreadableDocumentError
from knowledge.evaluation import (
    Case,
    Score,
    balanced_accuracy,
    grades_for,
    read_cases,
    read_questions,
    shown_ids,
    stretches_of,
)
from knowledge.folding import folded, is_traditional, language_of
from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
from knowledge.ingestion import Ingestion
from knowledge.library_entries import load_library
from knowledge.passages import Embedder, KnowledgeBase, Passage, PassageStore, Scope
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.splitting.passages import text_key

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_DEPTH = 10
_FUSION_CONSTANT = 60
"""What LangChain's EnsembleRetriever adds to each rank before it takes the reciprocal."""
_LARGEST = 50
"""How far down a baseline is read before it is fused."""

_CLASSES = frozenset({"en", "traditional", "mixed"})

Ranked = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Knowing:
    """How often it said rightly, of questions of one class, that something or that nothing answers them."""

    something: float
    nothing: float
    counts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchReport:
    """Means by search and by style of question, and how well it knows what it does not know."""

    measures: Mapping[str, Mapping[str, float]]
    counts: Mapping[str, int]
    balanced_accuracy: float
    knowing: Mapping[str, Knowing]
    skipped: int


@dataclass(slots=True)
class _Tally:
    scores: dict[str, Score] = field(default_factory=dict)

    def add(self, name: str, found: Sequence[str], grades: Mapping[str, int]) -> None:
        self.scores.setdefault(name, Score()).add(found, grades)


def report(cases: Path, documents: Path | None) -> Iterator[str]:
    """Ingests the documents into memory, asks every case, and says how it went, a line at a time.

    Without `documents` those in the folder of that name beside the cases are taken; questions beside them that
    nothing answers (unanswerable.jsonl) are asked as well, unless the cases have some of their own. Where a
    model's questions for these passages lie beside the cases (questions.jsonl), all is asked once more with them.
    """
    found = read_cases(cases)
    nowhere = cases.parent / "unanswerable.jsonl"
    if nowhere.exists() and all(case.answerable for case in found):
        sets = {case.held for case in found}
        found += [case for case in read_cases(nowhere) if case.held in sets]
    embedder, store = SentenceEmbedder(), PassagesInMemory()
    ingestion = Ingestion(store, Topics(embedder))
    for path in _files(documents or cases.parent / "documents"):
        try:
            taken_in = ingestion.ingest(f"{path.parent.name}/{path.name}", path.read_bytes(), team=None)
            if not taken_in.articles and not taken_in.unchanged:
                reasons = ", ".join(dict.fromkeys(drop.reason.value for drop in taken_in.dropped))
                yield f"left out: {path.parent.name}/{path.name} ({reasons})"
        except UnreadableDocumentError as error:
            yield f"not read: {error}"
    knowledge = HybridKnowledgeBase(load_library(), store, embedder)
    yield from _asked(knowledge, store, found, "")
    written = read_questions(cases.parent / "questions.jsonl") if any(case.anchors for case in found) else {}
    written = {one.id: written[key] for one in store.passages() if (key := text_key(one.text)) in written}
    if written:
        store.keep_questions(written)
        yield from _asked(knowledge, store, found, f", with a model's questions for {len(written)} passages")


def _asked(knowledge: HybridKnowledgeBase, store: PassageStore, cases: Sequence[Case], with_what: str) -> Iterator[str]:
    for held, which in ((False, "tuning"), (True, "held back")):
        asked = [case for case in cases if case.held == held]
        if asked:
            result = evaluate_search(knowledge, store, knowledge.embedder, asked)
            yield from _lines(result, f"{which} questions{with_what}")


def _lines(result: SearchReport, which: str) -> Iterator[str]:
    yield f"== {which}"
    for name, means in sorted(result.measures.items(), key=lambda named: (named[0].startswith("baseline"), named[0])):
        figures = "  ".join(f"{measure} {value:.3f}" for measure, value in means.items())
        yield f"{name:<36} n={result.counts[name]:<4} {figures}"
    yield f"{'answerable, balanced accuracy':<36}        {result.balanced_accuracy:.3f}"
    for name, known in sorted(result.knowing.items()):
        yield (
            f"{'answerable, ' + name:<36} n={known.counts[0]}+{known.counts[1]}"
            f"  something {known.something:.3f}  nothing {known.nothing:.3f}"
        )
    if result.skipped:
        yield f"skipped: {result.skipped} questions about documents that are not here (give --documents)"


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else []


def evaluate_search(
    knowledge: KnowledgeBase, store: PassageStore, embedder: Embedder, cases: Sequence[Case]
) -> SearchReport:
    """Asks every case; those whose passages are in no document here are counted as skipped."""
    passages = list(store.passages())
    stretches = stretches_of(passages)
    baselines = _baselines(passages, embedder) if passages else {}
    tally, judged, skipped = _Tally(), dict[str, list[tuple[bool, bool]]](), 0
    for case in cases:
        grades = grades_for(case, stretches) if case.anchors else dict.fromkeys(case.entries, 1)
        if case.answerable and not grades:
            skipped += 1
            continue
        scope = Scope.LIBRARY if case.entries or not passages else Scope.DOCUMENTS
        results = knowledge.search(case.query, team=None, scope=scope, k=_DEPTH)
        judged.setdefault(_class_of(case), []).append((case.answerable, results.answerable))
        if not case.answerable:
            continue
        where = "library" if case.entries else "documents"
        for name in (where, f"{where}, {case.style}"):
            tally.add(name, shown_ids(results), grades)
        for name, ranked in baselines.items() if case.anchors else ():
            tally.add(name, ranked(case.query), grades)
    return SearchReport(
        measures={name: score.means() for name, score in tally.scores.items()},
        counts={name: score.count for name, score in tally.scores.items()},
        balanced_accuracy=balanced_accuracy([one for some in judged.values() for one in some]),
        knowing={name: _knowing(some) for name, some in judged.items()},
        skipped=skipped,
    )


def _class_of(case: Case) -> str:
    """The class a question is reported in; questions that nothing answers are in that of their language."""
    if case.answerable:
        return case.style if case.style in _CLASSES else "zh"
    return "en" if language_of(case.query) == "en" else "traditional" if is_traditional(case.query) else "zh"


def _knowing(judged: Sequence[tuple[bool, bool]]) -> Knowing:
    sides = [[said == truth for truth, said in judged if truth is side] for side in (True, False)]
    something, nothing = (sum(side) / max(len(side), 1) for side in sides)
    return Knowing(something, nothing, (len(sides[0]), len(sides[1])))


def _baselines(passages: Sequence[Passage], embedder: Embedder) -> Mapping[str, Ranked]:
    ids = [passage.id for passage in passages]
    words = _jieba_bm25([passage.text for passage in passages])
    vectors = embedder.embed([folded(passage.text) for passage in passages])

    def by_words(query: str) -> list[str]:
        return _first(ids, words(query))

    def by_meaning(query: str) -> list[str]:
        return _first(ids, vectors @ embedder.embed([folded(query)])[0])

    def fused(query: str) -> list[str]:
        ranks = [{one: rank for rank, one in enumerate(found)} for found in (by_words(query), by_meaning(query))]
        seen = {one for rank in ranks for one in rank}
        value = {one: sum(1 / (_FUSION_CONSTANT + r[one] + 1) for r in ranks if one in r) for one in seen}
        return sorted(value, key=lambda one: -value[one])

    return {
        "baseline: BM25 over jieba words": by_words,
        "baseline: embeddings alone": by_meaning,
        "baseline: reciprocal-rank fusion": fused,
    }


def _jieba_bm25(texts: Sequence[str]) -> Callable[[str], NDArray[np.float32]]:
    import bm25s
    import jieba

    jieba.setLogLevel("ERROR")
    index = bm25s.BM25()
    index.index([jieba.lcut(text) for text in texts], show_progress=False)

    def scores(query: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = np.asarray(index.get_scores(jieba.lcut(query)), np.float32)
        return found

    return scores


def _first(ids: Sequence[str], scores: NDArray[np.float32]) -> list[str]:
    return [ids[at] for at in np.argsort(-scores, kind="stable")[:_LARGEST].tolist()]
