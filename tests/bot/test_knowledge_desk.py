"""Questions are answered at once, and all that makes answers quicker or better comes about beside them."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.knowledge_desk import KnowledgeDesk
from knowledge.errors import VectorsUnavailableError
from knowledge.ingestion import Ingestion
from knowledge.passages import Document, Passage, PassageKind, Scope
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.sentence_embedder import SentenceEmbedder
from tests.knowledge.dirty_folder import STOPPED_LINE
from tests.knowledge.small_library import small_library

TEXTS = ("项目经理带着排产表去车间，当场把第一批货提前了四天。", "请对方的工艺工程师来看样机，当场就把参数定了。")


@dataclass
class Away:
    """An embedder that cannot be reached."""

    name: str = "away"
    dimensions: int = 512

    def embed(self, texts):
        raise VectorsUnavailableError("the model is away")


def take_in(store: PassagesInMemory, at: int) -> None:
    text = Passage(f"p{at}", PassageKind.DOCUMENT, "故事", TEXTS[at], "zh", "a.txt", f"a{at}", 0)
    store.save(Document(f"d{at}", f"{at}.txt", f"h{at}"), [], [text])


def desk_of(store: PassagesInMemory, embedder: object, folder: Path) -> KnowledgeDesk:
    desk = KnowledgeDesk(store, lambda: embedder, folder, retry_seconds=0)
    desk._library = small_library()
    return desk


def first(desk: KnowledgeDesk, query: str) -> str:
    return desk.search_now(query, team=None, k=3, scope=Scope.DOCUMENTS).hits[0].passage.id


@pytest.fixture
def store() -> PassagesInMemory:
    store = PassagesInMemory()
    take_in(store, 0)
    return store


def test_the_first_question_does_not_wait_and_later_ones_are_understood(store, tmp_path):
    desk = desk_of(store, SentenceEmbedder(), tmp_path)
    assert first(desk, "排产表") == "p0"
    desk.warm_up().join()
    take_in(store, 1)
    assert first(desk, "how do I show the machine to their engineers") == "p1"
    desk.warm_up().join()
    assert (tmp_path / "chroma" / "chroma.sqlite3").exists()
    assert first(desk, "how do I show the machine to their engineers") == "p1"


def test_without_a_model_words_answer(store, tmp_path, caplog):
    desk = desk_of(store, Away(), tmp_path)
    with caplog.at_level(logging.WARNING, "bot.knowledge_desk"):
        desk.prepare()
        assert first(desk, "排产表") == "p0"
    assert {record.action for record in caplog.records} == {"no_vectors"}
    desk.warm_up().join()


@dataclass
class ComesBack:
    """An embedder that can be reached only now and then."""

    inner: SentenceEmbedder
    is_away: bool = True

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dimensions(self) -> int:
        return self.inner.dimensions

    def embed(self, texts):
        if self.is_away:
            raise VectorsUnavailableError("away")
        return self.inner.embed(texts)


@pytest.mark.parametrize("was_ready", [True, False])
def test_what_is_taken_in_while_the_embedder_is_away_is_found_by_words_then_by_meaning(store, tmp_path, was_ready):
    embedder = ComesBack(SentenceEmbedder(), is_away=not was_ready)
    desk = desk_of(store, embedder, tmp_path)
    desk.warm_up().join()
    embedder.is_away = True
    report = Ingestion(store, desk.topics()).ingest("停线.txt", STOPPED_LINE.encode(), team=None)
    assert report.vectors_wait
    [passage] = [one for one in store.passages() if one.id != "p0"]
    assert first(desk, "停线损失") == passage.id

    embedder.is_away = False
    for _ in range(2):  # the first may have begun while it was away
        desk.warm_up().join()
    assert first(desk, "what does it cost them when the line stands still") == passage.id
    assert desk.topics().reaches_meaning()


def test_who_prepared_it_himself_gets_his_answer_and_nothing_goes_on_beside(store, tmp_path):
    desk = desk_of(store, SentenceEmbedder(), tmp_path)
    desk.prepare()
    before = threading.active_count()
    assert first(desk, "how do I bring the delivery forward") == "p0"
    assert threading.active_count() == before
