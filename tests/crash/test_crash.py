"""The real bot is killed at random moments under traffic; then every update and every row is counted."""

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.storage.database import Database, address_of
from tests.crash.counting import account, check_turns, quiet, sent_twice
from tests.crash.traffic import Talker, talkers
from tests.support.bot_process import BotProcess, ending, settings_for, start_polling
from tests.support.telegram_client import TelegramControl, telegram_process
from tests.support.telegram_wire import Json

CHATS = 6
POLLS_WITHIN_SECONDS = 2.0
SETTLES_WITHIN_SECONDS = 40.0
"""Longer than the longest pause between two polls after faults."""
TROUBLES = ("too_many_requests", "server_error", "bad_gateway", "dropped", "answer_lost")
TROUBLED = ("sendMessage", "getUpdates", "answerCallbackQuery")

pytestmark = [pytest.mark.crash, pytest.mark.timeout(600)]


async def _kill_again_and_again(bot: BotProcess, control: TelegramControl, times: int, chance: random.Random) -> None:
    for _ in range(times):
        await asyncio.sleep(chance.uniform(0.02, 0.7))
        bot.kill()
        await start_polling(bot, control)


async def _storm(bot: BotProcess, people: Sequence[Talker], kills: int, chance: random.Random) -> None:
    """Everybody talks while the bot is killed so many times; returns when all have their last answer."""
    is_over = asyncio.Event()
    talking = asyncio.gather(*(talker.talk(lambda: not is_over.is_set()) for talker in people))
    try:
        await _kill_again_and_again(bot, people[0].control, kills, chance)
    finally:
        is_over.set()
    await talking


async def test_killed_under_traffic_it_answers_everything_once(tmp_path: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    async with telegram_process() as control:
        bot = BotProcess(settings_for(control.base_url, tmp_path / "data"), tmp_path / "log")
        people = talkers(control, CHATS, seed)
        async with ending(bot):
            first = await start_polling(bot, control)
            await asyncio.gather(*(talker.join() for talker in people))
            await _storm(bot, people, kills - kills // 2, chance)

            await control.settled(SETTLES_WITHIN_SECONDS)
            await control.do("restart_ids", first_id=5000)
            faults: list[str | Json] = [*TROUBLES]
            await control.random_faults(0.04, faults, TROUBLED, seed)
            await control.disorder(0.1, shuffle=True, seed=seed)
            orderly = [talker for talker in people if talker.is_patient]
            await _storm(bot, orderly, kills // 2, chance)

            await control.clear_faults()
            await control.settled(SETTLES_WITHIN_SECONDS)
            database = Database(address_of(tmp_path / "data", None))
            await quiet(database)
            accounts = [database.run_now(lambda c, chat=talker.chat: account(c, chat)) for talker in people]
            database.close()
            state = await control.state()
            assert await bot.stop() == 0

        lost = state["faults"].get("answer_lost", 0)
        for talker, found in zip(people, accounts, strict=True):
            check_turns(talker, found)
        twice = [await sent_twice(control, t, found, kills + lost) for t, found in zip(people, accounts, strict=True)]
        assert state["violations"] == []
        updates = sum(talker.said for talker in people)
        print(f"\n{kills} kills, {updates} updates, faults {state['faults']}: each answered, none processed twice;")
        print(f"{sum(twice)} replies sent twice; first start to first poll {first:.2f} s")


async def test_a_restart_polls_again_within_two_seconds(tmp_path: Path) -> None:
    """Counted in processor time: other programs on the machine must not decide the test."""
    async with telegram_process() as control:
        bot = BotProcess(settings_for(control.base_url, tmp_path / "data"), tmp_path / "log")
        async with ending(bot):
            await start_polling(bot, control)
            took, used = [], []
            for _ in range(3):
                bot.kill()
                took.append(await start_polling(bot, control))
                used.append(bot.cpu_seconds())
            print(f"\nrestart to first poll: {min(took):.2f} s, of it {min(used):.2f} s of processor time")
            assert min(used) < POLLS_WITHIN_SECONDS
