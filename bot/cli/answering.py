"""Search, answer, debrief and score, for the words of the command line or a batch of lines."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.command import command, exit_by, team_option
from bot.errors import CannotStart
from config.settings import Settings

batch_option = click.option("--batch", metavar="FILE", help="One JSON object a line; - is stdin.")
scope_option = click.option("--scope", type=click.Choice(["all", "library", "documents"]), default="all")


@command("search")
@click.argument("words", nargs=-1)
@batch_option
@click.option("-k", "k", type=click.IntRange(1, 100), default=10, show_default=True, help="How many results.")
@click.option("--explain", is_flag=True, help="Say of each result how it came about.")
@scope_option
@team_option
def search(
    settings: Settings,
    words: tuple[str, ...],
    batch: str | None,
    k: int,
    explain: bool,
    scope: str,
    team: str | None,
) -> None:
    """Find passages for a question."""
    from bot.commands import answering

    if batch is None:
        answering.search_for_a_person(settings, " ".join(words), k=k, scope=scope, team=team, explain=explain)
        return
    exit_by(answering.search(settings, _questions(batch, words, "query"), k=k, scope=scope, team=team))


@command("ask")
@click.argument("words", nargs=-1)
@batch_option
@team_option
def ask(settings: Settings, words: tuple[str, ...], batch: str | None, team: str | None) -> None:
    """Answer a question from the library."""
    from bot.commands import answering

    if batch is None:
        answering.ask_for_a_person(settings, " ".join(words), team=team)
        return
    exit_by(answering.ask(settings, _questions(batch, words, "question"), team=team))


@command("debrief")
@click.argument("words", nargs=-1)
@batch_option
def debrief(settings: Settings, words: tuple[str, ...], batch: str | None) -> None:
    """Turn what was said after a visit into notes; nothing is saved."""
    from bot.commands import answering

    exit_by(answering.debrief(settings, _questions(batch, words, "text")))


@command("score")
@batch_option
def score(settings: Settings, batch: str | None) -> None:
    """Score practice talks, one JSON object a line."""
    from bot.commands import answering

    exit_by(answering.score(settings, _questions(batch or "-", (), "turns")))


def _questions(batch: str | None, words: tuple[str, ...], key: str) -> Iterable[str]:
    """The lines of a batch file, or the words of the command line as a batch of one."""
    if batch is None:
        text = " ".join(words) if words else sys.stdin.read()
        return [json.dumps({"id": "1", key: text, "reference_date": datetime.now(UTC).date().isoformat()})]
    if batch == "-":
        return sys.stdin
    try:
        return Path(batch).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise CannotStart(f"{batch} cannot be read: {why}.") from error
