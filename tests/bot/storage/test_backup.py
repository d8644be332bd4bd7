"""A backup holds everything and moves between databases; a restored one goes on counting and is held by nobody."""

import asyncio
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.domain.message import File, Reply
from bot.domain.rich_text import RichText
from bot.domain.writes import KeepFile, Schedule
from bot.errors import CannotStart
from bot.storage.backup import MANIFEST, read_backup, write_backup
from bot.storage.database import Database, address_of
from bot.storage.database_store import DatabaseStore
from bot.storage.tables import metadata
from tests.support.databases import ON_POSTGRES, emptied
from tests.support.stored import MovedClock, answered, member, message, reply, store_on, voice_note

_HELD = {"lease_token", "lease_until", "claim_until"}


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Where to restore into: migrated, without a row."""
    if request.param == "postgres":
        database = emptied(request.getfixturevalue("second_address"))
    else:
        (tmp_path / "new").mkdir()
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "new" / "ridealong.db")
        database = Database(address_of(tmp_path / "new", None))
    yield database
    database.close()


def _all_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without what workers hold."""
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in _HELD}
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in metadata.sorted_tables
    }


async def _busy(store: DatabaseStore) -> None:
    """Something of everything: answered, open, leased, sent, unsent with a file, scheduled."""
    rep = await member(store)
    await store.write(rep.viewer, [KeepFile(voice_note("f1", rep.id), bytes(range(256)), is_new=True)])
    await store.receive([message("7", "一"), message("7", "\ud83d残"), message("8", "二"), message("9", "三")])
    leases = await store.lease(10)
    finished = await store.finish_turn(leases[0], replies=[reply("好")], floor=None, language="zh")
    assert finished.to_send
    await store.outgoing(sent={finished.to_send.row: "m1"}, failed={}, later={}, limit=0)
    picture = Reply(RichText("图"), file=File("a.png", "image/png", bytes(range(256))))
    await store.finish_turn(leases[1], replies=[picture, reply("完")], floor=None, language="zh")
    now = MovedClock().now()
    await store.write(rep.viewer, [Schedule("remind", "k", now, {"说": "周三"}), Schedule("keep_house", "h", now)])
    await store.due_work(now, 1)


async def test_what_was_written_is_read_back(
    database: Database, store: DatabaseStore, empty: Database, tmp_path: Path
) -> None:
    await _busy(store)
    rows = database.run_now(lambda c: write_backup(c, tmp_path / "all.zip"))
    assert empty.run_now(lambda c: read_backup(c, tmp_path / "all.zip")) == rows > 10
    assert empty.run_now(_all_rows) == database.run_now(_all_rows)


async def test_a_restored_program_takes_everything_up_at_once(
    store: DatabaseStore, database: Database, empty: Database, tmp_path: Path
) -> None:
    await _busy(store)
    database.run_now(lambda c: write_backup(c, tmp_path / "all.zip"))
    empty.run_now(lambda c: read_backup(c, tmp_path / "all.zip"))
    restored = store_on(empty)
    leases = await restored.lease(10)
    assert sorted(x.conversation.chat for x in leases) == ["7", "9"]
    assert [x.reply.text.text for x in await restored.outgoing(sent={}, failed={}, later={}, limit=9)] == ["图"]
    assert {x.name for x in await restored.due_work(MovedClock().now(), 9)} == {"remind", "keep_house"}
    await answered(restored, leases[0], "好")
    assert await restored.receive([message("10", "新")]) == 1, "row numbers go on"


async def test_the_work_that_makes_the_backup_is_not_in_it(
    store: DatabaseStore, database: Database, empty: Database, tmp_path: Path
) -> None:
    now = MovedClock().now()
    asked = Schedule("make_backup", "b", now)
    await store.write(await store.administrator("团队"), [asked, Schedule("remind", "k", now + timedelta(days=1))])
    [work] = await store.due_work(now, 1)
    database.run_now(lambda c: write_backup(c, tmp_path / "all.zip", without_work=work.row))
    empty.run_now(lambda c: read_backup(c, tmp_path / "all.zip"))
    assert [x.name for x in await store_on(empty).upcoming_work(now + timedelta(days=2), 9)] == ["remind"]


async def test_a_backup_under_writing_is_of_one_moment(
    store: DatabaseStore, database: Database, empty: Database, tmp_path: Path
) -> None:
    """However many turns end meanwhile: an answered message has its reply in the backup, an open one has none."""
    is_over = False
    some_answered = asyncio.Event()

    async def chatter(chat: str) -> None:
        while not is_over:
            await store.receive([message(chat)])
            for lease in await store.lease(10):
                await answered(store, lease, "好")
                some_answered.set()

    chatting = asyncio.gather(*(chatter(str(chat)) for chat in range(3)))
    await some_answered.wait()
    await asyncio.sleep(0.3)
    await database.run(lambda c: write_backup(c, tmp_path / "all.zip"))
    is_over = True
    await chatting
    empty.run_now(lambda c: read_backup(c, tmp_path / "all.zip"))
    rows = empty.run_now(_all_rows)
    assert sum(row["done_at"] is not None for row in rows["inbox"]) == len(rows["outbox"]) > 0


async def test_a_database_in_use_is_not_restored_into(store: DatabaseStore, database: Database, tmp_path: Path) -> None:
    await _busy(store)
    before = database.run_now(_all_rows)
    database.run_now(lambda c: write_backup(c, tmp_path / "all.zip"))
    with pytest.raises(CannotStart, match="not empty"):
        database.run_now(lambda c: read_backup(c, tmp_path / "all.zip"))
    assert database.run_now(_all_rows) == before


def test_a_backup_of_another_version_is_refused(empty: Database, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr(MANIFEST, json.dumps({"revision": "of old", "rows": 0}))
    with pytest.raises(CannotStart, match="of old"):
        empty.run_now(lambda c: read_backup(c, tmp_path / "old.zip"))


async def test_without_an_owner_nothing_is_left_halfway(
    store: DatabaseStore, database: Database, tmp_path: Path
) -> None:
    """A disk that is full, or a folder that went away, leaves the older backup as it was."""
    await _busy(store)
    file = tmp_path / "all.zip"
    file.write_bytes(b"older")
    broken = tmp_path / f".{file.name}.part"
    broken.mkdir()
    with pytest.raises(OSError, match="directory"):
        database.run_now(lambda c: write_backup(c, file))
    assert file.read_bytes() == b"older"
