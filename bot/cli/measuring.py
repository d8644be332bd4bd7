"""Measure against judged cases."""

from pathlib import Path

import click

from bot.cli.command import command
from config.settings import Settings


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
    from bot.commands import measuring

    for line in measuring.figures(settings, what, cases, documents, with_misses=misses, limit=limit):
        click.echo(line)
