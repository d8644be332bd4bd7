import logging
from dataclasses import dataclass

import numpy as np
import pytest

from knowledge.errors import VectorsUnavailableError
from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
from knowledge.passages import Document, Passage, PassageKind, Scope
from knowledge.passages_in_memory import PassagesInMemory
from tests.knowledge.small_library import small_library

TEXTS = (
    "交货期谈崩以后，项目经理带着排产表去车间，当场把第一批货提前了四天，客户的生产厂长这才松口。",
    "请对方的工艺工程师来看样机，比在会议室讲三遍都有用，看完当场就把参数定了。",
)


@dataclass
class CountingEmbedder:
    inner: object
    name: str = "use-multilingual-3"
    dimensions: int = 512
    seen: int = 0

    def embed(self, texts):
        self.seen += len(texts)
        return self.inner.embed(texts)


@dataclass
class BrokenEmbedder:
    name: str = "broken"
    dimensions: int = 512

    def embed(self, texts):
        raise VectorsUnavailableError("the model is away")


@pytest.fixture
def store() -> PassagesInMemory:
    store = PassagesInMemory()
    passages = [
        Passage(f"p{at}", PassageKind.DOCUMENT, "故事", text, "zh", "a.txt", "article", at)
        for at, text in enumerate(TEXTS)
    ]
    store.save(Document("d", "a.txt", "hash"), [], passages)
    return store


def first(knowledge, query, **where):
    return knowledge.search(query, team=None, scope=Scope.DOCUMENTS, **where).hits[0].passage.id


def test_meaning_finds_what_shares_no_word(store, embedder):
    knowledge = HybridKnowledgeBase(small_library(), store, embedder)
    assert first(knowledge, "how do I show the machine to their engineers") == "p1"
    assert first(knowledge, "the delivery date negotiation failed") == "p0"


def test_a_restart_computes_no_vector_again(store, embedder, tmp_path):
    counting = CountingEmbedder(embedder)
    HybridKnowledgeBase(small_library(), store, counting, tmp_path).prepare()
    before = counting.seen
    assert before > 100
    again = HybridKnowledgeBase(small_library(), store, counting, tmp_path)
    again.prepare()
    assert counting.seen == before
    assert first(again, "样机给工程师看") == "p1"


def test_without_vectors_words_answer_and_the_log_says_so_once(store, caplog):
    knowledge = HybridKnowledgeBase(small_library(), store, BrokenEmbedder())
    with caplog.at_level(logging.WARNING, "knowledge"):
        assert first(knowledge, "交货期谈崩") == "p0"
        assert first(knowledge, "工程师看样机") == "p1"
    assert [record.message for record in caplog.records] == ["no vectors, searching by words"]


@pytest.mark.parametrize("damaged", ["chroma", "vectors"])
def test_a_damaged_folder_is_built_anew_with_one_clear_line(store, embedder, tmp_path, caplog, damaged):
    from chromadb.api.shared_system_client import SharedSystemClient

    HybridKnowledgeBase(small_library(), store, embedder, tmp_path).prepare()
    SharedSystemClient.clear_system_cache()
    for path in (tmp_path / damaged).rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage" * 31)
    with caplog.at_level(logging.WARNING, "knowledge"):
        again = HybridKnowledgeBase(small_library(), store, embedder, tmp_path)
        assert first(again, "样机给工程师看") == "p1"
        again.prepare()
        assert first(again, "样机给工程师看") == "p1"
    assert len([record for record in caplog.records if "damaged" in record.message]) == 1


def test_a_generated_question_leads_to_its_passage(store, embedder):
    knowledge = HybridKnowledgeBase(small_library(), store, embedder)
    assert first(knowledge, "老王家的烦心事怎么破") is not None
    store.keep_questions({"p1": ["老王家的烦心事怎么破"]})
    hit = knowledge.search("老王家的烦心事怎么破", team=None, scope=Scope.DOCUMENTS).hits[0]
    assert hit.passage.id == "p1"
    assert hit.parts["asked_words"] > 0.5


def test_a_follow_up_is_searched_with_the_question_before_it(store, embedder):
    knowledge = HybridKnowledgeBase(small_library(), store, embedder)
    assert first(knowledge, "那要带谁去", context="交货期谈崩了怎么办") == "p0"


def test_a_hit_explains_itself(store, embedder):
    found = HybridKnowledgeBase(small_library(), store, embedder).search("交货期谈崩", team=None)
    assert {"words", "meaning"} <= found.hits[0].parts.keys()
    assert found.evidence["coverage"] > 0.5
    assert all(np.isfinite(value) for hit in found.hits for value in hit.parts.values())
    assert all(0 <= hit.score <= 1 for hit in found.hits)


def test_the_index_finds_what_comparing_every_passage_finds(store, embedder, tmp_path):
    knowledge = HybridKnowledgeBase(small_library(), store, embedder, tmp_path)
    queries = ("样机给工程师看", "the delivery date negotiation failed")
    before = [knowledge.search(query, team=None).hits for query in queries]
    assert not knowledge.is_prepared
    knowledge.prepare()
    assert knowledge.is_prepared
    assert [knowledge.search(query, team=None).hits for query in queries] == before


def test_what_comes_after_the_index_is_found_at_once(store, embedder, tmp_path):
    knowledge = HybridKnowledgeBase(small_library(), store, embedder, tmp_path)
    knowledge.prepare()
    text = "付款条件改成三三四，尾款等验收以后六十天再付，财务总监才点头。"
    new = Passage("p9", PassageKind.DOCUMENT, "付款", text, "zh", "b.txt", "other", 0)
    store.save(Document("e", "b.txt", "hash2"), [], [new])
    assert first(knowledge, "when do they pay the last instalment") == "p9"
    assert not knowledge.is_prepared
    knowledge.prepare()
    assert first(knowledge, "when do they pay the last instalment") == "p9"


def test_without_its_index_every_passage_is_compared_and_the_log_says_so_once(store, embedder, tmp_path, caplog):
    knowledge = HybridKnowledgeBase(small_library(), store, embedder, tmp_path, chroma_url="http://127.0.0.1:9")
    with caplog.at_level(logging.WARNING, "knowledge"):
        with pytest.raises(VectorsUnavailableError):
            knowledge.prepare()
        assert first(knowledge, "how do I show the machine to their engineers") == "p1"
    assert len(caplog.records) == 1
    assert knowledge.is_prepared, "it is not tried again for every question"
