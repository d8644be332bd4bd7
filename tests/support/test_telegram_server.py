"""The double as a server: tokens, getUpdates, webhooks, faults, limits, and being unreachable."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.support.telegram_faults import Fault, Trouble
from tests.support.telegram_limits import Limits
from tests.support.telegram_server import TelegramServer

ANNA = 1001


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        running.updates.gathering_seconds = 0
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with bot_on(server) as made:
        yield made


@asynccontextmanager
async def bot_on(server: TelegramServer) -> AsyncIterator[Bot]:
    made = Bot(server.token, base_url=f"{server.base_url}/bot", base_file_url=f"{server.base_url}/file/bot")
    async with made:
        yield made


async def call(server: TelegramServer, method: str, token: str = "", **parameters: Any) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.base_url}/bot{token or server.token}/{method}", json=parameters) as reply,
    ):
        return reply.status, await reply.json()


async def ids(server: TelegramServer, **parameters: Any) -> list[int]:
    _, content = await call(server, "getUpdates", **parameters)
    return [update["update_id"] for update in content["result"]]


async def test_bot_hears_a_person_and_answers(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "你好")
    [update] = await bot.get_updates(timeout=1)
    assert update.message
    assert update.message.from_user
    assert (update.message.text, update.message.from_user.language_code) == ("你好", "zh-hans")
    await bot.send_message(update.message.chat.id, "在的")
    assert (await server.reply(ANNA)).text == "在的"
    assert server.violations == []


async def test_wrong_token_is_401_and_malformed_404(server: TelegramServer) -> None:
    assert await call(server, "getMe", "4200000001:WRONGwrongWRONGwrong") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert (await call(server, "getMe", "nonsense"))[0] == 404
    with pytest.raises(InvalidToken):
        await Bot("1:AAAAAAAAAAAA", base_url=f"{server.base_url}/bot").get_me()


async def test_parameters_come_in_any_form(server: TelegramServer) -> None:
    await server.say(ANNA, "hi")
    address = f"{server.base_url}/bot{server.token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        for arguments in (
            {"params": {"chat_id": str(ANNA), "text": "一"}},
            {"data": {"chat_id": str(ANNA), "text": "二&=%"}},
            {"json": {"chat_id": ANNA, "text": "三"}},
        ):
            async with session.post(address, **arguments) as reply:
                assert reply.status == 200
    assert [sent.text for sent in server.sent_to(ANNA)] == ["一", "二&=%", "三"]


async def test_unknown_parameters_and_methods_are_noted_and_wrong_types_refused(server: TelegramServer) -> None:
    await server.say(ANNA, "hi")
    assert (await call(server, "sendMessage", chat_id=ANNA, text="x", colour="red"))[0] == 200
    assert (await call(server, "sendPoll", chat_id=ANNA))[0] == 404
    assert (await call(server, "sendMessage", chat_id=ANNA, text=5))[0] == 400
    assert (await call(server, "sendMessage", chat_id=ANNA, text="x", entities="[{"))[0] == 400
    assert (await call(server, "getUpdates", timeout="soon"))[0] == 400
    assert [note.split(":")[0] for note in server.violations] == ["sendMessage", "sendPoll"]


async def test_updates_stay_until_an_offset_above_them(server: TelegramServer) -> None:
    for text in "abc":
        await server.say(ANNA, text)
    first = server.updates.pending[0].id
    assert await ids(server) == await ids(server) == [first, first + 1, first + 2]
    assert await ids(server, limit=1) == [first]
    assert await ids(server, offset=first + 1) == [first + 1, first + 2]
    assert await ids(server, offset=-1) == [first + 2]
    assert await ids(server) == [first + 2]
    assert await ids(server, offset=first + 3) == []


async def test_at_most_a_hundred_updates_at_once(server: TelegramServer) -> None:
    for number in range(120):
        await server.say(ANNA, str(number))
    assert len(await ids(server, limit=500)) == 100


async def test_long_poll_wakes_for_an_update_and_ends_in_time(server: TelegramServer) -> None:
    waiting = asyncio.create_task(ids(server, timeout=20))
    await asyncio.sleep(0.05)
    await server.say(ANNA, "hi")
    assert len(await asyncio.wait_for(waiting, 1)) == 1
    async with asyncio.timeout(3):
        assert await ids(server, offset=server.updates.next_id, timeout=1) == []


async def test_second_poller_ends_the_first_with_409(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(call(server, "getUpdates", timeout=20))
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await first
    await server.say(ANNA, "hi")
    assert (await second)[0] == 200


async def test_poller_that_died_leaves_the_updates(server: TelegramServer) -> None:
    waiting = asyncio.create_task(ids(server, timeout=20))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.sleep(0.05)
    await server.say(ANNA, "hi")
    assert len(await ids(server, timeout=1)) == 1


async def test_only_allowed_kinds_are_kept_until_told_otherwise(server: TelegramServer) -> None:
    await call(server, "getUpdates", allowed_updates=["message"])
    message = await server.say(ANNA, "hi")
    await server.edit(ANNA, message["message_id"], "ho")
    assert len(await ids(server)) == 1
    await call(server, "getUpdates", allowed_updates=[])
    await server.edit(ANNA, message["message_id"], "hm")
    assert len(await ids(server)) == 2


async def test_restarted_ids_and_an_offset_from_the_future(server: TelegramServer) -> None:
    await server.say(ANNA, "a")
    [old] = await ids(server)
    assert await ids(server, offset=old + 1) == []
    server.updates.restart_ids(7)
    await server.say(ANNA, "b")
    assert await ids(server, offset=old + 1) == [7]
    assert await ids(server, offset=old + 1) == [7]
    assert await ids(server, offset=8) == []


async def test_updates_come_twice_and_shuffled_on_request(server: TelegramServer) -> None:
    server.updates.disturb(repeat=1.0, shuffle=True, seed=3)
    for number in range(10):
        await server.say(ANNA, str(number))
    first = await ids(server)
    assert first != sorted(first)
    assert sorted(await ids(server, offset=max(first) + 1)) == sorted(first)
    assert await ids(server, offset=max(first) + 1) == []


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Fault(Trouble.TOO_MANY_REQUESTS, retry_after=7), RetryAfter),
        (Trouble.SERVER_ERROR, NetworkError),
        (Trouble.BAD_GATEWAY, NetworkError),
        (Trouble.DROPPED, NetworkError),
    ],
)
async def test_scripted_trouble_strikes_once_before_any_effect(
    server: TelegramServer, bot: Bot, trouble: Fault | Trouble, error: type[Exception]
) -> None:
    await server.say(ANNA, "hi")
    server.faults.script("sendMessage", trouble)
    with pytest.raises(error):
        await bot.send_message(ANNA, "first")
    await bot.send_message(ANNA, "second")
    assert [sent.text for sent in server.sent_to(ANNA)] == ["second"]


async def test_answer_lost_after_the_effect(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "hi")
    server.faults.script("sendMessage", Trouble.ANSWER_LOST)
    with pytest.raises(NetworkError):
        await bot.send_message(ANNA, "once")
    assert [sent.text for sent in server.sent_to(ANNA)] == ["once"]
    assert [call.status for call in server.world.calls] == [200, 0]


async def test_slow_answer_outlasts_the_clients_patience(server: TelegramServer, bot: Bot) -> None:
    await server.say(ANNA, "hi")
    server.faults.script("sendMessage", Fault(Trouble.SLOW, seconds=0.5))
    with pytest.raises(TimedOut):
        await bot.send_message(ANNA, "there already", read_timeout=0.1)
    assert [sent.text for sent in server.sent_to(ANNA)] == ["there already"]


async def test_random_trouble_repeats_with_its_seed(server: TelegramServer) -> None:
    await server.say(ANNA, "hi")
    rounds = []
    for _ in range(2):
        server.faults.at_random(0.5, [Trouble.SERVER_ERROR], seed=11)
        rounds.append([(await call(server, "sendMessage", chat_id=ANNA, text="x"))[0] for _ in range(12)])
    assert rounds[0] == rounds[1]
    assert set(rounds[0]) == {200, 500}
    server.faults.clear()
    assert (await call(server, "sendMessage", chat_id=ANNA, text="x"))[0] == 200


async def test_unreachable_then_back_on_the_same_port(server: TelegramServer) -> None:
    port = server.port
    async with bot_on(server) as bot:
        await server.refuse()
        with pytest.raises(NetworkError):
            await bot.get_me()
        await server.listen()
        assert (await bot.get_me()).is_bot
    assert server.port == port


async def test_limits_per_chat_and_in_all(server: TelegramServer) -> None:
    now = 100.0
    for chat_id in range(ANNA, ANNA + 4):
        await server.say(chat_id, "hi")
    server.limits = Limits(lambda: now, per_second=3, per_chat=1)

    async def send(chat_id: int) -> Any:
        status, content = await call(server, "sendMessage", chat_id=chat_id, text="x")
        return content.get("parameters", {}).get("retry_after") if status == 429 else status

    assert [await send(ANNA), await send(ANNA)] == [200, 1]
    now += 1
    assert [await send(ANNA + number) for number in range(4)] == [200, 200, 200, 1]
    assert len(server.world.sent) == 4


@asynccontextmanager
async def webhook(answers: list[web.Response]) -> AsyncIterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """A receiver that gives these answers, then 200; with what it received."""
    received: list[tuple[str, dict[str, Any]]] = []

    async def receive(request: web.BaseRequest) -> web.Response:
        received.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), await request.json()))
        return answers.pop(0) if answers else web.Response()

    listener = await asyncio.get_running_loop().create_server(web.Server(receive), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/hook", received
    finally:
        listener.close()


async def test_webhook_delivers_in_order_and_again_after_a_failure(server: TelegramServer, bot: Bot) -> None:
    server.webhook.retry_seconds = 0.02
    await server.say(ANNA, "before")
    async with webhook([web.Response(status=500), web.Response(status=503)]) as (url, received):
        await bot.set_webhook(url, secret_token="s-1_A")
        await server.say(ANNA, "after")
        await server.settled()
        assert [update["message"]["text"] for _, update in received] == ["before"] * 3 + ["after"]
        assert {secret for secret, _ in received} == {"s-1_A"}
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (url, 0)
        assert "503" in (info.last_error_message or "")
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
    await server.say(ANNA, "later")
    assert len(await bot.get_updates()) == 1


async def test_webhook_scatters_and_repeats_on_request(server: TelegramServer) -> None:
    server.updates.disturb(repeat=1.0, shuffle=True, seed=2)
    async with webhook([]) as (url, received):
        await call(server, "setWebhook", url=url)
        for number in range(8):
            await server.say(ANNA, str(number))
        await server.settled()
        texts = [update["message"]["text"] for _, update in received]
    assert texts != sorted(texts)
    assert sorted(texts) == sorted(2 * list("01234567"))


async def test_webhook_ends_a_waiting_poll_and_answers_may_carry_a_call(server: TelegramServer, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    inside = web.json_response({"method": "sendMessage", "chat_id": ANNA, "text": "pong"})
    async with webhook([inside]) as (url, _):
        await bot.set_webhook(url, drop_pending_updates=True)
        with pytest.raises(Conflict, match="terminated by setWebhook"):
            await waiting
        await server.say(ANNA, "ping")
        assert (await server.reply(ANNA)).text == "pong"
    assert server.violations == []


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"url": "http://example.org/hook"}, "HTTPS"),
        ({"url": "https://example.org:8000/hook"}, "ports"),
        ({"url": "nothing"}, "invalid"),
        ({"url": "https://example.org/", "secret_token": "a b"}, "unallowed"),
    ],
)
async def test_unlawful_webhook_is_refused(server: TelegramServer, parameters: dict[str, Any], reason: str) -> None:
    status, content = await call(server, "setWebhook", **parameters)
    assert status == 400
    assert reason in content["description"]
