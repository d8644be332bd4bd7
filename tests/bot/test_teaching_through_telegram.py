"""An admin sends a document through Telegram's protocol; one message says it began and then what became of it."""

from collections.abc import Callable

import pytest

from config.settings import Settings
from tests.knowledge.dirty_folder import PAGE
from tests.support.served import joined, polling, telegram_variables
from tests.support.telegram_server import TelegramServer

ADA = 5001
LONG = 30.0


@pytest.fixture
def settings(telegram: TelegramServer, settings_of: Callable[..., Settings]) -> Settings:
    return settings_of(**telegram_variables(telegram))


async def test_one_message_tells_that_it_began_and_what_became_of_it(telegram: TelegramServer, settings: Settings):
    async with polling(telegram, settings):
        await joined(telegram, settings, ADA, role="admin")
        await telegram.document(ADA, PAGE.encode(), "网页.txt")
        told = await telegram.reply(ADA)
        assert "正在读" in told.text
        await telegram.until(lambda: "留下 2 篇" in told.text, LONG)
        assert told.buttons[:2] == ["看没收的", "撤下"]

        await telegram.press(ADA, "看没收的")
        await telegram.until(lambda: "没收的" in told.text, LONG)
        await telegram.press(ADA, "回这份资料")
        await telegram.until(lambda: "第 1 版" in told.text)
        await telegram.silence(ADA)


async def test_stopped_while_reading_it_goes_on_after_the_restart(telegram: TelegramServer, settings: Settings):
    async with polling(telegram, settings):
        await joined(telegram, settings, ADA, role="admin")
        await telegram.document(ADA, PAGE.encode(), "网页.txt")
        told = await telegram.reply(ADA)
    async with polling(telegram, settings) as program:
        await telegram.until(lambda: "留下 2 篇" in told.text, LONG)
        await telegram.silence(ADA)
        rows = program.memory.database
        count = await rows.run(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM document").scalar())
        assert count == 1


async def test_a_file_over_twenty_megabytes_is_refused_at_once(telegram: TelegramServer, settings: Settings):
    async with polling(telegram, settings):
        await joined(telegram, settings, ADA, role="admin")
        await telegram.document(ADA, b"%PDF-", "大.pdf", size=30_000_000)
        assert "最多收 20 MB" in (await telegram.reply(ADA)).text
