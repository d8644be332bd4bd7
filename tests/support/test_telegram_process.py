"""The double in a process of its own, under remote control, with the echo bot and the benchmark's load."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.telegram_client import TelegramControl, telegram_process
from tests.support.telegram_server import TOKEN

ANNA = 1001


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def control() -> AsyncIterator[TelegramControl]:
    """A server with the echo bot on it."""
    async with telegram_process() as remote:
        root = Path(__file__).parents[2]
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.echo_bot", remote.base_url, TOKEN, cwd=root
        )
        await remote.say(1, "are you there?")
        await remote.replies(1, timeout=20)
        yield remote
        bot.terminate()
        await bot.wait()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_echo_bot_answers_under_remote_control(control: TelegramControl) -> None:
    await control.say(ANNA, "报价 😀")
    [reply] = await control.replies(ANNA)
    assert reply["message"]["text"] == "报价 😀"
    assert [sent["message_id"] for sent in await control.sent(ANNA)] == [reply["message_id"]]
    assert (await control.state())["violations"] == []


async def test_failed_expectation_is_told_in_words(control: TelegramControl) -> None:
    with pytest.raises(AssertionError, match="no button '保存'"):
        await control.press(ANNA, "保存")
    with pytest.raises(AssertionError, match="no such action"):
        await control.do("dance")


async def test_load_is_a_closed_loop(control: TelegramControl) -> None:
    figures = await control.load(chats=5, updates=60, text="/help", opening=["/start"])
    assert (figures["updates"], figures["unanswered"]) == (60, 0)
    assert 0 < figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"] <= figures["max_ms"]
    assert figures["updates_per_second"] > 10


async def test_load_for_a_time(control: TelegramControl) -> None:
    figures = await control.load(chats=2, seconds=0.3)
    assert figures["updates"] >= 2
    assert 0.2 < figures["seconds"] < 2


async def test_load_counts_what_is_not_answered(control: TelegramControl) -> None:
    await control.script("sendMessage", *["dropped"] * 2)
    figures = await control.load(chats=3, updates=3, patience=0.5)
    assert (figures["updates"], figures["unanswered"]) == (1, 2)
    assert (await control.state())["faults"]["dropped"] == 2


async def test_unreachable_for_a_time_loses_nothing(control: TelegramControl) -> None:
    await control.unreachable(0.3)
    await control.say(ANNA, "after the break")
    [reply] = await control.replies(ANNA, timeout=15)
    assert reply["message"]["text"] == "after the break"
    await control.settled()


async def test_disorder_and_random_faults_by_remote(control: TelegramControl) -> None:
    await control.disorder(repeat=1.0, seed=1)
    await control.say(ANNA, "twice")
    assert [reply["message"]["text"] for reply in await control.replies(ANNA, 2)] == ["twice"] * 2
    await control.clear_faults()
    await control.random_faults(1.0, [{"trouble": "answer_lost"}], seed=2)
    await control.say(ANNA, "lost")
    assert (await control.replies(ANNA))[0]["message"]["text"] == "lost"
    await control.clear_faults()
