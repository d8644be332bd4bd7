"""The program as `ridealong run` runs it, against Telegram's protocol: polling and webhook, start, stop and restart."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot import running
from bot.commands import invitations
from bot.errors import CannotStart
from config.settings import Settings
from tests.support.served import at_work, joined, telegram_variables
from tests.support.telegram_server import TelegramServer

MakeSettings = Callable[..., Settings]
ANNA, BEN = 1001, 1002
GROUP = -1_001_234


@pytest.fixture
def polling(telegram: TelegramServer, settings_of: MakeSettings) -> Settings:
    return settings_of(**telegram_variables(telegram))


@pytest.fixture
def webhook(telegram: TelegramServer, settings_of: MakeSettings) -> Settings:
    address = f"127.0.0.1:{free_port()}"
    telegram.webhook.retry_seconds = 0.05
    more = {"MODE": "webhook", "WEBHOOK_URL": f"http://{address}/hook", "WEBHOOK_SECRET": "s-1_A", "LISTEN": address}
    return settings_of(**telegram_variables(telegram), **{f"TELEGRAM__{name}": value for name, value in more.items()})


@pytest.fixture(params=["polling", "webhook"])
def either(request: pytest.FixtureRequest) -> Settings:
    settings: Settings = request.getfixturevalue(request.param)
    return settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def run(settings: Settings) -> AsyncIterator[None]:
    async with at_work(running.run(settings)):
        yield


async def happened(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not claim():
            await asyncio.sleep(0.005)


async def test_from_the_link_to_the_first_changed_setting(telegram: TelegramServer, either: Settings) -> None:
    link, code = await invitations.invite(either, "rep", timedelta(days=1), None)
    assert link == f"https://t.me/ridealong_test_bot?start={code}"
    async with run(either):
        await telegram.open_link(ANNA, link)
        notice = await telegram.reply(ANNA)
        assert "我是陪访" in notice.text
        assert {entity["type"] for entity in notice.message["entities"]} == {"bold"}
        tap = await telegram.press(ANNA, "知道了")
        await telegram.answered(tap)
        assert "说说最近一次拜访" in (await telegram.reply(ANNA)).text
        assert (await telegram.ask(ANNA, "/settings")).buttons[:3] == ["换语言", "换时区", "谁能看到什么"]
        await telegram.press(ANNA, "换语言")
        await telegram.reply(ANNA)
        await telegram.press(ANNA, "English")
        assert (await telegram.reply(ANNA)).text == "Changed."
        assert "This is what I do" in (await telegram.ask(ANNA, "/help")).text
        await telegram.silence(ANNA)


async def test_the_menu_is_offered_in_both_languages(telegram: TelegramServer, polling: Settings) -> None:
    async with run(polling):
        await happened(lambda: len(menus(telegram)) == 2)
    chinese, english = menus(telegram)
    assert {"help", "settings", "cancel"} <= set(chinese)
    assert chinese == english


def menus(telegram: TelegramServer) -> list[list[str]]:
    calls = [call.parameters for call in telegram.world.calls if call.method == "setMyCommands"]
    return [[command["command"] for command in call["commands"]] for call in calls]


async def test_outsiders_get_one_sentence_and_open_doors_are_open(
    telegram: TelegramServer, settings_of: MakeSettings
) -> None:
    closed = settings_of(**telegram_variables(telegram, ACCESS__ADMINS=str(BEN)))
    telegram.person(ANNA, language_code="en")
    async with run(closed):
        assert "works by invitation" in (await telegram.ask(ANNA, "/start")).text
        assert "我是陪访" in (await telegram.ask(BEN, "/start")).text
    async with run(settings_of(ACCESS__OPEN="true")):
        assert "I'm Ridealong" in (await telegram.ask(ANNA, "/start")).text


async def test_a_restart_answers_what_was_said_meanwhile_and_repeats_nothing(
    telegram: TelegramServer, either: Settings
) -> None:
    async with run(either):
        await joined(telegram, either, ANNA)
    await telegram.say(ANNA, "/help")
    async with run(either):
        assert "我会这些" in (await telegram.reply(ANNA)).text
        await telegram.silence(ANNA)


async def test_a_signal_stops_the_program(telegram: TelegramServer, polling: Settings) -> None:
    program = asyncio.create_task(running.run(polling))
    await happened(lambda: telegram.world.counts["getUpdates"] > 0)
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(5):
        await program


async def test_a_second_program_on_the_folder_is_told_so(telegram: TelegramServer, polling: Settings) -> None:
    async with run(polling):
        await happened(lambda: telegram.world.counts["getUpdates"] > 0)
        with pytest.raises(CannotStart, match="Another ridealong works in"):
            await running.run(polling)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_wrong_token_ends_the_program_with_one_sentence(
    telegram: TelegramServer, mode: str, request: pytest.FixtureRequest, settings_of: MakeSettings
) -> None:
    request.getfixturevalue(mode)
    settings = settings_of(TELEGRAM__TOKEN="4200000001:WRONGwrongWRONGwrongWRONGwrong")
    async with asyncio.timeout(10):
        with pytest.raises(CannotStart, match="RIDEALONG_TELEGRAM__TOKEN"):
            await running.run(settings)


async def test_a_taken_address_ends_the_program_with_one_sentence(telegram: TelegramServer, webhook: Settings) -> None:
    host, _, port = webhook.telegram.listen.partition(":")
    with socket.create_server((host, int(port))):
        async with asyncio.timeout(10):
            with pytest.raises(CannotStart, match="Nothing can be served on"):
                await running.run(webhook)


async def test_a_webhook_is_announced_once_telegram_can_be_reached(telegram: TelegramServer, webhook: Settings) -> None:
    await telegram.refuse()
    async with run(webhook):
        await asyncio.sleep(0.3)
        await telegram.listen()
        await joined(telegram, webhook, ANNA)


async def test_polling_works_after_a_webhook_was_used(
    telegram: TelegramServer, webhook: Settings, settings_of: MakeSettings
) -> None:
    async with run(webhook):
        await joined(telegram, webhook, ANNA)
    async with run(settings_of(TELEGRAM__MODE="polling")):
        assert "我会这些" in (await telegram.ask(ANNA, "/help")).text


async def test_a_webhook_call_without_the_secret_or_sense_is_turned_away(
    telegram: TelegramServer, webhook: Settings
) -> None:
    url, secret = webhook.telegram.webhook_url, {"X-Telegram-Bot-Api-Secret-Token": "s-1_A"}
    assert url is not None
    async with run(webhook), aiohttp.ClientSession() as session:
        await joined(telegram, webhook, ANNA)
        tries = [({}, "{}"), ({"X-Telegram-Bot-Api-Secret-Token": "错"}, "{}"), (secret, "nonsense"), (secret, "[]")]
        statuses = []
        for headers, body in tries:
            async with session.post(url, data=body, headers=headers) as answer:
                statuses.append(answer.status)
        assert statuses == [403, 403, 400, 400]
        assert "我会这些" in (await telegram.ask(ANNA, "/help")).text


async def test_health_is_told(telegram: TelegramServer, settings_of: MakeSettings) -> None:
    address = f"127.0.0.1:{free_port()}"
    settings = settings_of(**telegram_variables(telegram, WEB__LISTEN=address))
    async with run(settings), aiohttp.ClientSession() as session:
        await happened(lambda: telegram.world.counts["getUpdates"] > 0)
        async with session.get(f"http://{address}/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_a_group_gets_one_sentence_and_is_left(telegram: TelegramServer, polling: Settings) -> None:
    telegram.person(BEN)
    async with run(polling):
        await telegram.add_to_group(GROUP, BEN)
        assert "只在私聊里干活" in (await telegram.reply(GROUP)).text
        await telegram.until(lambda: bool(telegram.chat(GROUP).shut))
        await telegram.silence(GROUP)
