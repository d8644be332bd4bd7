"""Telegram behind a proxy: the settings' or the usual variables', by HTTP or SOCKS, and never to loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from bot.channels.telegram_chat import TelegramChat
from bot.errors import SendLater
from config.addresses import usual_proxy
from tests.support.telegram_server import TelegramServer

FAR_AWAY = "http://telegram.example"
"""A name that nobody here can resolve."""


@asynccontextmanager
async def http_proxy(server: TelegramServer) -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy that hands everything to this server; its address, and which hosts were asked for."""
    hosts: list[str] = []

    async def passed_on(request: web.Request) -> web.Response:
        hosts.append(request.host)
        async with ClientSession() as session:
            body = await request.read()
            answer = await session.post(f"{server.base_url}{request.path}", data=body, headers=request.headers)
            return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", passed_on)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", hosts
    finally:
        await runner.cleanup()


@asynccontextmanager
async def socks_proxy(server: TelegramServer) -> AsyncIterator[tuple[str, list[str]]]:
    """The same, speaking SOCKS 5 (RFC 1928) with names resolved at its end."""
    hosts: list[str] = []
    port = int(server.base_url.rpartition(":")[2])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        *_, kind, length = await reader.readexactly(5)
        assert kind == 3, "a name, not a number"
        hosts.append((await reader.readexactly(length)).decode())
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pumped(reader, back), _pumped(there, writer))

    proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{proxy.sockets[0].getsockname()[1]}", hosts
    finally:
        proxy.close()


async def _pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def called(chat: TelegramChat) -> None:
    """One call to Telegram, answered."""
    await chat.open()
    try:
        assert await chat.user_name()
    finally:
        await chat.close()


async def test_what_the_setting_names_is_gone_through(telegram: TelegramServer) -> None:
    async with http_proxy(telegram) as (address, hosts):
        chat = TelegramChat(telegram.token, FAR_AWAY, address)
        await called(chat)
    assert set(hosts) == {"telegram.example"}


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_socks_resolves_names_at_its_end(telegram: TelegramServer, scheme: str) -> None:
    async with socks_proxy(telegram) as (address, hosts):
        chat = TelegramChat(telegram.token, FAR_AWAY, f"{scheme}://{address}")
        await called(chat)
    assert set(hosts) == {"telegram.example"}


async def test_the_usual_variables_count(telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async with http_proxy(telegram) as (address, hosts):
        monkeypatch.setenv("http_proxy", address)
        chat = TelegramChat(telegram.token, FAR_AWAY)
        await called(chat)
    assert hosts


async def test_loopback_goes_through_none(telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    chat = TelegramChat(telegram.token, telegram.base_url, "socks5://127.0.0.1:9")
    await called(chat)


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:9"])
async def test_a_proxy_that_is_away_is_trouble_that_may_pass(proxy: str) -> None:
    chat = TelegramChat("4200000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", FAR_AWAY, proxy)
    with pytest.raises(SendLater):
        await called(chat)


def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://10.0.0.1:7890")
    monkeypatch.setenv("no_proxy", "api.telegram.org")
    assert usual_proxy("https://api.telegram.org") is None
    assert usual_proxy("https://other.example") == "http://10.0.0.1:7890"
