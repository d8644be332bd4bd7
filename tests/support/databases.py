"""Databases to test on: SQLite always, PostgreSQL where a server answers. Import the fixtures into a conftest."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from bot.storage.database import Database, address_of
from bot.storage.migrate import migrate
from bot.storage.tables import metadata

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://127.0.0.1:5432/postgres")
ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@contextmanager
def throw_away_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database that is gone afterwards; skips out loud without a server."""
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server ({SERVER}; set TEST_POSTGRES_URL): {str(error).splitlines()[0]}")
    name = f"ridealong_test_{uuid4().hex[:8]}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
        try:
            yield f"{SERVER.rpartition('/')[0]}/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _migrated() -> Iterator[str]:
    with throw_away_database() as address:
        database = Database(address_of(Path(), address))
        database.run_now(migrate)
        database.close()
        yield address


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """One migrated PostgreSQL database for the session."""
    with _migrated() as address:
        yield address


@pytest.fixture(scope="session")
def second_address() -> Iterator[str]:
    """Another one, to restore into."""
    with _migrated() as address:
        yield address


def emptied(address: str) -> Database:
    """A migrated PostgreSQL database without a row."""
    database = Database(address_of(Path(), address))
    database.run_now(lambda c: [c.execute(table.delete()) for table in reversed(metadata.sorted_tables)])
    return database


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    folder = tmp_path_factory.mktemp("migrated")
    database = Database(address_of(folder, None))
    database.run_now(migrate)
    database.close()
    return folder / "ridealong.db"


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with all tables, on both systems."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "ridealong.db")
        database = Database(address_of(tmp_path, None))
    else:
        database = emptied(request.getfixturevalue("postgres_address"))
    yield database
    database.close()
