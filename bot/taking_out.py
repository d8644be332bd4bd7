"""What an administrator takes out for a rep who asks for what is his, or who has left; each time is noted."""

from pathlib import Path

from bot.assemble import TEAM_NAME, open_memory
from bot.domain.writes import Audit
from bot.errors import CannotStart
from bot.presenting.own_data import own_data_file
from config.settings import Settings


async def export(settings: Settings, rep: str, file: Path, team: str | None) -> str:
    """Write what is a rep's own into a file that only this user may read, and note it in the audit.

    `rep` is an id, or a name that one member alone has. Raises CannotStart for anybody else.
    """
    memory = open_memory(settings)
    store = memory.store()
    admin = await store.administrator(TEAM_NAME, team=team)
    members = await store.repository(admin).members()
    found = [one for one in members if one.id == rep] or [one for one in members if one.name == rep]
    if len(found) != 1:
        listed = ", ".join(f"{one.id} ({one.name})" for one in members) or "nobody yet"
        raise CannotStart(f"{rep!r} is no single member of this team; its members: {listed}.")
    own = await store.repository(found[0].viewer).everything_own()
    await store.write(admin, (Audit("export", found[0].id),))
    try:
        file.touch(mode=0o600)
        file.write_bytes(own_data_file(own, memory.clock.now()).content)
    except OSError as error:
        raise CannotStart(f"{file} cannot be written: {error.strerror}.") from error
    return str(file)
