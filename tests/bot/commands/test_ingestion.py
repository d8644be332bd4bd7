"""`ridealong ingest` and `ridealong kb search`, as the command line calls them."""

import io
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select

from bot.assemble.memory import open_memory
from bot.cli import main
from bot.commands.ingestion import ingest
from bot.storage.tables import audit
from config.settings import Settings
from tests.knowledge.dirty_folder import PAGE


def test_documents_taken_in_are_noted_once_and_found_with_where_they_stand(
    settings_of: Callable[..., Settings], tmp_path: Path
):
    settings = settings_of()
    page = tmp_path / "网页.txt"
    page.write_text(PAGE, encoding="utf-8")
    for _ in range(2):
        assert ingest(settings, [str(page)], team=None, shared=False, json_form=False, out=io.StringIO())

    memory = open_memory(settings)
    noted = memory.database.run_now(lambda c: c.execute(select(audit.c.action, audit.c.subject)).all())
    [passage] = memory.database.run_now(lambda c: c.exec_driver_sql("SELECT id FROM passage WHERE text LIKE '%停线%'"))
    memory.database.close()
    assert [(action, "网页.txt" in subject) for action, subject in noted] == [("kb.ingest", True)]

    shown = CliRunner().invoke(main, ["--data-dir", str(settings.data_dir), "kb", "search", "停线", "损失"])
    assert shown.exit_code == 0
    assert passage.id in shown.stdout
    assert "document 网页.txt" in shown.stdout


def test_a_search_for_nothing_is_one_sentence(settings_of: Callable[..., Settings]):
    shown = CliRunner().invoke(main, ["--data-dir", str(settings_of().data_dir), "kb", "search"])
    assert shown.exit_code == 1
    assert "kb search WORDS" in shown.stderr
