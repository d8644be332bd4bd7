# ruff: noqa: E501  what a rep says stands on one line
"""A rep's whole day through Telegram's protocol: join, ask, practise, debrief, and the reminder when its day comes."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.bot_process import RIDEALONG, BotProcess, settings_for
from tests.support.telegram_people import Person
from tests.support.telegram_server import TelegramServer

LONG = 30.0
LIVE_MODEL = os.environ.get("LIVE_MODEL_URL")
LIVE_SECONDS = 300.0
"""A small model on two cores takes its time, and never longer than its limits allow."""

DAYS = {
    "zh": {
        "hint": "zh-hans",
        "ask": "上次报完价客户就不回消息了，我该怎么跟进",
        "to_say": "可以照着说",
        "practise": "陪我练一下压价",
        "turns": ["赵总您好，今天想先听听您的情况，可以吗？", "换一次模要停多久？因此晚交过货吗？", "您看下周三我带数据来算一次账，行吗？"],
        "end": "结束",
        "score": "成绩",
        "debrief": "刚从远山阀门出来，见了邱总，生产副总，说换一次模具要停半天，上季度因此晚交两批货，预算大概一百八十万还没批，约好下周二我带样机去试",
        "card": ["远山阀门", "邱总", "换一次模具要停半天", "180万元"],
        "save": "保存",
        "account": "/account 远山阀门",
        "on_page": ["远山阀门", "带样机去试"],
        "reminder": "带样机去试",
    },
    "en": {
        "hint": "en",
        "ask": "They went quiet after my quote, how do I follow up?",
        "to_say": "word for word",
        "practise": "Practise price pressure with me",
        "turns": ["Good morning, may I ask a few questions first?", "How long does a mould change stop the line, and what does that cost you?"],
        "end": "end",
        "score": "Score",
        "debrief": "Just left Hillside Valves, met Dana Cole, VP production. She said each mould change costs them half a day. Budget about 1.8 million yuan, not approved yet. We agreed I bring the demo unit next Tuesday.",
        "card": ["Hillside Valves", "Dana Cole", "half a day"],
        "save": "Save",
        "account": "/account Hillside Valves",
        "on_page": ["Hillside Valves", "demo unit"],
        "reminder": "demo unit",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", DAYS)
async def test_a_day_from_invitation_to_reminder(language: str, tmp_path: Path) -> None:
    await _whole_day(DAYS[language], tmp_path, LONG)


@pytest.mark.live
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not LIVE_MODEL, reason="LIVE_MODEL_URL is not set")
@pytest.mark.parametrize("language", DAYS)
async def test_the_same_day_with_a_chat_model(language: str, tmp_path: Path) -> None:
    model = {"MODEL__NAME": f"openai:{os.environ.get('LIVE_MODEL_NAME', 'local')}", "MODEL__BASE_URL": str(LIVE_MODEL)}
    await _whole_day(DAYS[language], tmp_path, LIVE_SECONDS, **model, MODEL__TIMEOUT_SECONDS="120")


async def _whole_day(day: Mapping[str, Any], tmp_path: Path, patience: float, **more: str) -> None:
    async with TelegramServer() as telegram:
        settings = settings_for(telegram.base_url, tmp_path / "data", ACCESS__OPEN="false", **more)
        code = await asyncio.to_thread(_invited, settings)
        rep = telegram.person(4001, language_code=day["hint"])
        async with _serving(settings, tmp_path / "log"):
            await telegram.start(rep, code)
            await telegram.reply(rep, LONG)
            await _morning(telegram, rep, day, patience)
            await _after_the_visit(telegram, rep, day, patience)
        later = (datetime.now(UTC) + timedelta(days=10)).isoformat()
        async with _serving(settings | {"RIDEALONG_CLOCK__STARTS_AT": later}, tmp_path / "log"):
            assert day["reminder"] in (await telegram.reply(rep, LONG)).text
        assert not telegram.violations


def _invited(settings: Mapping[str, str]) -> str:
    made = subprocess.run([RIDEALONG, "invite", "rep"], env=dict(settings), capture_output=True, text=True, check=True)
    return made.stdout.split()[-1]


@asynccontextmanager
async def _serving(settings: Mapping[str, str], log: Path) -> AsyncIterator[None]:
    bot = BotProcess(settings, log)
    bot.start()
    try:
        yield
    finally:
        await bot.stop()


async def _morning(telegram: TelegramServer, rep: Person, day: Mapping[str, Any], patience: float) -> None:
    answer = await telegram.ask(rep, day["ask"], patience)
    assert day["to_say"] in answer.text
    await telegram.press(rep, answer.rows[0][0]["text"])
    assert len((await telegram.reply(rep, patience)).text) > 60, "the source opens"
    await telegram.ask(rep, day["practise"], patience)
    for turn in day["turns"]:
        await telegram.ask(rep, turn, patience)
    card = await telegram.ask(rep, day["end"], patience)
    assert day["score"] in card.text
    assert any(turn[:12] in card.text for turn in day["turns"]), "the card quotes the rep"


async def _after_the_visit(telegram: TelegramServer, rep: Person, day: Mapping[str, Any], patience: float) -> None:
    card = await telegram.ask(rep, day["debrief"], patience)
    assert [words for words in day["card"] if words not in card.text] == []
    await telegram.press(rep, day["save"])
    await telegram.reply(rep, patience)
    page = await telegram.ask(rep, day["account"], patience)
    assert [words for words in day["on_page"] if words not in page.text] == []
