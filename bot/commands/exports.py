"""What an administrator takes out: what is one rep's own, or the team's accounts; each time is noted."""

from dataclasses import replace
from pathlib import Path

from bot.assemble.memory import open_memory
from bot.commands.members import member_named
from bot.domain.rep import Role
from bot.domain.writes import Audit
from bot.errors import CannotStart
from bot.presenting.account_file import FORMATS, account_file
from bot.presenting.own_data import own_data_file
from bot.wording.phrasebook import Phrasebook
from config.settings import Settings


async def export(settings: Settings, rep: str, file: Path, team: str | None) -> str:
    """Write what is a rep's own into a file that only this user may read, and note it in the audit.

    `rep` is an id, or a name that one member alone has. Raises CannotStart for anybody else.
    """
    memory = open_memory(settings)
    store = memory.store()
    admin = await memory.administrator(team)
    member = member_named(await store.repository(admin).members(), rep)
    own = await store.repository(member.viewer).everything_own()
    await store.write(admin, (Audit("export", member.id),))
    return _written(file, own_data_file(own, memory.clock.now()).content)


async def export_accounts(settings: Settings, file: Path, language: str, team: str | None) -> str:
    """Write the team's accounts into a file that only this user may read, and note it in the audit.

    The file's name says the form: .xlsx, or .zip for CSV files. Raises CannotStart for any other.
    """
    form = {".xlsx": FORMATS[0], ".zip": FORMATS[1]}.get(file.suffix.lower())
    if form is None:
        raise CannotStart(f"{file.name}: end the name in .xlsx for Excel, or in .zip for CSV files.")
    memory = open_memory(settings)
    store = memory.store()
    admin = await memory.administrator(team)
    repository = store.repository(replace(admin, role=Role.MANAGER))
    words, zone = Phrasebook(language), settings.defaults.time_zone
    made = await account_file(repository, form, words, memory.clock.now(), zone=zone)
    await store.write(admin, (Audit("export_accounts", f"{form}, command line"),))
    return _written(file, made.content)


def _written(file: Path, content: bytes) -> str:
    try:
        file.touch(mode=0o600)
        file.write_bytes(content)
    except OSError as error:
        raise CannotStart(f"{file} cannot be written: {error.strerror}.") from error
    return str(file)
