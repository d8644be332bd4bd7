"""The command `ridealong`: parse, call, print, exit. stdout carries results only."""

from pathlib import Path

import click

from bot.cli.administration import backup, export, import_list, invite, migrate, restore
from bot.cli.answering import ask, debrief, score, search
from bot.cli.command import data_dir_option
from bot.cli.documents import ingest, kb, source
from bot.cli.measuring import evaluate
from bot.cli.serving import chat, check, run

COMMANDS = (
    run, chat, invite, check, migrate, backup, restore, export, import_list,
    ingest, kb, search, ask, source, debrief, score, evaluate,
)  # fmt: skip


@click.group(commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@data_dir_option
@click.pass_context
def main(context: click.Context, data_dir: Path | None) -> None:
    """陪访 Ridealong: a sales coach in the rep's chat."""
    context.obj = data_dir
