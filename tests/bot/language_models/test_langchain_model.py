"""The driver against a scripted server: what it says, what it asks, and the cause of every failure."""

import logging
import time

import pytest

from bot.errors import ModelUnavailable
from bot.language_models.connection import Address
from bot.language_models.langchain_model import LangChainModel
from bot.language_models.streaming import Limits
from bot.language_models.trouble import Cause, ModelTrouble
from tests.support.model_server import (
    Answer,
    ModelServer,
    drops,
    fails,
    hangs,
    never_ends,
    nonsense,
    says,
    says_json,
)

SCHEMA = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string", "enum": ["need", "budget"]}, "quote": {"type": "string"}},
                "required": ["field", "quote"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["items"],
    "additionalProperties": False,
}
INPUTS = {"title": "价格", "passage": "先问对方拿什么比。"}
FOUND = {"items": [{"field": "need", "quote": "停半天"}]}


@pytest.fixture
async def server():
    async with ModelServer() as running:
        yield running


class Uses:
    def __init__(self):
        self.noted = []

    async def __call__(self, rep, tokens_in, tokens_out):
        self.noted.append((rep, tokens_in, tokens_out))


@pytest.fixture
def uses():
    return Uses()


@pytest.fixture
async def model(server, uses):
    driver = LangChainModel("tiny", Address(server.base_url), Limits(silence=5, total=10), uses)
    yield driver
    await driver.close()


def quick(server, uses, *, silence=0.3, total=0.6, name="tiny", key=""):
    return LangChainModel(name, Address(server.base_url, key), Limits(silence, total), uses)


async def spoken(model, **more):
    pieces = model.speak("passage_questions", INPUTS | more, language="zh", rep="r1")
    return [piece async for piece in pieces]


async def proposed(model):
    return await model.propose("passage_questions", INPUTS, language="zh", rep="r1", schema=SCHEMA)


async def test_words_come_as_they_are_said(server, model):
    server.script(says("客户说贵，先问跟谁比。"))
    pieces = await spoken(model)
    assert "".join(pieces) == "客户说贵，先问跟谁比。"
    assert len(pieces) > 1


async def test_the_server_is_asked_with_the_rendered_prompt_and_its_length(server, model):
    await spoken(model, fallback="备用的话")
    asked = server.asked[0]
    assert "先问对方拿什么比。" in asked.text
    assert "备用的话" not in str(asked.body)
    assert (asked.body["model"], asked.body["max_tokens"], asked.body["stream"]) == ("tiny", 60, True)


async def test_the_use_is_noted_as_the_server_counts_it(server, model, uses):
    server.script(says("十个字的回答在这里。"))
    await spoken(model)
    assert uses.noted == [("r1", len(server.asked[0].text), 10)]


async def test_the_use_is_guessed_when_the_server_does_not_count(server, model, uses):
    server.script(says("十个字的回答在这里。", usage=False))
    await spoken(model)
    [(rep, tokens_in, tokens_out)] = uses.noted
    assert rep == "r1"
    assert tokens_in > 50
    assert tokens_out == 10


async def test_the_use_of_an_answer_nobody_hears_out_is_noted(server, model, uses):
    server.script(never_ends(pause=0.01))
    pieces = model.speak("passage_questions", INPUTS, language="zh", rep="r1")
    assert await anext(pieces) == "and "
    await pieces.aclose()
    assert uses.noted[0][0] == "r1"


async def test_what_a_model_thinks_aloud_is_not_said(server, model):
    server.script(Answer(pieces=("<th", "ink>嗯，客户", "说贵</thi", "nk>\n\n先问", "跟谁比。")))
    assert "".join(await spoken(model)) == "先问跟谁比。"


async def test_a_model_that_thinks_its_answer_away_gets_room_to_think(server, model):
    server.script(says("<think>嗯嗯嗯", finish="length"), says("<think>嗯</think>好。"))
    assert await spoken(model) == ["好。"]
    assert server.asked[1].body["max_tokens"] > 1000


async def test_proposals_are_what_the_server_writes_to_the_schema(server, model):
    server.script(says_json(FOUND))
    assert await proposed(model) == FOUND
    assert server.asked[0].body["response_format"]["json_schema"]["schema"] == SCHEMA


async def test_a_server_that_refuses_a_schema_is_told_in_words_from_then_on(server, model):
    server.decide = lambda asked: fails(400) if "response_format" in asked.body else None
    server.otherwise = says_json(FOUND)
    assert await proposed(model) == FOUND
    assert await proposed(model) == FOUND
    assert len(server.asked) == 3
    assert '"quote"' in server.asked[2].text


async def test_a_server_that_ignores_the_schema_is_asked_again_with_it(server, model):
    server.script(says("客户有一个需求：停半天。"), says_json(FOUND))
    assert await proposed(model) == FOUND
    roles = [message["role"] for message in server.asked[1].body["messages"]]
    assert roles == ["user", "assistant", "user"]
    assert '"quote"' in server.asked[1].text


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (says("今天天气不错。"), Cause.GARBLED),
        (says('{"items": [{"field": "nee'), Cause.HALF),
        (says('{"wrong": 1}'), Cause.WRONG_SHAPE),
        (says(""), Cause.EMPTY),
        (nonsense(), Cause.GARBLED),
        (never_ends('{"items": ['), Cause.ENDLESS),
    ],
)
async def test_a_proposal_of_no_use_is_nonsense(server, model, answer, cause):
    server.otherwise = answer
    with pytest.raises(ModelTrouble) as caught:
        await proposed(model)
    assert (caught.value.cause, caught.value.reason) == (cause, "nonsense")
    assert len(server.asked) <= 2


@pytest.mark.parametrize(
    ("answer", "cause", "reason"),
    [
        (says(""), Cause.EMPTY, "nonsense"),
        (says("  \n "), Cause.EMPTY, "nonsense"),
        (says("……？！"), Cause.GARBLED, "nonsense"),
        (nonsense(), Cause.GARBLED, "nonsense"),
        (never_ends(), Cause.ENDLESS, "nonsense"),
        (fails(400), Cause.REQUEST_REFUSED, "absent"),
        (fails(401), Cause.KEY, "absent"),
        (fails(403), Cause.KEY, "absent"),
        (fails(404), Cause.MODEL_MISSING, "absent"),
        (fails(429), Cause.BUSY, "unreachable"),
        (fails(500), Cause.SERVER_ERROR, "unreachable"),
        (fails(503), Cause.SERVER_ERROR, "unreachable"),
        (drops(0), Cause.DROPPED, "unreachable"),
        (drops(2), Cause.DROPPED, "unreachable"),
    ],
)
async def test_a_failure_has_its_cause_and_its_reason(server, model, answer, cause, reason):
    server.otherwise = answer
    with pytest.raises(ModelTrouble) as caught:
        await spoken(model)
    assert (caught.value.cause, caught.value.reason) == (cause, reason)


@pytest.mark.parametrize(
    ("sent", "cause"),
    [
        (b'data: {"error": {"message": "overloaded"}}\n\n', Cause.SERVER_ERROR),
        (b'data: {"choices": [{"delta"\n\n', Cause.GARBLED),
        (b'data: {"choices": [{"index": 0}]}\n\n', Cause.GARBLED),
        (b"data: [1, 2]\n\n", Cause.GARBLED),
        (b'data: "x"\n\n', Cause.GARBLED),
        (b"data: null\n\n", Cause.GARBLED),
        (b"data: [DONE]\n\n", Cause.GARBLED),
        (b'{"choices": [{"message": {"content": "no stream"}}]}', Cause.GARBLED),
        (b"\xff\xfe\x00", Cause.GARBLED),
        (b"data: \xff\xfe\n\n", Cause.GARBLED),
        (b"", Cause.GARBLED),
    ],
)
async def test_a_stream_that_is_none_is_nonsense_and_nothing_worse(server, model, sent, cause):
    server.otherwise = Answer(raw=sent)
    for act in (spoken, proposed):
        with pytest.raises(ModelTrouble) as caught:
            await act(model)
        assert caught.value.cause is cause


@pytest.mark.parametrize("act", [spoken, proposed])
async def test_a_first_word_that_does_not_come_is_not_waited_for(server, uses, act):
    server.otherwise = hangs()
    began = time.monotonic()
    with pytest.raises(ModelTrouble) as caught:
        await act(quick(server, uses, total=20))
    assert (caught.value.cause, caught.value.reason) == (Cause.NO_FIRST_WORD, "slow")
    assert time.monotonic() - began < 5


async def test_an_answer_that_drips_is_ended_by_the_total_limit(server, uses):
    server.otherwise = never_ends(pause=0.1)
    with pytest.raises(ModelTrouble) as caught:
        await spoken(quick(server, uses))
    assert caught.value.cause is Cause.TOO_SLOW


async def test_a_pause_in_the_middle_is_not_waited_for(server, uses):
    server.otherwise = says("一二三四五六七八", pause=30)
    with pytest.raises(ModelTrouble) as caught:
        await spoken(quick(server, uses, total=20))
    assert caught.value.cause is Cause.TOO_SLOW


async def test_a_model_the_server_does_not_have_is_absent(server, uses):
    with pytest.raises(ModelUnavailable) as caught:
        await spoken(quick(server, uses, name="huge"))
    assert caught.value.reason == "absent"


async def test_an_address_where_nobody_listens_is_unreachable(uses):
    model = LangChainModel("tiny", Address("http://127.0.0.1:9/v1"), Limits(5, 10), uses)
    with pytest.raises(ModelTrouble) as caught:
        await spoken(model)
    assert caught.value.cause is Cause.UNREACHABLE


async def test_a_long_text_that_is_refused_does_not_change_how_the_server_is_asked(server, model):
    server.script(fails(400), fails(400), says_json(FOUND))
    with pytest.raises(ModelTrouble):
        await proposed(model)
    assert await proposed(model) == FOUND
    assert "response_format" in server.asked[2].body


async def test_a_proxy_is_not_used_for_loopback(server, model, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert await spoken(model) == ["好的。"]


async def test_tracing_set_in_the_environment_sends_nothing(server, model, monkeypatch):
    async with ModelServer() as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.base_url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_x")
        await spoken(model)
        from langsmith.utils import tracing_is_enabled

        assert not tracing_is_enabled()
        assert tracer.asked == []


@pytest.mark.parametrize("answer", [says("好的。"), fails(401), fails(500), drops(1), says("[]")])
async def test_no_word_and_no_key_reaches_the_log(server, uses, caplog, answer):
    caplog.set_level(logging.DEBUG)
    server.otherwise = answer
    model = quick(server, uses, silence=5, total=5, key="sk-very-secret")
    for act in (spoken, proposed):
        try:
            await act(model)
        except ModelTrouble:
            logging.getLogger("test").exception("failed")
    assert "先问对方" not in caplog.text
    assert "好的" not in caplog.text
    assert "very-secret" not in caplog.text


async def test_ready_says_what_stands_in_the_way(server, uses):
    assert await quick(server, uses).ready() is None
    assert await quick(server, uses, name="huge").ready() is Cause.MODEL_MISSING
    assert await LangChainModel("tiny", Address("http://127.0.0.1:9/v1"), Limits(1, 1), uses).ready() is (
        Cause.UNREACHABLE
    )


async def test_a_prompt_that_is_not_repaired_is_asked_once(server, model):
    server.otherwise = nonsense()
    inputs = {"account": "远山阀门", "message": "见了邱总", "clauses": "1. 见了邱总"}
    with pytest.raises(ModelTrouble):
        await model.propose("debrief_proposals", inputs, language="zh", rep="r", schema=SCHEMA)
    assert len(server.asked) == 1
