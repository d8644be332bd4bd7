"""Every test here runs on SQLite and on PostgreSQL."""

import pytest

from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.databases import database, migrated_file, postgres_address, second_address
from tests.support.stored import store_on

__all__ = ["database", "migrated_file", "other", "postgres_address", "second_address", "store"]


@pytest.fixture
def store(database: Database) -> DatabaseStore:
    return store_on(database)


@pytest.fixture
def other(database: Database) -> DatabaseStore:
    """A second worker on the same database."""
    return store_on(database)
