"""A backup is written while the bot serves; the bot dies; what is restored elsewhere goes on as if nothing had been."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.storage.database import Database, address_of
from tests.crash.counting import account, check_heard_once, check_turns, open_work, quiet
from tests.crash.traffic import talkers
from tests.support.bot_process import BotProcess, command, ending, settings_for, start_polling
from tests.support.databases import ON_POSTGRES, throw_away_database
from tests.support.telegram_client import telegram_process

CHATS = 5

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the bot lives first, and where it is restored to: a folder each, and a database where it has one."""

    first: Path
    second: Path
    first_address: str | None = None
    second_address: str | None = None

    def first_settings(self, base_url: str) -> dict[str, str]:
        return settings_for(base_url, self.first, **_scaled(self.first_address))

    def second_settings(self, base_url: str) -> dict[str, str]:
        return settings_for(base_url, self.second, **_scaled(self.second_address))


def _scaled(address: str | None) -> dict[str, str]:
    return {"PROFILE": "scale", "DATABASE_URL": address} if address else {}


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    with ExitStack() as stack:
        addresses = (
            [stack.enter_context(throw_away_database()) for _ in range(2)] if request.param == "postgres" else []
        )
        yield Places(tmp_path / "first", tmp_path / "second", *addresses)


async def test_restored_it_goes_on_and_nothing_is_twice(places: Places, tmp_path: Path, seed: int) -> None:
    file = tmp_path / "backup.zip"
    async with telegram_process() as control:
        before, after = places.first_settings(control.base_url), places.second_settings(control.base_url)
        bot = BotProcess(before, tmp_path / "log")
        restored = BotProcess(after, tmp_path / "log-restored")
        people = talkers(control, CHATS, seed)
        async with ending(bot, restored):
            await command(before, "migrate")
            await start_polling(bot, control)
            await asyncio.gather(*(talker.join() for talker in people))
            await people[0].ask_for_zone()
            is_over = asyncio.Event()
            talking = asyncio.gather(*(talker.talk(lambda: not is_over.is_set()) for talker in people[1:]))
            await asyncio.sleep(0.5)
            assert await command(before, "backup", str(file)) == str(file)
            is_over.set()
            await talking
            await control.settled(10)
            said = [talker.said for talker in people]
            bot.kill()

            elsewhere = after | {"RIDEALONG_DATA_DIR": str(places.first)}
            await command(elsewhere, "restore", str(file), "--data-dir", str(places.second))
            database = Database(address_of(places.second, places.second_address))
            kept = [len(database.run_now(lambda c, chat=talker.chat: account(c, chat)).replies) for talker in people]
            assert database.run_now(open_work) == ["keep_house"]
            await start_polling(restored, control)
            await people[0].tell_zone()
            await asyncio.gather(*(talker.talk(iter([True] * 3 + [False]).__next__) for talker in people[1:]))
            await control.settled(10)
            await quiet(database)
            accounts = [database.run_now(lambda c, chat=talker.chat: account(c, chat)) for talker in people]
            database.close()
            for talker in people:
                await check_heard_once(control, talker)
            assert await restored.stop() == 0

    for talker, found, old, spoken in zip(people, accounts, kept, said, strict=True):
        assert 0 < old <= spoken
        known = talker.expected[:old] + talker.expected[spoken:]
        check_turns(replace(talker, said=len(known), expected=known), found)
    print(f"\n{sum(kept)} turns in the backup, {sum(t.said for t in people)} in all: nothing answered or sent twice")
