"""Migrated equals tables, and an upgrade keeps what is there; on both databases."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, func, select

from bot.storage.database import Database, address_of
from bot.storage.migrate import alembic_config, migrate, newest_revision, revision_of
from bot.storage.passage_store import SqlPassageStore
from bot.storage.tables import metadata
from tests.support.databases import ON_POSTGRES, throw_away_database

FIRST_ROWS: Mapping[str, Mapping[str, Any]] = {
    "team": {"id": "t1", "name": "一队"},
    "rep": {"id": "r1", "team_id": "t1", "role": "rep", "name": "小林", "language": "", "time_zone": "Asia/Shanghai"},
    "address": {"channel": "telegram", "person": "7", "rep_id": "r1"},
    "conversation": {"id": 1, "channel": "telegram", "bot": "42", "chat": "7", "person": "7", "language": "zh"},
    "inbox": {"channel": "telegram", "bot": "42", "update_number": 11, "conversation_id": 1, "part_of": ""},
    "outbox": {"conversation_id": 1, "reply": {"text": "好"}},
    "work": {"name": "remind", "key": "k", "payload": {"a": [1]}},
    "invitation": {"code_hash": "h", "team_id": "t1", "role": "rep", "created_by": "r1"},
    "audit": {"team_id": "t1", "rep_id": "r1", "action": "invite", "subject": "rep"},
}
"""What a bot of the first version had, as far as the columns have no obvious filling."""


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        database = Database(address_of(tmp_path, None))
        yield database
        database.close()
        return
    with throw_away_database() as address:
        database = Database(address_of(tmp_path, address))
        yield database
        database.close()


def _upgrade(connection: Connection, revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _fill(connection: Connection) -> None:
    """A row in every table of this version."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name in FIRST_ROWS:
            connection.execute(table.insert().values(_filled(connection, table)))


def _filled(connection: Connection, table: Table) -> dict[str, Any]:
    values = dict(FIRST_ROWS[table.name])
    for column in table.c:
        if column.name not in values and not column.nullable and not column.primary_key:
            values[column.name] = _filling(column.type.python_type)
    return values


def _filling(kind: type) -> object:
    return datetime(2026, 1, 1, tzinfo=UTC) if kind is datetime else kind()


def _count(connection: Connection) -> dict[str, int]:
    tables = (table for table in metadata.sorted_tables if table.name in FIRST_ROWS)
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_migrated_equals_tables(empty: Database) -> None:
    assert empty.run_now(migrate)
    assert empty.run_now(revision_of) == newest_revision()
    differences = empty.run_now(
        lambda c: compare_metadata(MigrationContext.configure(c, opts={"compare_type": True}), metadata)
    )
    assert differences == []
    assert not empty.run_now(migrate), "a second time there is nothing to do"


def test_an_upgrade_keeps_every_row(empty: Database) -> None:
    first = ScriptDirectory.from_config(alembic_config()).get_base()
    assert first is not None
    empty.run_now(lambda c: _upgrade(c, first))
    empty.run_now(_fill)
    empty.run_now(migrate)
    assert empty.run_now(_count) == dict.fromkeys(FIRST_ROWS, 1)


def test_questions_written_for_a_passage_are_kept_for_its_text(empty: Database) -> None:
    texts = {"p1": "交期谈崩以后，先去车间。", "p2": "交期談崩以後，先去車間。", "p3": "别的事。"}
    empty.run_now(lambda c: _upgrade(c, "drawn_pictures"))
    empty.run_now(lambda c: _tell_before_texts_had_keys(c, texts, {"p1": ["交期谈崩了怎么办"], "gone": ["旧的"]}))

    empty.run_now(migrate)

    assert SqlPassageStore(empty).questions() == dict.fromkeys(("p1", "p2"), ("交期谈崩了怎么办",))


def _tell_before_texts_had_keys(
    connection: Connection, texts: Mapping[str, str], questions: Mapping[str, list[str]]
) -> None:
    found = MetaData()
    found.reflect(connection)
    tables = found.tables
    document = {"id": "d", "name": "a.txt", "content_hash": "h", "version": 1, "withdrawn": False}
    article = {"id": "a", "document_id": "d", "title": "t", "text": "", "position": 0, "on_topic": True}
    passages = [
        {"id": one, "article_id": "a", "title": "t", "text": text, "language": "zh", "position": at}
        for at, (one, text) in enumerate(texts.items())
    ]
    for name, rows in (("document", [document]), ("article", [article]), ("passage", passages)):
        connection.execute(tables[name].insert(), rows)
    asked = [{"passage_id": one, "questions": some} for one, some in questions.items()]
    connection.execute(tables["passage_questions"].insert(), asked)


def test_one_line_of_migrations() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert len(script.get_heads()) == len(script.get_bases()) == 1
