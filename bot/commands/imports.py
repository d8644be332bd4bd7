"""`ridealong import FILE`: accounts and contacts of a list into the team, after a report."""

from collections.abc import Callable
from pathlib import Path

import click

from bot.assemble.memory import open_memory
from bot.commands.members import member_named
from bot.domain.writes import ImportAccounts
from bot.errors import CannotStart, WordsForRep
from bot.importing.plan import Plan, audit_of, known_to, plan_of
from bot.importing.report import report_of
from bot.importing.sheet import rows_of, unread_in
from bot.ports import Repository
from bot.wording.phrasebook import Phrasebook
from config.settings import Settings

_WORDS = Phrasebook("en")
"""The command line speaks English."""


async def import_list(
    settings: Settings, file: Path, agreed: Callable[[], bool], *, owner: str | None, team: str | None
) -> list[str]:
    """Show the report on stderr, ask, and add; returns what was done. Raises CannotStart for what cannot be read."""
    memory = open_memory(settings)
    store = memory.store()
    admin = await memory.administrator(team)
    repository = store.repository(admin)
    # without a name nobody's, so that managers see the accounts and hand them out
    looks_after = member_named(await repository.members(), owner).id if owner else ""
    plan = await _plan(file, repository, looks_after)
    click.echo(report_of(plan, _WORDS, name=file.name).text, err=True)
    if plan.is_empty or not agreed():
        return [_WORDS.plain("import.dropped")]
    write = ImportAccounts(memory.ids.new(), file.name, admin, plan.imported())
    await store.write(admin, (write, audit_of(plan)))
    return [_WORDS.plain("import.done", accounts=len(plan.new_accounts), people=plan.new_people)]


async def _plan(file: Path, repository: Repository, owner: str) -> Plan:
    try:
        content = file.read_bytes()
        rows = rows_of(file.name, content)
        return plan_of(rows, await known_to(repository, owner), unread_in(file.name, content))
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from error
    except WordsForRep as sentence:
        slots = {name: str(value) for name, value in sentence.slots.items()}
        raise CannotStart(_WORDS.plain(sentence.key, **slots)) from sentence
