"""Serve, talk in the terminal, and say whether all parts work."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

import click

from bot.cli.command import command, exit_by
from config.settings import Settings

_ADD_TELEGRAM = """\
No Telegram token is set, so this is the terminal chat: one line is one message, a number presses a button,
Ctrl-D ends it. To add Telegram, ask @BotFather for a token, then:
    export RIDEALONG_TELEGRAM__TOKEN=…   and start again; README.md shows the five steps."""


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


@command("check")
def check(settings: Settings) -> None:
    """Say of every part whether it works, and what to do where it does not."""
    from bot.commands.check import report

    lines = asyncio.run(report(settings))
    for line in lines:
        click.echo(str(line))
    exit_by(all(line.is_fine for line in lines))


def _until_done(work: Coroutine[Any, Any, None]) -> None:
    import uvloop

    try:
        uvloop.run(work)
    except KeyboardInterrupt:
        click.echo(err=True)
