"""Take documents in, look after them, and read a passage of one."""

import asyncio
import sys

import click

from bot.cli.command import command, exit_by, team_option
from bot.errors import CannotStart
from config.settings import Settings

_KB_ACTIONS = (
    "list", "search", "show", "read", "gaps", "withdraw", "restore", "share", "unshare", "keep", "throw-out", "take-in",
    "done", "dismiss",
)  # fmt: skip


@command("ingest")
@click.argument("places", nargs=-1, required=True, metavar="PATH...")
@click.option("--shared", is_flag=True, help="For every team, not only this one.")
@click.option("--json", "json_form", is_flag=True, help="Print the report as one JSON object.")
@team_option
def ingest(settings: Settings, places: tuple[str, ...], shared: bool, json_form: bool, team: str | None) -> None:
    """Take documents into the library: cleaned, split, each article once."""
    from bot.commands.ingestion import ingest as take_in

    exit_by(take_in(settings, places, team=team, shared=shared, json_form=json_form, out=sys.stdout))


@command("kb")
@click.argument("action", type=click.Choice(_KB_ACTIONS))
@click.argument("subject", nargs=-1, metavar="[ID|WORDS]")
@team_option
def kb(settings: Settings, action: str, subject: tuple[str, ...], team: str | None) -> None:
    """Look after documents: search, show, withdraw, restore, share, overrule what was left out, open questions."""
    from bot.commands.documents import do

    if action == "search":
        from bot.commands.answering import search_for_a_person

        if not subject:
            raise CannotStart("Say what to look for: ridealong kb search WORDS")
        search_for_a_person(settings, " ".join(subject), k=5, scope="documents", team=team, explain=False)
        return
    for line in asyncio.run(do(settings, action, " ".join(subject), team)):
        click.echo(line)


@command("source")
@click.argument("passage")
@team_option
def source(settings: Settings, passage: str, team: str | None) -> None:
    """Print a passage with its neighbours."""
    from bot.commands import answering

    click.echo(answering.source(settings, passage, team=team))
