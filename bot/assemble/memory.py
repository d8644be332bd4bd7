"""The data folder and the open database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bot.clock_and_ids import RandomIds, SystemClock
from bot.domain.rep import Viewer
from bot.errors import CannotStart, StorageUnavailable
from bot.storage.backup import write_backup
from bot.storage.database import Database, address_of
from bot.storage.database_store import DatabaseStore
from bot.storage.migrate import migrate, newest_revision, revision_of
from config.settings import Settings

TEAM_NAME = "团队"
LOCK = "owner.lock"


@dataclass(frozen=True, slots=True)
class Memory:
    """The open database and what every part shares."""

    settings: Settings
    database: Database
    clock: SystemClock
    ids: RandomIds

    def store(self, channels: Sequence[str] = ()) -> DatabaseStore:
        """The store, sending for these channels."""
        announces = self.settings.webhook.url is not None
        return DatabaseStore(self.database, self.clock, self.ids, channels=channels, announces=announces)

    async def write_backup(self, file: Path, row: int | None) -> None:
        """Write everything into a file, but for the work of this row."""
        await self.database.run(lambda connection: write_backup(connection, file, without_work=row))

    async def administrator(self, team: str | None = None) -> Viewer:
        """The command line's view of the named team, else of the first one, which is made if need be.

        Raises CannotStart for a team nobody knows.
        """
        return await self.store().administrator(TEAM_NAME, team=team)


def open_database(settings: Settings) -> Database:
    """The database as it is. Raises CannotStart when the data folder cannot be made."""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"The data folder {settings.data_dir} cannot be made: {error.strerror}.") from error
    return Database(address_of(settings.data_dir, url))


def open_memory(settings: Settings) -> Memory:
    """The database, brought up to date when it is embedded. Raises CannotStart in one sentence."""
    database = open_database(settings)
    try:
        _bring_up_to_date(database, settings)
    except StorageUnavailable as error:
        raise CannotStart(f"The database cannot be opened: {error}. See `ridealong check`.") from error
    return Memory(settings, database, SystemClock(settings.clock.starts_at), RandomIds())


def _bring_up_to_date(database: Database, settings: Settings) -> None:
    if settings.profile == "embedded":
        database.run_now(migrate)
    elif database.run_now(revision_of) != newest_revision():
        raise CannotStart("The database is of another version; run `ridealong migrate` once.")


def own(data_dir: Path) -> FileLock:
    """The right to be the one process of a data folder. Raises CannotStart when another has it."""
    lock = FileLock(data_dir / LOCK)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CannotStart(f"Another ridealong works in {data_dir}; stop it or use another --data-dir.") from error
    except OSError as error:
        raise CannotStart(f"The data folder {data_dir} cannot be used: {error.strerror}.") from error
    return lock
