"""What every knowledge base promises, run against each of them."""

import pytest

from knowledge.errors import UnknownPassageError
from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.passages import Document, KnowledgeBase, Passage, PassageKind, Scope
from knowledge.passages_in_memory import PassagesInMemory
from tests.knowledge.small_library import small_library

STORY = "交货期谈崩以后，项目经理带着排产表去车间，当场把第一批货提前了四天，客户的生产厂长这才松口。"


def document(store: PassagesInMemory, name: str, texts: list[str], team: str | None = None) -> None:
    passages = [
        Passage(f"{name}-{at}", PassageKind.DOCUMENT, name, text, "zh", f"{name}.txt", f"{name}-article", at, team)
        for at, text in enumerate(texts)
    ]
    store.save(Document(name, f"{name}.txt", name, team), [], passages)


@pytest.fixture
def store() -> PassagesInMemory:
    return PassagesInMemory()


@pytest.fixture(params=["words", "hybrid"])
def knowledge(request, store: PassagesInMemory, embedder) -> KnowledgeBase:
    if request.param == "words":
        return KeywordKnowledgeBase(small_library(), store)
    return HybridKnowledgeBase(small_library(), store, embedder)


def found(knowledge: KnowledgeBase, query: str, **where) -> list[str]:
    return [hit.passage.shown_id for hit in knowledge.search(query, **{"team": None, **where}).hits]


def test_a_rep_in_trouble_finds_the_entry_meant_for_it(knowledge):
    assert found(knowledge, "报完价客户不回消息，怎么跟进")[0] == "quiet-customer"
    assert found(knowledge, "客戶嫌我們貴，一直壓價")[0] == "too-expensive"


def test_an_english_question_gets_english_words(knowledge):
    hit = knowledge.search("the customer went silent after my quote", team=None).hits[0]
    assert (hit.passage.shown_id, hit.passage.language) == ("quiet-customer", "en")


def test_each_entry_comes_once_with_falling_scores_and_ranks_from_one(knowledge):
    hits = knowledge.search("客户说预算不够，价格太贵", team=None).hits
    owners = [hit.passage.owner for hit in hits]
    assert len(set(owners)) == len(owners)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_new_document_is_found_and_a_withdrawn_one_is_not(knowledge, store):
    assert "delivery-0" not in found(knowledge, "交货期谈崩了怎么办")
    document(store, "delivery", [STORY])
    assert found(knowledge, "交货期谈崩了怎么办")[0] == "delivery-0"
    store.withdraw("delivery")
    assert "delivery-0" not in found(knowledge, "交货期谈崩了怎么办")


def test_a_team_never_sees_the_documents_of_another(knowledge, store):
    document(store, "secret", [STORY], team="north")
    assert "secret-0" in found(knowledge, "交货期谈崩", team="north")
    for other in ("south", None):
        assert "secret-0" not in found(knowledge, "交货期谈崩", team=other)
        with pytest.raises(UnknownPassageError):
            knowledge.source("secret-0", team=other)


def test_scope_keeps_library_and_documents_apart(knowledge, store):
    document(store, "delivery", [STORY])
    assert found(knowledge, "客户嫌贵", scope=Scope.DOCUMENTS) == ["delivery-0"]
    assert "delivery-0" not in found(knowledge, "交货期谈崩", scope=Scope.LIBRARY)


def test_one_article_does_not_fill_the_results(knowledge, store):
    document(store, "long", [f"{STORY}第{number}次。" for number in range(8)])
    document(store, "other", ["交货期被客户催了三次，先把排产顺序讲清楚，再给一个做得到的日子。"])
    first_three = found(knowledge, "交货期谈崩以后去车间", scope=Scope.DOCUMENTS, k=5)[:3]
    assert "other-0" in first_three


def test_a_source_opens_with_its_neighbours(knowledge, store):
    document(store, "long", ["第一段讲客户。", "第二段讲预算。", "第三段讲交货。"])
    source = knowledge.source("long-1", team=None)
    assert (source.before[0].id, source.passage.id, source.after[0].id) == ("long-0", "long-1", "long-2")
    assert knowledge.source("too-expensive", team=None).passage.owner == "too-expensive"
    with pytest.raises(UnknownPassageError):
        knowledge.source("nothing", team=None)


def test_what_nothing_is_known_about_is_not_answerable(knowledge):
    assert knowledge.search("客户嫌价格太贵，要再降五个点", team=None).answerable
    assert not knowledge.search("食堂今天中午有什么菜", team=None).answerable


def test_nothing_taken_in_yet_is_said(knowledge):
    results = knowledge.search("随便", team=None, scope=Scope.DOCUMENTS)
    assert (results.hits, results.answerable, results.why) == ((), False, "nothing_indexed")
