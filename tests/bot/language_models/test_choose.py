"""Which model the settings lead to, whole and working."""

import asyncio
from datetime import date

import pytest

from bot.errors import CannotStart, ModelUnavailable
from bot.language_models.choose import embedder, language_model, question_writer, transcriber
from bot.language_models.masking import MaskingModel
from bot.language_models.offline_model import OfflineModel
from bot.language_models.trouble import Cause
from knowledge.sentence_embedder import SentenceEmbedder
from tests.support.model_server import ModelServer, fails, says

INPUTS = {"title": "价格", "passage": "先问对方拿什么比。"}


def today():
    return date(2026, 3, 2)


async def said(model, rep="r"):
    return "".join([piece async for piece in model.speak("passage_questions", INPUTS, language="zh", rep=rep)])


@pytest.fixture
async def server():
    async with ModelServer(key="sk-1") as running:
        yield running


@pytest.fixture
def settings_for(server, settings_of):
    def make(**more):
        return settings_of(
            **{"MODEL__NAME": "openai:tiny", "MODEL__BASE_URL": server.base_url, "MODEL__API_KEY": "sk-1", **more}
        )

    return make


async def test_by_default_nothing_leaves_the_machine(settings_of):
    settings = settings_of()
    chosen = language_model(settings, today=today)
    assert isinstance(chosen.model, OfflineModel)
    assert (chosen.sends_to, await chosen.ready()) == ("", None)
    assert transcriber(settings) is None
    assert isinstance(embedder(settings), SentenceEmbedder)
    assert question_writer(chosen.model, asyncio.get_running_loop()) is None
    await chosen.close()


async def test_a_model_by_address_answers_and_its_use_is_noted(settings_for):
    noted = []

    async def record(*use):
        noted.append(use)

    chosen = language_model(settings_for(), today=today, record=record)
    assert await chosen.ready() is None
    assert await said(chosen.model) == "好的。"
    assert [use[0] for use in noted] == ["", "r"]
    assert question_writer(chosen.model, asyncio.get_running_loop()) is not None
    await chosen.close()


async def test_what_is_used_comes_off_the_budget_of_the_day(server, settings_for):
    chosen = language_model(settings_for(MODEL__DAILY_BUDGET_TOKENS=100), today=today)
    assert await said(chosen.model, rep="r") == "好的。"
    with pytest.raises(ModelUnavailable) as caught:
        await said(chosen.model, rep="r")
    assert caught.value.reason == "budget"
    assert await said(chosen.model, rep="another") == "好的。"
    await chosen.close()


async def test_the_key_that_is_refused_is_told_by_ready_and_logged_without_it(settings_for, caplog):
    chosen = language_model(settings_for(MODEL__API_KEY="sk-wrong"), today=today)
    assert await chosen.ready() is Cause.KEY
    await chosen.warm()
    assert "not ready" in caplog.text
    assert "sk-wrong" not in caplog.text
    await chosen.close()


async def test_a_server_that_fails_a_moment_is_asked_again(server, settings_for):
    server.script(fails(429), fails(503), says("先问跟谁比。"))
    chosen = language_model(settings_for(), today=today)
    assert await said(chosen.model) == "先问跟谁比。"
    await chosen.close()


async def test_speech_and_embeddings_are_found_at_their_addresses(server, settings_of):
    settings = settings_of(
        SPEECH__BASE_URL=server.base_url,
        SPEECH__API_KEY="sk-1",
        EMBEDDING__NAME="openai:small",
        EMBEDDING__BASE_URL=server.base_url,
        EMBEDDING__API_KEY="sk-1",
    )
    server.script(says("见了邱总。"))
    assert await transcriber(settings).transcribe(b"x" * 9, "audio/ogg", names=(), language="zh") == "见了邱总。"
    assert len(await asyncio.to_thread(embedder(settings).embed, ["贵"])) == 1


@pytest.mark.parametrize(
    ("base_url", "masked"), [("https://models.example.com/v1", True), ("http://10.1.2.3/v1", False)]
)
def test_only_what_leaves_the_house_is_masked(settings_for, base_url, masked):
    chosen = language_model(settings_for(MODEL__BASE_URL=base_url, PRIVACY__MASK="true"), today=today)
    assert isinstance(chosen.model, MaskingModel) is masked
    assert bool(chosen.sends_to) is masked


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"MODEL__NAME": "openai:gpt-x"}, "RIDEALONG_MODEL__API_KEY"),
        ({"MODEL__NAME": "other:gpt-x", "MODEL__API_KEY": "k"}, "RIDEALONG_MODEL__NAME"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(settings_of, settings, said):
    with pytest.raises(CannotStart, match=said):
        language_model(settings_of(**settings), today=today)


def test_embeddings_without_a_key_cannot_work_either(settings_of):
    with pytest.raises(CannotStart, match="RIDEALONG_EMBEDDING__API_KEY"):
        embedder(settings_of(EMBEDDING__NAME="openai:small"))
