"""Vectors from an endpoint: order, length, likeness, and what happens without one."""

import asyncio

import numpy as np
import pytest

from bot.language_models.circuit_breaker import CircuitBreaker
from bot.language_models.connection import Address
from bot.language_models.embeddings import EndpointEmbedder, MaskedEmbedder
from knowledge.errors import VectorsUnavailableError
from tests.support.model_server import DIMENSIONS, ModelServer, drops, fails, nonsense


@pytest.fixture
async def server():
    async with ModelServer() as running:
        yield running


@pytest.fixture
def embedder(server):
    one = EndpointEmbedder("small", Address(server.base_url), timeout=5)
    yield one
    one.close()


async def vectors_of(embedder, texts):
    return await asyncio.to_thread(embedder.embed, texts)


async def test_each_text_has_its_own_unit_row_in_order(embedder):
    texts = ["客户说贵", "预算没批", "x" * 5000, ""]
    rows = await vectors_of(embedder, texts)
    assert rows.shape == (4, DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[0], (await vectors_of(embedder, ["客户说贵"]))[0])


async def test_many_texts_go_in_batches(server, embedder):
    rows = await vectors_of(embedder, [f"第{number}段" for number in range(150)])
    assert rows.shape == (150, DIMENSIONS)
    assert len(server.asked) == 3


async def test_the_length_is_asked_for_when_nobody_knows_it(server, embedder):
    assert await asyncio.to_thread(lambda: embedder.dimensions) == DIMENSIONS
    assert (await vectors_of(embedder, [])).shape == (0, DIMENSIONS)
    assert len(server.asked) == 1
    assert embedder.name == "openai:small"


@pytest.mark.parametrize("answer", [fails(401), fails(404), fails(400), nonsense()])
async def test_without_vectors_the_error_is_knowledges(server, embedder, answer):
    server.otherwise = answer
    with pytest.raises(VectorsUnavailableError) as caught:
        await vectors_of(embedder, ["客户说贵"])
    assert "客户" not in str(caught.value)


async def test_a_failure_that_passes_is_tried_again(server, embedder):
    server.script(drops(0))
    assert (await vectors_of(embedder, ["客户说贵"])).shape == (1, DIMENSIONS)


async def test_vectors_of_another_length_than_before_are_refused(server, embedder, monkeypatch):
    await vectors_of(embedder, ["客户说贵"])
    monkeypatch.setattr("tests.support.model_server.DIMENSIONS", DIMENSIONS * 2)
    with pytest.raises(VectorsUnavailableError):
        await vectors_of(embedder, ["客户说贵"])


async def test_an_outside_endpoint_sees_no_names_when_masked(server, embedder):
    masked = MaskedEmbedder(embedder)
    rows = await vectors_of(masked, ["刚从远山阀门出来，见了邱总，预算一百八十万"])
    seen = str(server.asked[0].body["input"])
    assert not [word for word in ("远山", "邱总", "一百八十万") if word in seen]
    assert rows.shape == (1, masked.dimensions)
    assert masked.name != embedder.name


async def test_an_endpoint_that_is_away_is_left_alone_for_a_while(server, embedder):
    at = [0.0]
    embedder.breaker = CircuitBreaker(failures_allowed=2, now=lambda: at[0])
    well, server.otherwise = server.otherwise, fails(404)
    for _ in range(4):
        with pytest.raises(VectorsUnavailableError):
            await vectors_of(embedder, ["客户说贵"])
    assert len(server.asked) == 2
    at[0] = 31.0
    server.otherwise = well
    assert (await vectors_of(embedder, ["客户说贵"])).shape == (1, DIMENSIONS)
