"""Whatever Telegram, the disk or the database do, nothing is lost and nothing is answered twice."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.assemble.memory import Memory, open_memory
from bot.commands.check import report
from config.settings import Settings
from tests.support.fast_loop import FastLoop
from tests.support.served import polling, telegram_variables
from tests.support.telegram_faults import Fault, Trouble
from tests.support.telegram_server import TelegramServer
from tests.support.trial_skills import Recite

ANNA, BEN, CARL = 1001, 1002, 1003
STORAGE = "存不下来"
PATIENCE = 15.0


@pytest.fixture
def settings(telegram: TelegramServer, settings_of: Callable[..., Settings]) -> Settings:
    return settings_of(**telegram_variables(telegram, ACCESS__OPEN="true"))


@pytest.fixture
def memory(settings: Settings) -> Memory:
    return open_memory(settings)


@pytest.fixture
def database(memory: Memory) -> Iterator[sqlite3.Connection]:
    """The program's own connection, to throw its switches: also where no transaction can begin."""
    pooled = memory.database.engine.raw_connection()
    yield pooled.driver_connection
    pooled.close()


async def come_in(telegram: TelegramServer, *people: int) -> None:
    """Everybody has read the notice and talks to the skill that recites."""
    for person in people:
        await telegram.start(person)
        await telegram.reply(person)
        await telegram.ask(person, "/recite")


def texts(telegram: TelegramServer, person: int, since: int = 2) -> list[str]:
    return [sent.text for sent in telegram.sent_to(person)[since:]]


async def test_each_reply_arrives_once_whatever_its_way_meets(telegram: TelegramServer, settings: Settings) -> None:
    async with polling(telegram, settings, skills=(Recite(),)):
        await come_in(telegram, ANNA, BEN, CARL)
        telegram.faults.script(
            "sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, retry_after=1), Trouble.SERVER_ERROR, Trouble.DROPPED
        )
        for person in (ANNA, BEN, CARL):
            await telegram.say(person, f"我是{person}")
        for person in (ANNA, BEN, CARL):
            assert (await telegram.reply(person)).text == f"text 6 0 我是{person}"
        for person in (ANNA, BEN, CARL):
            await telegram.silence(person, 0.05)


async def test_a_lost_answer_may_repeat_a_reply_but_never_a_turn(telegram: TelegramServer, settings: Settings) -> None:
    async with polling(telegram, settings, skills=(Recite(),)) as program:
        await come_in(telegram, ANNA)
        telegram.faults.script("sendMessage", Trouble.ANSWER_LOST)
        await telegram.say(ANNA, "一次")
        assert [sent.text for sent in await telegram.replies(ANNA, 2)] == ["text 2 0 一次"] * 2
        assert (await telegram.ask(ANNA, "二次")).text == "text 2 0 二次"
        assert rows(program.memory, "SELECT count(*) FROM outbox") == 4


@pytest.mark.parametrize(
    "trouble", [Trouble.SERVER_ERROR, Trouble.DROPPED, Trouble.ANSWER_LOST, Trouble.TOO_MANY_REQUESTS], ids=str
)
async def test_a_poll_that_fails_loses_no_update(
    telegram: TelegramServer, settings: Settings, trouble: Trouble
) -> None:
    async with polling(telegram, settings, skills=(Recite(),)):
        await come_in(telegram, ANNA)
        telegram.faults.script("getUpdates", trouble)
        assert (await telegram.ask(ANNA, "一")).text == "text 1 0 一"
        assert (await telegram.ask(ANNA, "二")).text == "text 1 0 二"
        await telegram.silence(ANNA, 0.05)


async def test_updates_twice_and_in_any_order_are_answered_once(telegram: TelegramServer, settings: Settings) -> None:
    people = range(ANNA, ANNA + 4)
    async with polling(telegram, settings, skills=(Recite(),)):
        await come_in(telegram, *people)
        telegram.updates.disturb(repeat=0.6, shuffle=True, seed=5)
        for number in range(10, 18):
            for person in people:
                await telegram.say(person, f"第{number}句")
        for person in people:
            heard = [sent.text for sent in await telegram.replies(person, 8)]
            assert sorted(heard) == [f"text 4 0 第{number}句" for number in range(10, 18)]
        await telegram.settled()
        for person in people:
            await telegram.silence(person, 0.05)


async def test_numbers_that_start_again_are_no_duplicates(telegram: TelegramServer, settings: Settings) -> None:
    async with polling(telegram, settings, skills=(Recite(),)):
        await come_in(telegram, ANNA)
        await telegram.settled()
        telegram.updates.restart_ids(7)
        for word in ("一", "二"):
            assert (await telegram.ask(ANNA, word)).text == f"text 1 0 {word}"
        await telegram.silence(ANNA, 0.05)


def test_ten_minutes_without_telegram(settings_of: Callable[..., Settings], caplog: pytest.LogCaptureFixture) -> None:
    """Time runs two hundred times faster: ten minutes are three seconds."""
    caplog.set_level(logging.WARNING, "bot.channels.telegram_patience")

    async def story() -> None:
        loop = asyncio.get_running_loop()
        async with TelegramServer() as telegram:
            settings = settings_of(**telegram_variables(telegram, ACCESS__OPEN="true"))
            async with polling(telegram, settings, skills=(Recite(),)):
                await telegram.start(ANNA)
                await telegram.replies(ANNA, timeout=30)
                await telegram.say(ANNA, "/recite")
                await telegram.replies(ANNA, timeout=30)
                before = loop.time()
                await telegram.refuse()
                await telegram.say(ANNA, "在吗")
                await asyncio.sleep(600)
                await telegram.listen()
                assert (await telegram.replies(ANNA, timeout=30))[0].text == "text 2 0 在吗"
                assert loop.time() - before >= 600
                await telegram.silence(ANNA, 0.05)

    with asyncio.Runner(loop_factory=lambda: FastLoop(200)) as runner:
        runner.run(story())
    tries = [record for record in caplog.records if record.message == "a call to telegram failed"]
    assert 20 <= len(tries) <= 60


async def test_a_rep_who_blocked_the_bot_holds_up_nobody(telegram: TelegramServer, settings: Settings) -> None:
    async with polling(telegram, settings, skills=(Recite(),)):
        await come_in(telegram, ANNA, BEN)
        await telegram.say(ANNA, "走了")
        await telegram.block(ANNA)
        assert (await telegram.ask(BEN, "在")).text == "text 1 0 在"
        await telegram.settled()
        await telegram.unblock(ANNA)
        assert (await telegram.ask(ANNA, "回来了")).text == "text 3 0 回来了"
    [line] = [line for line in await report(settings) if line.part == "messages"]
    assert line.is_fine


async def test_what_nobody_can_read_is_told_so(telegram: TelegramServer, settings: Settings) -> None:
    megabyte = 1024 * 1024
    async with polling(telegram, settings):
        await telegram.start(ANNA)
        await telegram.reply(ANNA)
        await telegram.document(ANNA, b"%PDF", "方案.pdf", mime="application/pdf", size=25 * megabyte)
        assert "25 MB" in (await telegram.reply(ANNA)).text
        await telegram.voice(ANNA, b"", duration=0)
        assert "这条语音是空的" in (await telegram.reply(ANNA)).text
        assert "直接说就行" in (await telegram.ask(ANNA, "😀👍")).text
        await telegram.sticker(ANNA)
        assert "打字说就行" in (await telegram.reply(ANNA)).text
        await telegram.silence(ANNA, 0.05)


async def test_cut_texts_and_albums_are_one_message_and_edits_another(
    telegram: TelegramServer, settings: Settings
) -> None:
    async with polling(telegram, settings, skills=(Recite(),)):
        await come_in(telegram, ANNA, BEN, CARL)
        await telegram.say_long(ANNA, "拜" * 5000)
        await telegram.album(BEN, [b"1", b"2", b"3"], caption="现场")
        await telegram.say_long(CARL, "/recite " + "访" * 5000)
        assert (await telegram.reply(ANNA)).text == f"text 5000 0 {'拜' * 40}"
        assert "收到 3 张图片" in (await telegram.reply(BEN)).text
        assert (await telegram.reply(CARL)).text == f"text 5000 0 {'访' * 40}"
        said = await telegram.say(ANNA, "邹总")
        assert (await telegram.reply(ANNA)).text == "text 2 0 邹总"
        await telegram.edit(ANNA, said["message_id"], "周总")
        assert (await telegram.reply(ANNA)).text == "edited 2 0 周总"
        for person in (ANNA, CARL):
            await telegram.silence(person, 0.05)


async def test_a_full_disk(
    telegram: TelegramServer, settings: Settings, memory: Memory, database: sqlite3.Connection
) -> None:
    async with polling(telegram, settings, skills=(Recite(),), memory=memory):
        await come_in(telegram, ANNA)
        pages = pragma(database, "page_count")
        pragma(database, f"max_page_count = {pages}")
        said = [f"{number}" + "满" * 3000 for number in range(10, 22)]
        for text in said:
            await telegram.say(ANNA, text)
        await telegram.until(lambda: any(STORAGE in text for text in texts(telegram, ANNA)), PATIENCE)
        pragma(database, f"max_page_count = {pages + 10_000}")
        await all_answered(telegram, said)


async def test_a_locked_database(
    telegram: TelegramServer, settings: Settings, memory: Memory, database: sqlite3.Connection, data_dir: Path
) -> None:
    async with polling(telegram, settings, skills=(Recite(),), memory=memory):
        await come_in(telegram, ANNA)
        pragma(database, "busy_timeout = 50")
        with closing(sqlite3.connect(data_dir / "ridealong.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            said = ["10锁着", "11还锁着"]
            for text in said:
                await telegram.say(ANNA, text)
            await telegram.until(lambda: any(STORAGE in text for text in texts(telegram, ANNA)), PATIENCE)
        await all_answered(telegram, said)


async def test_a_database_that_may_only_be_read(
    telegram: TelegramServer, settings: Settings, memory: Memory, database: sqlite3.Connection
) -> None:
    async with polling(telegram, settings, skills=(Recite(),), memory=memory):
        await come_in(telegram, ANNA)
        pragma(database, "query_only = ON")
        await telegram.say(ANNA, "10只读")
        await telegram.until(lambda: any(STORAGE in text for text in texts(telegram, ANNA)), PATIENCE)
        pragma(database, "query_only = OFF")
        await all_answered(telegram, ["10只读"])


def pragma(database: sqlite3.Connection, words: str) -> int:
    found = database.execute(f"PRAGMA {words}").fetchone()
    return int(found[0]) if found else 0


def rows(memory: Memory, query: str) -> int:
    return int(memory.database.run_now(lambda c: c.exec_driver_sql(query).scalar_one()))


async def all_answered(telegram: TelegramServer, said: list[str]) -> None:
    """Every text once and in order, and one apology for the whole outage."""
    expected = [f"text {len(text)} 0 {text[:40]}" for text in said]

    def answers() -> list[str]:
        return [text for text in texts(telegram, ANNA) if STORAGE not in text]

    await telegram.until(lambda: len(answers()) >= len(expected), PATIENCE)
    await asyncio.sleep(0.1)
    assert answers() == expected
    assert len(texts(telegram, ANNA)) == len(expected) + 1
