"""The command `ridealong`: what it prints where, and how it ends; as a process where that makes a difference."""

import asyncio
import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import running
from bot.cli import main
from bot.commands import backups, invitations
from config.settings import PREFIX, Settings
from tests.support.served import Surroundings, at_work, telegram_variables
from tests.support.telegram_server import TelegramServer

WRONG = {"TELEGRAM__MODE": "push", "LOG__LEVEL": "LOUD", "ACCESS__OPN": "true"}
NO_TOKEN_OF_OURS = "4200000001:WRONGwrongWRONGwrongWRONGwrong"
ANNA = 1001
Command = Callable[..., Result]


@pytest.fixture
def ridealong(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """The command in this process, on the test's data folder."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(data_dir))
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def run(*arguments: str, said: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=said)

    yield run
    root.handlers[:] = before
    root.setLevel(level)


def is_one_sentence(stderr: str) -> bool:
    return len(stderr.strip().splitlines()) == 1 and stderr.strip().endswith(".") and "Traceback" not in stderr


def are_logs(stderr: str) -> bool:
    """True when every line is one JSON object: no traceback, no print."""
    return all(isinstance(json.loads(line), dict) for line in stderr.splitlines())


def test_chat_through_a_pipe_prints_exactly_the_answers_and_remembers(surroundings: Surroundings) -> None:
    done = surroundings.run("chat", said="/settings\n\n2\nEurope/Berlin\n/nonsense\n停")
    assert done.returncode == 0
    assert "我是陪访" in done.stdout
    assert "[1] 换语言  [2] 换时区  [3] 谁能看到什么" in done.stdout
    assert done.stdout.count("改好了。") == 1
    assert done.stdout.endswith(
        "没有 /nonsense 这个命令。不用记命令，直接说就行；想看我会什么，发 /help。\n\n"
        "现在没有在进行的事。直接说你要什么就行。\n\n"
    )
    assert are_logs(done.stderr)
    again = surroundings.run("chat", said="/settings\n")
    assert "我是陪访" not in again.stdout
    assert "Europe/Berlin" in again.stdout


def test_run_without_a_token_is_the_terminal_and_says_how_to_add_telegram(ridealong: Command) -> None:
    done = ridealong("run", said="/help\n")
    assert done.exit_code == 0
    assert "我会这些" in done.stdout
    assert "RIDEALONG_TELEGRAM__TOKEN" in done.stderr
    assert "RIDEALONG" not in done.stdout


@pytest.mark.parametrize("command", [["run"], ["chat"], ["check"], ["invite", "rep"], ["migrate"]], ids=" ".join)
def test_wrong_settings_are_all_told_and_end_with_2(
    ridealong: Command, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for name, value in WRONG.items():
        monkeypatch.setenv(PREFIX + name, value)
    done = ridealong(*command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert {line.partition(":")[0] for line in done.stderr.splitlines()} == {PREFIX + name for name in WRONG}


async def test_a_wrong_token_is_one_sentence_and_ends_with_1(
    telegram: TelegramServer, surroundings: Surroundings
) -> None:
    wrong = replace(surroundings, variables=telegram_variables(telegram, TELEGRAM__TOKEN=NO_TOKEN_OF_OURS))
    done = await asyncio.to_thread(wrong.run, "run")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == (
        "Telegram does not know this token; check RIDEALONG_TELEGRAM__TOKEN with @BotFather."
    )
    assert are_logs("\n".join(done.stderr.splitlines()[:-1]))
    assert NO_TOKEN_OF_OURS not in done.stderr


async def test_a_served_program_lets_in_turns_a_second_away_backs_up_and_is_restored(
    telegram: TelegramServer, surroundings: Surroundings, settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    here = replace(surroundings, variables=telegram_variables(telegram))
    settings = settings_of(**here.variables)
    program = await here.start("run")
    try:
        await telegram.say(ANNA, "在吗")
        assert "凭邀请才能用" in (await telegram.reply(ANNA, timeout=30)).text
        link, _ = await invitations.invite(settings, "manager", timedelta(days=1), None)
        await telegram.open_link(ANNA, link)
        assert "我是陪访" in (await telegram.reply(ANNA)).text
        second = await asyncio.to_thread(here.run, "run")
        assert (second.returncode, second.stdout) == (1, "")
        assert is_one_sentence(second.stderr)
        assert "Another ridealong works in" in second.stderr
        await backups.backup(settings, tmp_path / "b.zip")
    finally:
        program.terminate()
        _, errors = await program.communicate()
    assert program.returncode == 0
    assert are_logs(errors.decode())
    there = settings.model_copy(update={"data_dir": tmp_path / "restored"})
    assert "rows restored" in await asyncio.to_thread(backups.restore, there, tmp_path / "b.zip")
    async with at_work(running.run(there)):
        assert "我会这些" in (await telegram.ask(ANNA, "/help")).text
        await telegram.silence(ANNA, 0.1)


def test_restore_refuses_a_folder_in_use_and_a_file_that_is_no_backup(ridealong: Command, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    assert ridealong("chat", said="/help\n").exit_code == 0
    assert ridealong("backup", str(file)).stdout == f"{file}\n"
    refused = ridealong("restore", str(file))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert is_one_sentence(refused.stderr)
    assert "is not empty" in refused.stderr
    file.write_text("no zip")
    wrong = ridealong("restore", "--data-dir", str(tmp_path / "new"), str(file))
    assert wrong.exit_code == 1
    assert "is no backup of this program" in wrong.stderr


def test_a_folder_without_a_program_has_a_backup_too(ridealong: Command, tmp_path: Path) -> None:
    assert ridealong("backup", str(tmp_path / "b.zip")).exit_code == 0
    assert "rows restored" in ridealong("restore", "--data-dir", str(tmp_path / "new"), str(tmp_path / "b.zip")).stdout


def test_the_folder_may_be_named_before_and_after_the_command(
    ridealong: Command, data_dir: Path, tmp_path: Path
) -> None:
    for place in (["--data-dir", str(tmp_path / "a"), "migrate"], ["migrate", "--data-dir", str(tmp_path / "b")]):
        done = ridealong(*place)
        assert (done.exit_code, done.stdout) == (0, "The database is now up to date.\n")
    assert (tmp_path / "a" / "ridealong.db").exists()
    assert (tmp_path / "b" / "ridealong.db").exists()
    assert not data_dir.exists()
    assert ridealong("migrate", "--data-dir", str(tmp_path / "b")).stdout == "The database was up to date already.\n"


def test_check_says_one_line_for_every_part(ridealong: Command) -> None:
    done = ridealong("check")
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert [line for line in lines if not re.fullmatch(r"(ok  |FAIL) [a-z ]+: .+", line)] == []
    parts = {line[5:].partition(":")[0] for line in lines}
    assert {
        "settings",
        "database",
        "messages",
        "telegram",
        "index",
        "model",
        "speech",
        "sound",
        "photos",
        "recordings",
    } <= parts


def test_check_tells_a_telegram_that_cannot_be_reached(ridealong: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM__TOKEN", NO_TOKEN_OF_OURS)
    monkeypatch.setenv(f"{PREFIX}TELEGRAM__BASE_URL", "http://127.0.0.1:9")
    done = ridealong("check")
    assert done.exit_code == 1
    assert [line[5:].partition(":")[0] for line in done.stdout.splitlines() if line.startswith("FAIL")] == ["telegram"]
    assert "data leaves to: 127.0.0.1:9" in done.stdout


def test_invite_prints_a_code_alone_without_a_bot(ridealong: Command) -> None:
    first, second = (ridealong("invite", "rep", "--days", "3") for _ in range(2))
    assert re.fullmatch(r"[\w-]{22}\n", first.stdout)
    assert first.stdout != second.stdout
    stranger = ridealong("invite", "rep", "--team", "nobody")
    assert (stranger.exit_code, stranger.stderr) == (1, "There is no team 'nobody'.\n")
    assert ridealong("invite", "boss").exit_code == 2


@pytest.mark.parametrize("command", [["chat"], ["migrate"], ["invite", "rep"], ["backup", "b.zip"]], ids=" ".join)
def test_a_folder_that_cannot_be_made_is_one_sentence(ridealong: Command, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").write_text("")
    done = ridealong("--data-dir", str(tmp_path / "file" / "data"), *command, said="/help\n")
    assert (done.exit_code, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_is_one_sentence(ridealong: Command, data_dir: Path) -> None:
    data_dir.mkdir(mode=0o500)
    done = ridealong("chat", said="/help\n")
    assert done.exit_code == 1
    assert is_one_sentence(done.stderr)


@pytest.mark.parametrize("command", [["chat"], ["migrate"], ["invite", "rep"]], ids=" ".join)
def test_a_file_that_is_no_database_is_one_sentence(ridealong: Command, data_dir: Path, command: list[str]) -> None:
    data_dir.mkdir()
    (data_dir / "ridealong.db").write_text("this is no database, " * 100)
    done = ridealong(*command, said="/help\n")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "file is not a database" in done.stderr
    assert "Traceback" not in done.stderr
    assert "FAIL database" in ridealong("check").stdout


def test_check_names_the_address_that_visits_are_told_to(ridealong: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIDEALONG_WEBHOOK__URL", "https://crm.example.com/hook?key=SECRET")
    monkeypatch.setenv("RIDEALONG_WEBHOOK__SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    checked = ridealong("check").stdout
    assert "ok   webhook: saved visits go to crm.example.com; 0 events wait" in checked
    assert "data leaves to: crm.example.com" in checked
    assert "SECRET" not in checked
