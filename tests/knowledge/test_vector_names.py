"""Vectors are kept under names that file systems and Chroma take, whatever a model is called."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.chroma_index import ChromaIndex
from knowledge.vector_cache import VectorCache, stored_name


@dataclass(frozen=True, slots=True)
class Lettered:
    """An embedder of two dimensions."""

    name: str
    dimensions: int = 2

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        return np.array([[1.0, 0.0] for _ in texts], np.float32)


@pytest.mark.parametrize("name", ["openai:text-embedding-3-small", "BAAI/bge-m3", "用户模型", "../up", "e5+masked"])
def test_any_name_of_a_model_can_be_kept(name, tmp_path):
    embedder = Lettered(name)
    VectorCache(embedder, tmp_path / "vectors").rows(["报价"])
    assert {file.parent for file in (tmp_path / "vectors").iterdir()} == {tmp_path / "vectors"}
    index = ChromaIndex(f"passages-{stored_name(embedder)}", tmp_path / "chroma")
    index.keep({"p1": None}, lambda ids: embedder.embed(list(ids)))
    assert index.nearest(embedder.embed(["x"])[0], team=None, k=1) == ["p1"]


def test_names_that_differ_stay_apart():
    assert len({stored_name(Lettered(name)) for name in ("a:b", "a-b", "a/b")}) == 3
