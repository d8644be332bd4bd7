"""The database as a whole: brought up to date, written into a file, filled from one."""

import asyncio
from pathlib import Path
from zipfile import BadZipFile

from filelock import FileLock, Timeout

from bot.assemble.memory import LOCK, open_database, open_memory, own
from bot.channels.telegram_messages import CHANNEL as TELEGRAM
from bot.channels.terminal_chat import CHANNEL as TERMINAL
from bot.domain.writes import Schedule
from bot.errors import CannotStart
from bot.jobs.make_backup import NAME as BACKUP
from bot.jobs.make_backup import MakeBackup
from bot.storage.backup import read_backup
from bot.storage.database import Database
from bot.storage.migrate import migrate as bring_up_to_date
from bot.storage.pausing import receiving_paused
from config.settings import Settings

HAND_OVER_SECONDS = 60.0
CHANNELS = (TELEGRAM, TERMINAL)


def migrate(settings: Settings) -> str:
    """Bring the database, and the queue of a scaled-out bot, up to date and say what happened."""
    _, changed = _prepared(settings)
    return "The database is now up to date." if changed else "The database was up to date already."


def _prepared(settings: Settings) -> tuple[Database, bool]:
    """The database with all tables of this program, and whether anything was missing."""
    database = open_database(settings)
    changed = database.run_now(bring_up_to_date)
    if settings.profile == "scale":
        from bot.jobs.procrastinate_jobs import prepare_queue

        changed |= asyncio.run(prepare_queue(database.conninfo))
    return database, changed


async def backup(settings: Settings, file: Path) -> str:
    """Write a backup, at a quiet moment while the bot serves.

    On SQLite the process that owns the data folder does it, if there is one; on PostgreSQL all processes pause.
    Raises CannotStart when it cannot be written.
    """
    if not file.parent.is_dir():
        raise CannotStart(f"There is no folder {file.parent} to write a backup into.")
    if settings.profile == "embedded" and _has_owner(settings):
        await _hand_over(settings, file)
        return str(file)
    memory = open_memory(settings)
    database, write = memory.database, memory.write_backup
    if database.is_sqlite:
        await write(file, None)
    else:
        await MakeBackup(memory.store(), CHANNELS, lambda: receiving_paused(database), write).make(file)
    return str(file)


def _has_owner(settings: Settings) -> bool:
    try:
        with FileLock(settings.data_dir / LOCK).acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # no folder yet, or none to write into: opening it says so
        return False


async def _hand_over(settings: Settings, file: Path) -> None:
    memory = open_memory(settings)
    store = memory.store()
    admin = await memory.administrator()
    key = memory.ids.new()
    before = _written_at(file)
    await store.write(admin, (Schedule(BACKUP, key, memory.clock.now(), {"file": str(file)}),))
    try:
        async with asyncio.timeout(HAND_OVER_SECONDS):
            while _written_at(file) == before:
                await asyncio.sleep(0.1)
    except TimeoutError as error:
        raise CannotStart(f"The running ridealong did not write {file}; its log says why.") from error


def _written_at(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


def restore(settings: Settings, file: Path) -> str:
    """Fill an empty data folder from a backup. Raises CannotStart when it is not empty or the file is no backup."""
    if settings.database_url is None and settings.data_dir.exists() and any(settings.data_dir.iterdir()):
        raise CannotStart(f"{settings.data_dir} is not empty; restore into a new folder with --data-dir.")
    try:
        with own(settings.data_dir):
            database, _ = _prepared(settings)
            rows = database.run_now(lambda c: read_backup(c, file))
    except (BadZipFile, KeyError) as error:
        raise CannotStart(f"{file} is no backup of this program.") from error
    return f"{rows} rows restored into {settings.data_dir}."
