"""What every command does alike: reads the settings, says in one sentence what fails, and exits by it."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.errors import RidealongError
from config.errors import SettingsError
from config.settings import Settings, read_settings

FAILED = 1
WRONG_SETTINGS = 2

data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path, file_okay=False), help="Where everything is kept."
)
team_option = click.option("--team", help="Id or name of the team; the first one without it.")


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command that gets the settings; wrong ones are all told at once, what fails is one sentence."""

    def wrap(work: Callable[..., None]) -> click.Command:
        @click.command(name)
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


def exit_by(fine: bool) -> None:
    """Exit code 1 where something failed that was told already."""
    if not fine:
        sys.exit(FAILED)
