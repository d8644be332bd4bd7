"""The offline driver says what it is given and proposes nothing."""

from bot.language_models.offline_model import FALLBACK, OfflineModel, without_fallback


async def said(inputs):
    return [piece async for piece in OfflineModel().speak("any_prompt", inputs, language="zh", rep="r")]


async def test_it_says_the_fallback_it_is_given():
    assert await said({"question": "怎么回", FALLBACK: "先问跟谁比。"}) == ["先问跟谁比。"]


async def test_it_says_nothing_without_one():
    assert await said({"question": "怎么回"}) == []
    assert await said({FALLBACK: ""}) == []


async def test_it_proposes_nothing():
    assert await OfflineModel().propose("any_prompt", {}, language="en", rep="r", schema={"required": ["x"]}) == {}


def test_no_prompt_sees_the_fallback():
    assert without_fallback({"a": "1", FALLBACK: "2"}) == {"a": "1"}
