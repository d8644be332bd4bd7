from pathlib import Path

import pytest

from knowledge.cleaning.topics import Topics
from knowledge.evaluation import (
    Case,
    Score,
    anchors_of,
    balanced_accuracy,
    grades_for,
    read_cases,
    stretches_of,
)
from knowledge.ingestion import Ingestion
from knowledge.passages import Passage, PassageKind
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.sentence_embedder import SentenceEmbedder

CASES = Path(__file__).parents[1] / "evals" / "search"
GENERATED = "questions.jsonl"
"""What a model wrote for passages; no cases."""
FOREIGN_TO_EVERY_STORY = ("无码", "首页", "备000", "报名", "二维码", "上一篇", "点击", "example.com", "百家乐", "預覽")


def passage(number: int, text: str) -> Passage:
    return Passage(f"p{number}", PassageKind.DOCUMENT, "t", text, "zh", "s", "a", number)


def test_measures_are_those_of_the_textbook():
    score = Score()
    score.add(["x", "good", "y", "best"], {"good": 1, "best": 2})
    means = score.means()
    assert (means["hit@1"], means["hit@3"], means["MRR"]) == (0, 1, 0.5)
    assert means["nDCG@10"] == pytest.approx((1 / 1.58496 + 3 / 2.32193) / (3 + 1 / 1.58496), rel=1e-3)


def test_a_passage_is_recognised_by_stretches_in_any_script_and_split():
    text = "停线一次要损失多少钱，客户自己往往没有算过，先请生产主管把上个月停线的时间写在纸上。"
    case = Case("c", "q", "zh", held=False, anchors=((frozenset(anchors_of(text)), 2),))
    traditional = passage(0, "停線一次要損失多少錢,客戶自己往往沒有算過,先請生產主管把上個月停線的時間寫在紙上。")
    assert grades_for(case, stretches_of([traditional, passage(1, "别的事情，与此无关，也没有相同的话。")])) == {
        "p0": 2
    }


def test_balanced_accuracy_counts_both_sides_alike():
    assert balanced_accuracy([(True, True)] * 9 + [(False, True)]) == 0.5


def test_the_evaluation_set_is_large_enough_and_a_third_is_held_back():
    files = (path for path in sorted(CASES.glob("*.jsonl")) if path.name != GENERATED)
    cases = [case for path in files for case in read_cases(path)]
    assert len({case.id for case in cases}) == len(cases)
    knowing = read_cases(CASES / "knowing.jsonl")
    assert min(sum(case.answerable == answered for case in knowing) for answered in (True, False)) >= 200
    own = read_cases(CASES / "own.jsonl")
    assert len(own) >= 120
    assert {"zh", "en", "keywords", "traditional"} <= {case.style for case in own}
    fresh = [case for path in CASES.glob("*fresh.jsonl") for case in read_cases(path)]
    assert all(case.held for case in fresh)
    ours = len(cases) - len(fresh)
    assert 0.25 <= (sum(case.held for case in cases) - len(fresh)) / ours <= 0.4


def test_the_dirty_corpus_is_taken_in_clean_and_each_story_once():
    files = sorted((CASES / "documents").iterdir())
    assert len(files) >= 60
    store = PassagesInMemory()
    ingestion = Ingestion(store)
    for path in files:
        ingestion.ingest(path.name, path.read_bytes(), team=None)
    texts = [passage.text for passage in store.passages()]
    assert not [text for text in texts for word in FOREIGN_TO_EVERY_STORY if word in text]
    own = read_cases(CASES / "own.jsonl")
    stretches = stretches_of(store.passages())
    found = {case.id: grades_for(case, stretches) for case in own}
    assert sum(bool(grades) for grades in found.values()) > 0.9 * len(own)
    assert max(map(len, found.values())) <= 3


def test_every_document_that_questions_are_asked_about_is_taken_in():
    ingestion = Ingestion(PassagesInMemory(), Topics(SentenceEmbedder()))
    documents = sorted((CASES / "documents").iterdir())
    reports = [ingestion.ingest(path.name, path.read_bytes(), team=None) for path in documents]
    assert [report.document.name for report in reports if not report.articles] == []
