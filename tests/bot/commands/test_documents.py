"""What `ridealong kb` shows and changes, and for whom."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assemble.memory import open_memory
from bot.commands.documents import do
from bot.errors import CannotStart
from bot.storage.passage_store import SqlPassageStore
from config.settings import Settings
from knowledge.ingestion import Ingestion
from tests.knowledge.dirty_folder import PAGE


@pytest.fixture
async def settings(settings_of: Callable[..., Settings], tmp_path: Path) -> Settings:
    settings = settings_of()
    memory = open_memory(settings)
    viewer = await memory.administrator()
    store = SqlPassageStore(memory.database, taken_in_by=viewer, clock=memory.clock.now)
    Ingestion(store).ingest("网页.txt", PAGE.encode(), team=viewer.team)
    memory.database.close()
    return settings


async def _id(settings: Settings) -> str:
    [line] = await do(settings, "list", "", None)
    assert "网页.txt  version 1, this team: 2 articles" in line
    return line.split()[0]


async def test_a_document_is_shown_withdrawn_and_restored(settings: Settings):
    document = await _id(settings)
    shown = "\n".join(await do(settings, "show", document, None))
    assert "[not about selling] 虚拟化平台的设计与实现" in shown
    assert "[page furniture]" in shown

    await do(settings, "withdraw", document, None)
    assert "withdrawn" in (await do(settings, "list", "", None))[0]
    await do(settings, "restore", document, None)
    assert "this team" in (await do(settings, "list", "", None))[0]


async def test_what_was_left_out_is_kept_all_the_same(settings: Settings):
    shown = await do(settings, "show", await _id(settings), None)
    article = next(line.split()[1] for line in shown if "not about selling" in line)
    piece = next(line.split()[1] for line in shown if "[page furniture]" in line)

    await do(settings, "keep", article, None)
    await do(settings, "take-in", piece, None)

    assert "4 articles" in (await do(settings, "list", "", None))[0]
    assert "虚拟" in "\n".join(await do(settings, "read", article, None))


@pytest.mark.parametrize("action", ["show", "read", "withdraw", "keep", "take-in", "done"])
async def test_what_is_not_there_is_said(settings: Settings, action: str):
    with pytest.raises(CannotStart, match="There is no"):
        await do(settings, action, "nothing", None)
