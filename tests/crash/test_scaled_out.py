"""Two workers on one PostgreSQL behind one webhook address; again and again one of them is killed under traffic."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.storage.database import Database, address_of
from tests.crash.counting import account, check_turns, quiet, sent_twice
from tests.crash.traffic import talkers
from tests.support.bot_process import BotProcess, command, ending, settings_for, start_listening
from tests.support.databases import throw_away_database
from tests.support.doorway import doorway, free_port
from tests.support.telegram_client import telegram_process

CHATS = 6

pytestmark = [pytest.mark.crash, pytest.mark.postgres, pytest.mark.timeout(600)]


def _environment(base_url: str, address: str, folder: Path, door: int, port: int) -> dict[str, str]:
    return settings_for(
        base_url,
        folder,
        PROFILE="scale",
        DATABASE_URL=address,
        TELEGRAM__MODE="webhook",
        TELEGRAM__WEBHOOK_URL=f"http://127.0.0.1:{door}/updates",
        TELEGRAM__WEBHOOK_SECRET="between-us-two",
        TELEGRAM__LISTEN=f"127.0.0.1:{port}",
    )


async def test_with_a_worker_killed_the_other_answers_everything_once(tmp_path: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    ports = [free_port(), free_port()]
    with throw_away_database() as address:
        async with telegram_process() as control, doorway(ports) as door:
            environments = [_environment(control.base_url, address, tmp_path / str(p), door, p) for p in ports]
            workers = [BotProcess(e, tmp_path / f"log{n}") for n, e in enumerate(environments)]
            await command(environments[0], "migrate")
            people = talkers(control, CHATS, seed)
            async with ending(*workers):
                await asyncio.gather(*(start_listening(worker, control) for worker in workers))
                await asyncio.gather(*(talker.join() for talker in people))
                is_over = asyncio.Event()
                talking = asyncio.gather(*(talker.talk(lambda: not is_over.is_set()) for talker in people))
                times = max(2, kills // 5)
                for number in range(times):
                    await asyncio.sleep(chance.uniform(0.2, 1.0))
                    workers[number % 2].kill()
                    await start_listening(workers[number % 2], control)
                is_over.set()
                await talking
                await control.settled(20)
                database = Database(address_of(tmp_path, address))
                await quiet(database)
                accounts = [database.run_now(lambda c, chat=t.chat: account(c, chat)) for t in people]
                database.close()
                assert [await worker.stop() for worker in workers] == [0, 0]
            for talker, found in zip(people, accounts, strict=True):
                check_turns(talker, found)
            twice = [await sent_twice(control, t, found, times) for t, found in zip(people, accounts, strict=True)]
            assert (await control.state())["violations"] == []
    updates = sum(talker.said for talker in people)
    print(
        f"\n2 workers, {times} kills, {updates} updates: each answered, none processed twice; {sum(twice)} sent twice"
    )
