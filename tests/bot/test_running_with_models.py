"""A model or an index that is away, slow or broken: every job still gives a clear answer and loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.assemble.program import Program
from bot.coaching.understanding import BY_WORDS
from bot.domain.rep import Role, Viewer
from bot.wording.phrasebook import Phrasebook
from config.settings import Settings
from tests.support.doorway import free_port
from tests.support.model_server import Answer, ModelServer, drops, fails, hangs, nonsense, says
from tests.support.served import polling, telegram_variables
from tests.support.telegram_server import TelegramServer

ANNA = 1001
NOBODY = Viewer("no-team", "nobody", Role.REP)
LONG = 60.0
WORDS = Phrasebook("zh")
DEBRIEF = "刚从远山阀门出来，见了邱总，生产副总，说换一次模具要停半天，约好下周二我带样机去试。他们老大好像挺上心的"

TROUBLES = {
    "slow": hangs(60),
    "nonsense": nonsense(),
    "half-json": says('{"proposals": [{"field": "bud'),
    "other-json": says('{"weather": "sunny"}'),
    "empty": says(""),
    "dropped": drops(1),
    "server-error": fails(500),
    "refused": fails(401),
}


@pytest.fixture
async def vectors() -> AsyncIterator[ModelServer]:
    """A quick server of embeddings, so that a test does not wait for the embedded ones."""
    async with ModelServer() as server:
        yield server


@pytest.fixture
def settings(telegram: TelegramServer, vectors: ModelServer, settings_of: Callable[..., Settings]) -> Settings:
    """A program with those embeddings and without a chat model."""
    embedding = {"EMBEDDING__NAME": "openai:tiny", "EMBEDDING__BASE_URL": vectors.base_url}
    return settings_of(**telegram_variables(telegram, ACCESS__OPEN="true", **embedding))


def with_model(settings_of: Callable[..., Settings], base_url: str) -> Settings:
    """The same program with a chat model at this address."""
    return settings_of(MODEL__NAME="openai:tiny", MODEL__BASE_URL=base_url, MODEL__TIMEOUT_SECONDS=1)


async def ask_and_debrief(telegram: TelegramServer) -> None:
    """A question gets lines to say with a source, a visit its card with what rules read, and Save works."""
    await telegram.start(ANNA)
    await telegram.reply(ANNA)
    answer = await telegram.ask(ANNA, "客户说我们贵两成怎么回", LONG)
    assert WORDS.plain("answer.say_title") in answer.text
    assert answer.rows, "sources open"
    card = await telegram.ask(ANNA, DEBRIEF, LONG)
    assert [words for words in ("远山阀门", "邱总", "换一次模具要停半天", "带样机去试") if words not in card.text] == []
    await telegram.press(ANNA, WORDS.plain("debrief.save"))
    assert "远山阀门" in (await telegram.reply(ANNA, LONG)).text


async def by_meaning(program: Program) -> None:
    """Wait until search by meaning is ready."""
    program.desk.warm_up()
    async with asyncio.timeout(LONG):
        while program.desk.understanding() is BY_WORDS:
            await asyncio.sleep(0.05)


async def practise(telegram: TelegramServer) -> None:
    """A customer speaks, and the end is a scorecard."""
    await telegram.ask(ANNA, "陪我练一下压价", LONG)
    line = await telegram.ask(ANNA, "赵总您好，换一次模要停多久？", LONG)
    assert len(line.text) > 5
    assert "成绩" in (await telegram.ask(ANNA, "结束", LONG)).text


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_a_model_in_trouble(
    telegram: TelegramServer, settings: Settings, settings_of: Callable[..., Settings], trouble: Answer
) -> None:
    async with ModelServer(otherwise=trouble) as server:
        async with polling(telegram, with_model(settings_of, server.base_url)):
            await ask_and_debrief(telegram)
            await practise(telegram)
        assert server.asked, "the model was asked"


async def test_a_model_that_cannot_be_reached(
    telegram: TelegramServer, settings: Settings, settings_of: Callable[..., Settings]
) -> None:
    async with polling(telegram, with_model(settings_of, f"http://127.0.0.1:{free_port()}/v1")):
        await telegram.start(ANNA)
        await telegram.reply(ANNA)
        answer = await telegram.ask(ANNA, "客户说我们贵两成怎么回", LONG)
        assert WORDS.plain("answer.offline_note") in answer.text
        assert WORDS.plain("debrief.offline_note") in (await telegram.ask(ANNA, DEBRIEF, LONG)).text


async def test_a_broken_index_is_made_anew(telegram: TelegramServer, settings: Settings, data_dir: Path) -> None:
    async with polling(telegram, settings) as program:
        await by_meaning(program)
        before = await program.desk.search("客户嫌贵", viewer=NOBODY)
    broken = [file for file in (data_dir / "index").rglob("*") if file.is_file()]
    assert broken, "there is an index to break"
    for file in broken:
        file.write_bytes(b"\x00garbage\xff" * 500)
    async with polling(telegram, settings) as program:
        await ask_and_debrief(telegram)
        await by_meaning(program)
        after = await program.desk.search("客户嫌贵", viewer=NOBODY)
    assert [hit.passage.id for hit in after.hits] == [hit.passage.id for hit in before.hits] != []
