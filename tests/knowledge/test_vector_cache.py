import logging
from dataclasses import dataclass, field

import numpy as np
import pytest

from knowledge.vector_cache import VectorCache

TEXTS = [f"第{number}句" for number in range(40)]


@dataclass
class Remembering:
    """An embedder of eight dimensions that remembers what it was asked."""

    name: str = "eight"
    dimensions: int = 8
    asked: list[str] = field(default_factory=list)

    def embed(self, texts):
        self.asked += texts
        rows = np.array([[hash((text, at)) % 1000 - 500 for at in range(8)] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_vectors_come_back_after_a_restart_without_being_computed(tmp_path):
    first = VectorCache(Remembering(), tmp_path)
    before = first.vectors(TEXTS).long()
    again = VectorCache(Remembering(), tmp_path)
    np.testing.assert_array_equal(again.vectors(TEXTS).long(), before)
    assert again.embedder.asked == []


def test_new_texts_join_those_that_are_there(tmp_path):
    cache = VectorCache(Remembering(), tmp_path)
    few = cache.vectors(TEXTS[:3]).long()
    np.testing.assert_array_equal(cache.vectors(TEXTS).long()[:3], few)
    assert cache.embedder.asked == TEXTS
    assert cache.count() == len(TEXTS)


@pytest.mark.parametrize(("part", "lost"), [("values", 3), ("scales", 2), ("keys", 1)])
def test_a_torn_write_costs_only_what_it_tore(tmp_path, caplog, part, lost):
    kept = VectorCache(Remembering(), tmp_path).vectors(TEXTS).long()
    file = tmp_path / f"eight.{part}"
    width = {"values": 8, "scales": 4, "keys": 16}[part]
    file.write_bytes(file.read_bytes()[: -width * lost + 1])
    with caplog.at_level(logging.WARNING, "knowledge"):
        again = VectorCache(Remembering(), tmp_path)
        np.testing.assert_array_equal(again.vectors(TEXTS).long(), kept)
    assert again.embedder.asked == TEXTS[-lost:]
    assert len(caplog.records) == 1
    assert VectorCache(Remembering(), tmp_path).count() == len(TEXTS)


def test_a_file_that_is_gone_is_computed_anew(tmp_path):
    VectorCache(Remembering(), tmp_path).vectors(TEXTS)
    (tmp_path / "eight.scales").unlink()
    again = VectorCache(Remembering(), tmp_path)
    again.vectors(TEXTS)
    assert again.embedder.asked == TEXTS


@pytest.mark.parametrize("part", ["values", "scales"])
def test_numbers_that_are_no_vectors_are_computed_anew(tmp_path, part):
    kept = VectorCache(Remembering(), tmp_path).vectors(TEXTS).long()
    file = tmp_path / f"eight.{part}"
    file.write_bytes((b"\x00garbage\xff" * 500)[: file.stat().st_size])
    again = VectorCache(Remembering(), tmp_path)
    np.testing.assert_array_equal(again.vectors(TEXTS).long(), kept)
    assert again.embedder.asked == TEXTS
