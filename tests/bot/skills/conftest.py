"""Skills are tested over the real store, on SQLite."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.rep import Rep
from bot.storage.database import Database, address_of
from bot.storage.database_store import DatabaseStore
from tests.support.databases import migrated_file
from tests.support.stored import member, store_on

__all__ = ["migrated_file"]


@pytest.fixture
def database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    shutil.copy(migrated_file, tmp_path / "ridealong.db")
    database = Database(address_of(tmp_path, None))
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> DatabaseStore:
    return store_on(database)


@pytest.fixture
async def rep(store: DatabaseStore) -> Rep:
    """小林, a rep of the first team."""
    return await member(store)
