"""Which addresses are this machine, the own network, or outside, and what stands in between."""

import subprocess
import sys

import pytest

from bot.language_models.connection import Address
from tests.support.model_server import ModelServer


@pytest.mark.parametrize(
    ("url", "loopback", "own"),
    [
        ("http://127.0.0.1:8081/v1", True, True),
        ("http://127.8.9.1/v1", True, True),
        ("http://localhost:11434/v1", True, True),
        ("http://[::1]:8081/v1", True, True),
        ("http://10.0.3.4:8000/v1", False, True),
        ("http://192.168.1.20/v1", False, True),
        ("http://ollama:11434/v1", False, True),
        ("http://models.corp.internal/v1", False, True),
        ("https://api.openai.com/v1", False, False),
        ("https://8.8.8.8/v1", False, False),
        ("https://localhost.example.com/v1", False, False),
        ("https://127.0.0.1.example.com/v1", False, False),
    ],
)
def test_where_an_address_is(url, loopback, own):
    assert (Address(url).is_loopback, Address(url).is_own_network) == (loopback, own)


async def reached(address: Address, server: ModelServer) -> bool:
    """Whether a request to this address comes by this server."""
    before = len(server.asked)
    async with address.http() as client:
        answer = await client.post(f"{address.base_url}/embeddings", json={"input": "x"})
    return answer.status_code == 200 and len(server.asked) > before


@pytest.fixture
async def proxy():
    async with ModelServer() as running:
        yield running


async def test_what_is_outside_goes_through_the_proxy_of_the_usual_variables(proxy, monkeypatch):
    monkeypatch.setenv("http_proxy", proxy.base_url.removesuffix("/v1"))
    assert await reached(Address("http://models.example/v1"), proxy)


async def test_the_proxy_of_the_setting_beats_the_usual_variables(proxy, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert await reached(Address("http://models.example/v1", proxy=proxy.base_url.removesuffix("/v1")), proxy)


async def test_nothing_goes_through_a_proxy_to_loopback(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with ModelServer() as server:
        for url in (server.base_url, server.base_url.replace("127.0.0.1", "localhost")):
            assert await reached(Address(url, proxy="http://127.0.0.1:9"), server)


def test_the_key_is_not_shown():
    assert "secret" not in repr(Address(key="sk-secret", proxy="http://user:secret@proxy.example"))


def test_importing_the_models_loads_no_vendor():
    heavy = (
        "langchain_core",
        "langchain_openai",
        "openai",
        "langsmith",
        "jsonschema",
        "json_repair",
        "opencc",
        "tenacity",
    )
    code = f"import sys, bot.language_models.choose; print([one for one in {heavy} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
