"""A voice note is words like any other, once it is heard; until then it lies safely with us."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.file_reading import READ_FILE
from bot.domain.message import Reply
from bot.domain.writes import EraseOldFiles, HurryWork, Write
from config.settings import Settings
from tests.support.model_server import ModelServer, fails, says
from tests.support.sound import RATE, noise, recorded, silence, spoken
from tests.support.talking import Talk, talking, texts

VISIT = "刚从远山阀门出来，见了邱总，预算大概一百八十万还没批，约好下周二我带样机去试"
ENGLISH_VISIT = "Just left Hillside Valves, met Dana Cole, VP production. Each mould change costs them half a day."
NOTE = recorded(spoken()[: 2 * RATE])


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as started:
        yield started


@pytest.fixture
def settings(server: ModelServer, settings_of: Callable[..., Settings]) -> Settings:
    limits = {f"TELEGRAM__MESSAGES_PER_{name}": "0" for name in ("SECOND", "CHAT_PER_SECOND")}
    return settings_of(SPEECH__BASE_URL=server.base_url, ACCESS__OPEN="true", **limits)


@pytest.fixture
def without_speech(settings: Settings) -> Settings:
    return settings.model_copy(update={"speech": settings.speech.model_copy(update={"base_url": None})})


def labels(replies: list[Reply]) -> list[str]:
    return [button.label for row in replies[-1].buttons for button in row]


async def files(talk: Talk) -> list[tuple[str, bool]]:
    """State of every file, and whether its content is with us."""
    query = "SELECT state, content IS NOT NULL FROM kept_file ORDER BY sent_at"
    rows = await talk.program.memory.database.run(lambda c: c.exec_driver_sql(query).all())
    return [(str(state), bool(there)) for state, there in rows]


async def written(talk: Talk, *writes: Write) -> None:
    store = talk.program.store
    await store.write(await store.administrator("团队"), writes)


@pytest.mark.parametrize(
    ("language", "said", "account", "save", "saved"),
    [
        ("zh", VISIT, "远山阀门", "保存", "存好了：远山阀门"),
        ("en", ENGLISH_VISIT, "Hillside Valves", "Save", "Saved: Hillside Valves"),
    ],
)
async def test_a_note_of_45_seconds_is_saved_with_one_message_and_one_tap(
    server: ModelServer, settings: Settings, language: str, said: str, account: str, save: str, saved: str
) -> None:
    server.script(says(said))
    async with talking(settings, language=language) as talk:
        heard, card = await talk.speak(NOTE, 45)
        assert said in heard.text.text
        assert account in card.text.text
        assert saved in texts(await talk.press(save))
        assert talk.done == ["message", "tap"]
        assert await files(talk) == []


async def test_a_spoken_question_is_answered_and_a_spoken_line_belongs_to_the_practice(
    server: ModelServer, settings: Settings
) -> None:
    async with talking(settings) as talk:
        server.script(says("客户说我们贵两成怎么回"))
        assert "下一步" in texts(await talk.speak(NOTE))
        await talk.say("陪我练一下压价")
        server.script(says("赵总好，先谢谢您抽时间。现在换一次模要停多久？"))
        _, line = await talk.speak(NOTE)
        assert line.text.text.startswith("客户：")


async def test_a_spoken_stop_stops(server: ModelServer, settings: Settings) -> None:
    server.script(says("取消"))
    async with talking(settings) as talk:
        await talk.say("陪我练一下压价")
        assert "好，停下了" in texts(await talk.speak(NOTE))


async def test_the_server_is_told_the_names_it_will_hear(server: ModelServer, settings: Settings) -> None:
    server.otherwise = says(VISIT)
    async with talking(settings) as talk:
        await talk.speak(NOTE)
        await talk.press("保存")
        await talk.speak(NOTE)
    assert "prompt" not in server.asked[0].body
    assert {"远山阀门", "邱总"} <= set(str(server.asked[1].body["prompt"]).split("、"))


@pytest.mark.parametrize("sound", [silence(2), noise(2)], ids=["silence", "noise"])
async def test_where_nobody_speaks_the_server_is_not_even_asked(
    server: ModelServer, settings: Settings, sound: object
) -> None:
    server.otherwise = says("谢谢大家，请订阅")
    async with talking(settings) as talk:
        assert "没听到有人说话" in texts(await talk.speak(recorded(sound)))
    assert server.asked == []


@pytest.mark.parametrize("invented", ["", "字幕由Amara.org社区提供", "谢谢观看"])
async def test_invented_words_are_none(server: ModelServer, settings: Settings, invented: str) -> None:
    server.otherwise = says(invented)
    async with talking(settings) as talk:
        assert "没听到有人说话" in texts(await talk.speak(NOTE))


@pytest.mark.parametrize(
    ("content", "seconds", "told"),
    [(b"\x89PNG\r\n\x1a\n" + bytes(99), 5, "打不开"), (NOTE, 36_000, "最多听 2 小时")],
    ids=["a picture", "ten hours"],
)
async def test_the_rep_hears_why_a_file_cannot_be_heard(
    server: ModelServer, settings: Settings, content: bytes, seconds: int, told: str
) -> None:
    async with talking(settings) as talk:
        assert told in texts(await talk.speak(content, seconds))
        assert await files(talk) == []


async def test_a_long_note_is_answered_at_once_and_heard_meanwhile(server: ModelServer, settings: Settings) -> None:
    server.script(says(VISIT))
    async with talking(settings) as talk:
        assert "收到，3:20" in texts(await talk.speak(NOTE, 200))
        heard, card = await talk.later(lambda seen: len(seen) > 1)
        assert "那段语音（3:20）" in heard.text.text
        assert VISIT in heard.text.text
        assert "远山阀门" in card.text.text
        assert "存好了" in texts(await talk.press("保存"))
        assert await files(talk) == []
        assert any("在听：" in shown for _, shown in talk.channel.thinking)


async def test_a_note_waits_for_a_server_that_is_away_and_its_card_comes_by_itself(
    server: ModelServer, settings: Settings
) -> None:
    server.otherwise = fails(503)
    async with talking(settings) as talk:
        assert "没丢" in texts(await talk.speak(NOTE))
        server.otherwise = says(VISIT)
        heard, card = await talk.later(lambda seen: len(seen) > 1)
        assert "（0:05）" in heard.text.text
        assert "远山阀门" in card.text.text


async def test_a_slow_server_does_not_hold_up_the_turn(server: ModelServer, settings: Settings) -> None:
    server.otherwise = says(VISIT, wait=3)
    async with talking(settings) as talk:
        door = talk.program.dispatcher._door
        talk.program.dispatcher._door = replace(door, hearing=replace(door.hearing, patience=1.0))
        assert "我在听" in texts(await talk.speak(NOTE))
        assert "远山阀门" in texts(await talk.later(lambda seen: len(seen) > 1))


async def test_without_a_server_a_note_waits_across_restarts(
    server: ModelServer, settings: Settings, without_speech: Settings
) -> None:
    async with talking(without_speech) as talk:
        assert "还没接语音识别" in texts(await talk.speak(NOTE))
        async with asyncio.timeout(10):
            while await files(talk) != [("waiting", True)]:
                await asyncio.sleep(0.02)
    server.otherwise = says(VISIT)
    async with talking(settings, before=talk) as talk:
        await written(talk, HurryWork(READ_FILE))
        assert "远山阀门" in texts(await talk.later(lambda seen: len(seen) > 1))
        assert await files(talk) == []


async def test_what_waits_is_dropped_by_its_button_or_by_cancel(without_speech: Settings) -> None:
    async with talking(without_speech) as talk:
        await talk.speak(NOTE)
        assert "1 段等着的已经删掉" in texts(await talk.press("不转了，删掉"))
        await talk.speak(NOTE)
        await talk.say("/settings")
        await talk.press("换时区")
        assert "还有 1 段语音在等" in texts(await talk.say("/cancel"))
        assert "1 段等着的已经删掉" in texts(await talk.say("/cancel"))
        assert await files(talk) == []
        assert "没有在进行的事" in texts(await talk.say("/cancel"))


async def test_a_late_note_leaves_alone_what_is_going_on(server: ModelServer, settings: Settings) -> None:
    server.script(says(VISIT, wait=1.0))
    async with talking(settings) as talk:
        await talk.speak(NOTE, 90)
        await talk.say("陪我练一下压价")
        _, card = await talk.later(lambda seen: len(seen) > 1)
        assert "远山阀门" in card.text.text
        assert "客户：" in texts(await talk.say("赵总好，先谢谢您抽时间"))
        assert "存好了" in texts(await talk.press("保存"))


async def test_a_note_goes_outside_only_after_the_reps_own_yes(
    server: ModelServer,
    settings: Settings,
    settings_of: Callable[..., Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.otherwise = says(VISIT)
    monkeypatch.setenv("http_proxy", server.base_url.removesuffix("/v1"))
    async with talking(settings_of(SPEECH__BASE_URL="http://speech.example.com/v1")) as talk:
        asked = await talk.speak(NOTE)
        assert "speech.example.com" in texts(asked)
        assert labels(asked) == ["可以发，转吧", "不转了，删掉"]
        assert server.asked == []
        assert "可以发给外面" in texts(await talk.press("可以发，转吧"))
        assert "远山阀门" in texts(await talk.later(lambda seen: len(seen) > 1))
        assert "远山阀门" in texts(await talk.speak(NOTE))


async def test_recordings_are_kept_only_where_house_and_rep_want_it(server: ModelServer, settings: Settings) -> None:
    server.otherwise = says(VISIT)
    async with talking(settings) as talk:
        await talk.say("/settings")
        assert "留 30 天" in texts(await talk.press("录音留 30 天"))
        await talk.speak(NOTE)
        await talk.press("保存")
        assert await files(talk) == [("kept", True)]
        exported = (await talk.say("/export"))[-1].file
        assert exported is not None
        assert exported.name.endswith(".zip")
        await written(talk, EraseOldFiles(timedelta()))
        assert await files(talk) == []
        await talk.speak(NOTE)
        await talk.say("/settings")
        assert "也删了" in texts(await talk.press("录音转完就删"))
        assert await files(talk) == []
        await talk.speak(NOTE)
        assert await files(talk) == []
