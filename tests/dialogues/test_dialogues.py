"""Every dialogue through the real door: exactly the replies written, in the language spoken."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assemble.memory import open_memory
from bot.wording.phrasebook import LANGUAGES
from config.settings import PREFIX, read_settings
from tests.support.dialogues import Dialogue, Stage, dialogues_of
from tests.support.recording_channel import RecordingChannel
from tests.support.served import running

ALL = [dialogue for language in LANGUAGES for dialogue in dialogues_of(language)]
STARTS_AT = "2026-11-23T10:00:00+08:00"
"""A Monday morning in Shanghai; every dialogue takes place on that day."""
_NO_LIMIT = {f"TELEGRAM__MESSAGES_PER_{name}": "0" for name in ("SECOND", "CHAT_PER_SECOND")}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("dialogues")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**_NO_LIMIT, "CLOCK__STARTS_AT": STARTS_AT}.items():
            patch.setenv(PREFIX + name, value)
        settings = read_settings(data_dir=folder)
    channel = RecordingChannel()
    async with running(open_memory(settings), (channel,)) as program:
        await asyncio.to_thread(program.desk.warm_up().join)
        yield Stage(program, channel)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("dialogue", [pytest.param(dialogue, id=dialogue.id) for dialogue in ALL])
async def test_dialogue(stage: Stage, dialogue: Dialogue) -> None:
    await stage.play(dialogue)


def test_every_dialogue_has_a_name_of_its_own() -> None:
    ids = [dialogue.id for dialogue in ALL]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_dialogues_are_the_same_in_every_language(language: str) -> None:
    assert _shapes(language) == _shapes(LANGUAGES[0])


def _shapes(language: str) -> dict[str, object]:
    found = (d for d in ALL if d.language == language)
    return {f"{d.skill}/{d.name}": (d.role, d.invitation, *(turn.shape for turn in d.turns)) for d in found}
