"""What a restart finds of an index kept in the folder: it reads only what it does not know yet."""

import logging
from pathlib import Path

import numpy as np
import pytest

from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.passages import Document, Passage, PassageKind, Scope
from knowledge.passages_in_memory import PassagesInMemory
from tests.knowledge.small_library import small_library

MANY = 1_100


class CountingStore(PassagesInMemory):
    """Counts the passages it was asked to read."""

    count = 0

    def read(self, ids):
        self.count += len(ids)
        return super().read(ids)


def take_in(store: PassagesInMemory, number: int, *, team: str | None = None) -> None:
    """One more document of a hundred passages; its own number stands in every one."""
    document = Document(f"d{number}", f"{number}.txt", f"h{number}", team)
    passages = [
        Passage(f"p{at}", PassageKind.DOCUMENT, "交货", f"第{at}批交货 n{number}x", "zh", "a", f"a{number}", at, team)
        for at in range(100 * number, 100 * number + 100)
    ]
    store.save(document, [], passages)


def found(knowledge: KeywordKnowledgeBase, query: str, team: str | None = None) -> list[str]:
    return [hit.passage.id for hit in knowledge.search(query, team=team, scope=Scope.DOCUMENTS).hits]


def read_by_a_start(store: CountingStore, folder: Path) -> tuple[KeywordKnowledgeBase, int]:
    knowledge, before = KeywordKnowledgeBase(small_library(), store, folder), store.count
    knowledge.refresh()
    return knowledge, store.count - before


@pytest.fixture
def store() -> CountingStore:
    store = CountingStore()
    for number in range(MANY // 100):
        take_in(store, number)
    return store


@pytest.fixture
def folder(store, tmp_path) -> Path:
    _, read = read_by_a_start(store, tmp_path)
    assert read == MANY
    return tmp_path


def test_a_restart_reads_nothing_and_finds_the_same(store, folder):
    knowledge, read = read_by_a_start(store, folder)
    assert read == 0
    anew = KeywordKnowledgeBase(small_library(), store)
    for query in ("n3x", "第250批", "交货"):
        assert found(knowledge, query) == found(anew, query)
        np.testing.assert_allclose(knowledge.passage_words.scores(query), anew.passage_words.scores(query), rtol=1e-5)


def test_only_what_came_since_is_read_and_what_went_is_gone(store, folder):
    store.withdraw("d3")
    take_in(store, 20)
    knowledge, read = read_by_a_start(store, folder)
    assert read == 100
    assert found(knowledge, "n20x")[0] == "p2000"
    assert not set(found(knowledge, "n3x")) & {f"p{at}" for at in range(300, 400)}


def test_what_was_given_to_a_team_and_back_is_found_once(store, folder):
    knowledge, _ = read_by_a_start(store, folder)
    store.withdraw("d3")
    take_in(store, 3, team="north")
    assert found(knowledge, "n3x", "north")[0] == "p300"
    for number in range(20, 30):
        take_in(store, number)
    knowledge.refresh()
    again, read = read_by_a_start(store, folder)
    assert read == 0
    assert found(again, "n3x", "north")[:2] == ["p300", "p301"]
    assert "p300" not in found(again, "n3x")


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"garbage" * 50])
def test_a_damaged_snapshot_is_noticed_and_built_anew(store, folder, caplog, damage):
    path = folder / "words.npz"
    path.write_bytes(damage(path.read_bytes()))
    with caplog.at_level(logging.WARNING, "knowledge"):
        knowledge, read = read_by_a_start(store, folder)
    assert read == MANY
    assert found(knowledge, "n7x")[0] == "p700"
    assert ["damaged" in record.message for record in caplog.records] == [True]
    assert read_by_a_start(store, folder)[1] == 0


def test_a_flipped_byte_in_a_snapshot_is_noticed(store, folder):
    path = folder / "words.npz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert read_by_a_start(store, folder)[1] == MANY


def test_a_missing_snapshot_is_built_anew(store, folder):
    (folder / "words.npz").unlink()
    assert read_by_a_start(store, folder)[1] == MANY


def test_when_most_is_gone_the_rows_are_numbered_anew(store, folder):
    for number in range(1, 11):
        store.withdraw(f"d{number}")
    knowledge, read = read_by_a_start(store, folder)
    assert read == 100
    assert len(knowledge.catalogue.rows) < 300
    assert found(knowledge, "n0x")[0] == "p0"


def test_a_changed_library_is_read_again_and_the_documents_are_not(store, folder, tmp_path_factory):
    library = small_library()
    shorter = type(library)(library.entries[1:])
    before = store.count
    knowledge = KeywordKnowledgeBase(shorter, store, folder)
    knowledge.refresh()
    assert store.count == before
    gone = library.entries[0].id
    assert not knowledge.catalogue.rows_of_entry(gone)
    assert gone not in [hit.passage.owner for hit in knowledge.search("客户", team=None, scope=Scope.LIBRARY).hits]
