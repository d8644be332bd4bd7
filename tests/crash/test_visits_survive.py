"""The bot is killed while reps tell their visits: no note lost, none doubled, no word of an unsaved draft lost."""

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.storage.database import Database, address_of
from tests.crash.counting import account, check_turns, check_visits, quiet
from tests.crash.traffic import Talker, talkers
from tests.support.bot_process import BotProcess, ending, settings_for, start_polling
from tests.support.telegram_client import TelegramControl, telegram_process

CHATS = 4
SETTLES_WITHIN_SECONDS = 20.0

pytestmark = [pytest.mark.crash, pytest.mark.timeout(600)]


async def _kill_again_and_again(
    bot: BotProcess, people: Sequence[Talker], control: TelegramControl, kills: int, chance: random.Random
) -> None:
    """By turns over the first card after a start, which takes longest, and among the quick ones after it."""
    for number in range(kills):
        if number % 2:
            await _somebody_was_answered(people)
        await asyncio.sleep(chance.uniform(0.02, 1.0))
        bot.kill()
        await start_polling(bot, control)


async def _somebody_was_answered(people: Sequence[Talker]) -> None:
    before = sum(talker.answers for talker in people)
    while sum(talker.answers for talker in people) == before:
        await asyncio.sleep(0.02)


async def test_killed_while_visits_are_told_it_keeps_every_word(tmp_path: Path, kills: int, seed: int) -> None:
    async with telegram_process() as control:
        bot = BotProcess(settings_for(control.base_url, tmp_path / "data"), tmp_path / "log")
        people = talkers(control, CHATS, seed)
        async with ending(bot):
            await start_polling(bot, control)
            await asyncio.gather(*(talker.join() for talker in people))
            is_over = asyncio.Event()
            async with asyncio.TaskGroup() as together:
                for talker in people:
                    together.create_task(talker.tell_visits(lambda: not is_over.is_set()))
                await _kill_again_and_again(bot, people, control, kills, random.Random(seed))
                is_over.set()
            await control.settled(SETTLES_WITHIN_SECONDS)
            database = Database(address_of(tmp_path / "data", None))
            await quiet(database)
            accounts = [database.run_now(lambda c, chat=talker.chat: account(c, chat)) for talker in people]
            told = sum(database.run_now(lambda c, talker=talker: check_visits(c, talker)) for talker in people)
            database.close()
            assert await bot.stop() == 0
    for talker, found in zip(people, accounts, strict=True):
        check_turns(talker, found)
    sorry = sum(len(talker.apologies) for talker in people)
    print(f"\n{kills} kills, {told} visits told: none lost or doubled, every word kept; {sorry} told twice on request")
