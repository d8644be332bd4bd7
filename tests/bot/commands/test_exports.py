"""`ridealong export --rep ID FILE`: the rep's own into a file, and a line in the audit."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.assemble.memory import Memory, open_memory
from bot.commands.exports import export
from bot.domain.rep import Rep
from bot.domain.visit import VisitNote
from bot.errors import CannotStart
from bot.storage.tables import audit
from config.settings import Settings
from tests.support.served import Surroundings
from tests.support.stored import member
from tests.support.turns import colleague, visited


@pytest.fixture
def settings(settings_of: Callable[..., Settings]) -> Settings:
    return settings_of()


@pytest.fixture
def memory(settings: Settings) -> Memory:
    return open_memory(settings)


async def lived_in(memory: Memory) -> Rep:
    store = memory.store()
    me = await member(store)
    await visited(store, me, VisitNote(account="远山阀门", pains=("停机",)), words="刚从远山出来")
    return me


async def test_the_command_writes_the_file_and_prints_where(
    memory: Memory, surroundings: Surroundings, tmp_path: Path
) -> None:
    me = await lived_in(memory)
    file = tmp_path / "own.json"
    done = surroundings.run("export", "--rep", me.id, str(file))
    assert (done.returncode, done.stdout.strip()) == (0, str(file))
    own = json.loads(file.read_text(encoding="utf-8"))
    assert [one["words"] for one in own["raw_words"]] == ["刚从远山出来"]
    assert file.stat().st_mode & 0o077 == 0


async def test_it_is_noted_in_the_audit(memory: Memory, settings: Settings, tmp_path: Path) -> None:
    me = await lived_in(memory)
    await export(settings, "小林", tmp_path / "own.json", None)
    [noted] = await memory.database.run(lambda c: c.execute(select(audit)).all())
    assert (noted.action, noted.subject, noted.team_id, noted.rep_id) == ("export", me.id, me.team, "command-line")


@pytest.mark.parametrize("named", ["nobody", "小林"])
async def test_who_is_nobody_or_two_is_refused(memory: Memory, settings: Settings, tmp_path: Path, named: str) -> None:
    await lived_in(memory)
    await colleague(memory.store(), "8", "小林")
    with pytest.raises(CannotStart, match="its members"):
        await export(settings, named, tmp_path / "own.json", None)
    assert not (tmp_path / "own.json").exists()


async def test_the_teams_accounts_come_out_as_a_workbook(
    memory: Memory, surroundings: Surroundings, tmp_path: Path
) -> None:
    await lived_in(memory)
    file = tmp_path / "accounts.xlsx"
    done = surroundings.run("export", "--accounts", "--language", "en", str(file))
    assert (done.returncode, done.stdout.strip()) == (0, str(file))
    assert load_workbook(file)["Accounts"]["A2"].value == "远山阀门"
    assert file.stat().st_mode & 0o077 == 0
    [noted] = await memory.database.run(lambda c: c.execute(select(audit)).all())
    assert (noted.action, noted.rep_id) == ("export_accounts", "command-line")


@pytest.mark.parametrize(
    "arguments", [("file.xlsx",), ("--accounts", "--rep", "x", "file.xlsx"), ("--accounts", "a.txt")]
)
def test_what_is_to_come_out_must_be_said(surroundings: Surroundings, arguments: tuple[str, ...]) -> None:
    done = surroundings.run("export", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip()
