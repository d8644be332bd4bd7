"""The drivers against real models on loopback: LIVE_MODEL_URL (ending in /v1) and LIVE_SPEECH_URL.

A slow small model is enough; each test asks it once or twice. LIVE_MODEL_NAME is "local" unless set.
"""

import os
import shutil
import subprocess
import wave
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from bot.language_models.choose import language_model, transcriber

MODEL, SPEECH = os.environ.get("LIVE_MODEL_URL"), os.environ.get("LIVE_SPEECH_URL")
NAME = os.environ.get("LIVE_MODEL_NAME", "local")
INPUTS = {"title": "报价之后", "passage": "报价之后三天内打一次电话，问的是对方内部走到哪一步，不是价格。"}
SCHEMA = {
    "type": "object",
    "properties": {
        "questions": {"type": "array", "items": {"type": "string", "maxLength": 60}, "minItems": 1, "maxItems": 2}
    },
    "required": ["questions"],
    "additionalProperties": False,
}

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
needs_model = pytest.mark.skipif(not MODEL, reason="LIVE_MODEL_URL is not set")
needs_speech = pytest.mark.skipif(not SPEECH, reason="LIVE_SPEECH_URL is not set")
needs_voice = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")


@pytest.fixture
async def chosen(settings_of):
    settings = settings_of(MODEL__NAME=f"openai:{NAME}", MODEL__BASE_URL=MODEL, MODEL__TIMEOUT_SECONDS=120)
    one = language_model(settings, today=lambda: date(2026, 3, 2))
    yield one
    await one.close()


@pytest.fixture
async def speech(settings_of):
    one = transcriber(settings_of(SPEECH__BASE_URL=SPEECH))
    yield one
    await one.close()


@needs_model
async def test_it_speaks_word_by_word(chosen):
    assert await chosen.ready() is None
    pieces = [p async for p in chosen.model.speak("passage_questions", INPUTS, language="zh", rep="r")]
    print("".join(pieces))
    assert len(pieces) > 3


@needs_model
async def test_it_proposes_to_the_schema(chosen):
    found = await chosen.model.propose("passage_questions", INPUTS, language="zh", rep="r", schema=SCHEMA)
    print(found)
    Draft202012Validator(SCHEMA).validate(found)


@needs_speech
async def test_silence_is_nothing_said(speech, tmp_path):
    with wave.open(str(tmp_path / "silence.wav"), "wb") as silence:
        silence.setparams((1, 2, 16000, 0, "NONE", ""))
        silence.writeframes(bytes(64000))
    audio = (tmp_path / "silence.wav").read_bytes()
    assert await speech.transcribe(audio, "audio/wav", names=(), language="zh") == ""


@needs_speech
@needs_voice
async def test_what_was_said_is_written_down(speech, tmp_path):
    file = tmp_path / "voice.wav"
    subprocess.run(["espeak-ng", "-v", "en", "-s", "140", "-w", str(file), "The customer wants a quote"], check=True)
    said = await speech.transcribe(file.read_bytes(), "audio/wav", names=("Anna Keller",), language="en")
    print(said)
    assert "customer" in said.lower()
