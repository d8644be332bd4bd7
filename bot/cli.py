"""The command `ridealong`: parse, call, print, exit. stdout carries results only."""

import asyncio
import functools
import sys
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bot.errors import RidealongError
from config.errors import SettingsError
from config.settings import Settings, read_settings

FAILED = 1
WRONG_SETTINGS = 2

_ADD_TELEGRAM = """\
No Telegram token is set, so this is the terminal chat: one line is one message, a number presses a button,
Ctrl-D ends it. To add Telegram, ask @BotFather for a token, then:
    export RIDEALONG_TELEGRAM__TOKEN=…   and start again; README.md shows the five steps."""

data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path, file_okay=False), help="Where everything is kept."
)
team_option = click.option("--team", help="Id or name of the team; the first one without it.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@data_dir_option
@click.pass_context
def main(context: click.Context, data_dir: Path | None) -> None:
    """陪访 Ridealong: a sales coach in the rep's chat."""
    context.obj = data_dir


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command that gets the settings; wrong ones are all told at once, what fails is one sentence."""

    def wrap(work: Callable[..., None]) -> click.Command:
        @main.command(name)
        @data_dir_option
        @functools.wraps(work)
        def call(data_dir: Path | None, **options: Any) -> None:  # noqa: ANN401
            settings = _settings(data_dir or click.get_current_context().obj)
            try:
                work(settings, **options)
            except RidealongError as error:
                click.echo(str(error), err=True)
                sys.exit(FAILED)

        return call

    return wrap


def _settings(data_dir: Path | None) -> Settings:
    from bot.logs import log_to_stderr

    try:
        settings = read_settings(data_dir=data_dir)
    except SettingsError as error:
        click.echo("\n".join(error.mistakes), err=True)
        sys.exit(WRONG_SETTINGS)
    log_to_stderr(settings.log.level)
    return settings


def _until_done(work: Coroutine[Any, Any, None]) -> None:
    import uvloop

    try:
        uvloop.run(work)
    except KeyboardInterrupt:
        click.echo(err=True)


@command("run")
def run(settings: Settings) -> None:
    """Serve Telegram; without a token, open the terminal chat."""
    from bot import running

    if settings.telegram.token is not None:
        _until_done(running.run(settings))
        return
    click.echo(_ADD_TELEGRAM, err=True)
    _until_done(running.chat(settings, sys.stdin))


@command("chat")
def chat(settings: Settings) -> None:
    """Talk in the terminal, or through a pipe: one line is one message."""
    from bot import running

    _until_done(running.chat(settings, sys.stdin))


@command("invite")
@click.argument("role", type=click.Choice(["rep", "manager", "admin"]))
@click.option("--days", type=click.IntRange(1, 365), default=7, show_default=True, help="How long it can be used.")
@team_option
def invite(settings: Settings, role: str, days: int, team: str | None) -> None:
    """Print a link and a code that let one person join."""
    from bot.administration import invite as make_invitation

    for line in asyncio.run(make_invitation(settings, role, timedelta(days=days), team)):
        click.echo(line)


@command("migrate")
def migrate(settings: Settings) -> None:
    """Bring the database to this program's version."""
    from bot.administration import migrate as bring_up_to_date

    click.echo(bring_up_to_date(settings))


@command("check")
def check(settings: Settings) -> None:
    """Say of every part whether it works, and what to do where it does not."""
    from bot.check import report

    lines = asyncio.run(report(settings))
    for line in lines:
        click.echo(str(line))
    if not all(line.is_fine for line in lines):
        sys.exit(FAILED)


@command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(settings: Settings, file: Path) -> None:
    """Write everything into FILE, also while the bot serves."""
    from bot.administration import backup as write

    click.echo(asyncio.run(write(settings, file.absolute())))


@command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(settings: Settings, file: Path) -> None:
    """Fill an empty data folder (or database) from a backup."""
    from bot.administration import restore as read

    click.echo(read(settings, file))


if __name__ == "__main__":
    main()
