"""A voice note through Telegram: saved with one tap, and lost by no kill while speech recognition is away."""

import asyncio
from pathlib import Path

import pytest

from tests.support.bot_process import BotProcess, ending, settings_for
from tests.support.model_server import ModelServer, hangs, says
from tests.support.sound import RATE, recorded, spoken
from tests.support.telegram_server import TelegramServer

ANNA = 1001
NOTE = recorded(spoken()[: 2 * RATE])
MARKED_SECONDS = 1.0
"""After this a reply is marked as sent; killed before, it may be sent twice."""
ENGLISH_VISIT = "Just left Hillside Valves, met Dana Cole, VP production. Each mould change costs them half a day."
VISIT = "刚从远山阀门出来，见了邱总，预算大概一百八十万还没批，约好下周二我带样机去试"

pytestmark = pytest.mark.timeout(150)


async def test_no_word_of_a_note_is_lost_and_none_said_twice(telegram: TelegramServer, tmp_path: Path) -> None:
    async with ModelServer() as server:
        deaf = BotProcess(settings_for(telegram.base_url, tmp_path / "data"), tmp_path / "log")
        hearing = settings_for(telegram.base_url, tmp_path / "data", SPEECH__BASE_URL=server.base_url)
        first, second = (BotProcess(hearing, tmp_path / "log") for _ in range(2))
        async with ending(deaf, first, second):
            deaf.start()
            await telegram.start(ANNA)
            await telegram.replies(ANNA, timeout=60)
            await telegram.voice(ANNA, NOTE, duration=32)
            [kept] = await telegram.replies(ANNA, timeout=30)
            assert "没丢" in kept.text
            await asyncio.sleep(MARKED_SECONDS)
            deaf.kill()
            server.otherwise = hangs(60)
            first.start()
            async with asyncio.timeout(60):
                while not server.asked:
                    await asyncio.sleep(0.05)
            first.kill()
            server.otherwise = says(VISIT)
            second.start()
            heard, card = await telegram.replies(ANNA, 2, timeout=60)
            assert VISIT in heard.text
            assert "那段语音（0:32）" in heard.text
            assert "远山阀门" in card.text
            await telegram.press(ANNA, card.buttons[0])
            assert "存好了：远山阀门" in (await telegram.replies(ANNA, timeout=30))[0].text
            await asyncio.sleep(1)
            await telegram.silence(ANNA, 0.05)


@pytest.mark.parametrize(
    ("said", "account", "saved"),
    [
        (VISIT, "远山阀门", "存好了：远山阀门"),
        (ENGLISH_VISIT, "Hillside Valves", "Saved: Hillside Valves"),
    ],
)
async def test_45_seconds_of_talking_are_saved_with_one_message_and_one_tap(
    telegram: TelegramServer, tmp_path: Path, said: str, account: str, saved: str
) -> None:
    async with ModelServer() as server:
        server.otherwise = says(said)
        process = BotProcess(
            settings_for(telegram.base_url, tmp_path / "data", SPEECH__BASE_URL=server.base_url), tmp_path / "log"
        )
        async with ending(process):
            process.start()
            await telegram.start(ANNA)
            await telegram.replies(ANNA, timeout=60)
            await telegram.voice(ANNA, NOTE, duration=45)
            heard, card = (await telegram.replies(ANNA, 2, timeout=60))[-2:]
            assert said in heard.text
            assert account in card.text
            await telegram.press(ANNA, card.buttons[0])
            assert saved in (await telegram.replies(ANNA, timeout=30))[0].text
