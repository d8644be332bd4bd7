"""The command `ridealong`: parse, call, print, exit. stdout carries results only."""

import asyncio
import functools
import json
import sys
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from bot.errors import CannotStart, RidealongError
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


@command("export")
@click.option("--rep", metavar="ID", help="What is this rep's own; an id, or the name where only one has it.")
@click.option("--accounts", is_flag=True, help="The team's accounts, into FILE.xlsx or (as CSV) FILE.zip.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Of the headings.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@team_option
def export(settings: Settings, rep: str | None, accounts: bool, language: str, file: Path, team: str | None) -> None:
    """Write what is a rep's own, or the team's accounts, into FILE. It is noted in the audit."""
    from bot import taking_out

    if bool(rep) == accounts:
        raise CannotStart("Say --rep ID for what is a rep's own, or --accounts for the team's accounts.")
    if rep:
        click.echo(asyncio.run(taking_out.export(settings, rep, file.absolute(), team)))
    else:
        click.echo(asyncio.run(taking_out.export_accounts(settings, file.absolute(), language, team)))


@command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Add without asking.")
@click.option("--owner", metavar="ID", help="Who looks after accounts whose owner the list does not name.")
@team_option
def import_list(settings: Settings, file: Path, yes: bool, owner: str | None, team: str | None) -> None:
    """Add the accounts and contacts of an Excel or CSV list, after a report of what would be added."""
    from bot.taking_over import import_list as take_over

    def agreed() -> bool:
        return yes or click.confirm("Add these?", default=False, err=True)

    for line in asyncio.run(take_over(settings, file, agreed, owner=owner, team=team)):
        click.echo(line)


@command("ingest")
@click.argument("places", nargs=-1, required=True, metavar="PATH...")
@click.option("--shared", is_flag=True, help="For every team, not only this one.")
@click.option("--json", "json_form", is_flag=True, help="Print the report as one JSON object.")
@team_option
def ingest(settings: Settings, places: tuple[str, ...], shared: bool, json_form: bool, team: str | None) -> None:
    """Take documents into the library: cleaned, split, each article once."""
    from bot import desk_work

    if not desk_work.ingest(settings, places, team=team, shared=shared, json_form=json_form, out=sys.stdout):
        sys.exit(FAILED)


_KB_ACTIONS = (
    "list", "show", "read", "gaps", "withdraw", "restore", "share", "unshare", "keep", "throw-out", "take-in", "done",
    "dismiss",
)  # fmt: skip


@command("kb")
@click.argument("action", type=click.Choice(_KB_ACTIONS))
@click.argument("subject", required=False, default="", metavar="[ID]")
@team_option
def kb(settings: Settings, action: str, subject: str, team: str | None) -> None:
    """Look after documents: show, withdraw, restore, share, overrule what was left out, open questions."""
    from bot.shelf_work import do

    for line in asyncio.run(do(settings, action, subject, team)):
        click.echo(line)


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
    from bot import desk_work

    if batch is None:
        desk_work.search_for_a_person(settings, " ".join(words), k=k, scope=scope, team=team, explain=explain)
        return
    _exit_by(desk_work.search(settings, _questions(batch, words, "query"), k=k, scope=scope, team=team))


@command("ask")
@click.argument("words", nargs=-1)
@batch_option
@team_option
def ask(settings: Settings, words: tuple[str, ...], batch: str | None, team: str | None) -> None:
    """Answer a question from the library."""
    from bot import desk_work

    if batch is None:
        desk_work.ask_for_a_person(settings, " ".join(words), team=team)
        return
    _exit_by(desk_work.ask(settings, _questions(batch, words, "question"), team=team))


@command("source")
@click.argument("passage")
@team_option
def source(settings: Settings, passage: str, team: str | None) -> None:
    """Print a passage with its neighbours."""
    from bot import desk_work

    click.echo(desk_work.source(settings, passage, team=team))


@command("debrief")
@click.argument("words", nargs=-1)
@batch_option
def debrief(settings: Settings, words: tuple[str, ...], batch: str | None) -> None:
    """Turn what was said after a visit into notes; nothing is saved."""
    from bot import desk_work

    _exit_by(desk_work.debrief(settings, _questions(batch, words, "text")))


@command("score")
@batch_option
def score(settings: Settings, batch: str | None) -> None:
    """Score practice talks, one JSON object a line."""
    from bot import desk_work

    _exit_by(desk_work.score(settings, _questions(batch or "-", (), "turns")))


@command("eval")
@click.argument("what", type=click.Choice(["search", "debrief", "practice", "coach", "route"]))
@click.option("--cases", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=True)
@click.option("--documents", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--misses", is_flag=True, help="Print what routing missed; never for held-out cases.")
@click.option("--limit", type=click.IntRange(min=1), help="Measure so many debriefs only, where a model is slow.")
def evaluate(
    settings: Settings, what: str, cases: Path, documents: Path | None, misses: bool, limit: int | None
) -> None:
    """Measure against judged cases and print the figures."""
    from bot import measuring

    for line in measuring.figures(settings, what, cases, documents, with_misses=misses, limit=limit):
        click.echo(line)


def _exit_by(fine: bool) -> None:
    if not fine:
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
