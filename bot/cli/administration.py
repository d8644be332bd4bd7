"""Let people in, look after the database, and take what is in it out and in."""

import asyncio
from datetime import timedelta
from pathlib import Path

import click

from bot.cli.command import command, team_option
from bot.errors import CannotStart
from config.settings import Settings


@command("invite")
@click.argument("role", type=click.Choice(["rep", "manager", "admin"]))
@click.option("--days", type=click.IntRange(1, 365), default=7, show_default=True, help="How long it can be used.")
@team_option
def invite(settings: Settings, role: str, days: int, team: str | None) -> None:
    """Print a link and a code that let one person join."""
    from bot.commands.invitations import invite as make_invitation

    for line in asyncio.run(make_invitation(settings, role, timedelta(days=days), team)):
        click.echo(line)


@command("migrate")
def migrate(settings: Settings) -> None:
    """Bring the database to this program's version."""
    from bot.commands.backups import migrate as bring_up_to_date

    click.echo(bring_up_to_date(settings))


@command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(settings: Settings, file: Path) -> None:
    """Write everything into FILE, also while the bot serves."""
    from bot.commands.backups import backup as write

    click.echo(asyncio.run(write(settings, file.absolute())))


@command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(settings: Settings, file: Path) -> None:
    """Fill an empty data folder (or database) from a backup."""
    from bot.commands.backups import restore as read

    click.echo(read(settings, file))


@command("export")
@click.option("--rep", metavar="ID", help="What is this rep's own; an id, or the name where only one has it.")
@click.option("--accounts", is_flag=True, help="The team's accounts, into FILE.xlsx or (as CSV) FILE.zip.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Of the headings.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@team_option
def export(settings: Settings, rep: str | None, accounts: bool, language: str, file: Path, team: str | None) -> None:
    """Write what is a rep's own, or the team's accounts, into FILE. It is noted in the audit."""
    from bot.commands import exports

    if bool(rep) == accounts:
        raise CannotStart("Say --rep ID for what is a rep's own, or --accounts for the team's accounts.")
    if rep:
        click.echo(asyncio.run(exports.export(settings, rep, file.absolute(), team)))
    else:
        click.echo(asyncio.run(exports.export_accounts(settings, file.absolute(), language, team)))


@command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Add without asking.")
@click.option("--owner", metavar="ID", help="Who looks after accounts whose owner the list does not name.")
@team_option
def import_list(settings: Settings, file: Path, yes: bool, owner: str | None, team: str | None) -> None:
    """Add the accounts and contacts of an Excel or CSV list, after a report of what would be added."""
    from bot.commands.imports import import_list as take_over

    def agreed() -> bool:
        return yes or click.confirm("Add these?", default=False, err=True)

    for line in asyncio.run(take_over(settings, file, agreed, owner=owner, team=team)):
        click.echo(line)
