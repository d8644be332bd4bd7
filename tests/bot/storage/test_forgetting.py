"""What must go is gone from every table, what is the company's stays, and a restored backup forgets again."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.account import Draft
from bot.domain.rep import Rep, Role
from bot.domain.visit import Contact, Party, VisitCommitment, VisitNote
from bot.domain.writes import (
    ConfirmedCommitment,
    ConfirmedVisit,
    CreateInvitation,
    ForgetRep,
    JoinTeam,
    KeepDraft,
    KeepFile,
    KeepPractice,
    SaveVisits,
    Schedule,
)
from bot.storage.backup import read_backup, write_backup
from bot.storage.database import Database, address_of
from bot.storage.database_store import DatabaseStore
from bot.storage.migrate import migrate
from bot.storage.tables import account, commitment, conversation, forgotten, inbox, metadata, outbox, rep, visit, work
from tests.support.stored import CHANNEL, member, message, one_lease, reply, store_on, voice_note

RAW = "刚出来累死了，邱总说换一次模具要停半天"
DAY = date(2026, 3, 2)
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总"),),
    pains=("换一次模具要停半天",),
    commitments=(VisitCommitment(Party.US, "带样机去试", DAY),),
    evidence={"/pains/0": "累死了，邱总说换一次模具要停半天"},
)


async def lived_in(store: DatabaseStore, chat: str = "7") -> Rep:
    """A rep with something of every kind: a confirmed visit, an open draft, a practice, a voice note, a reminder."""
    me = await member(store, chat)
    confirmed = ConfirmedVisit(
        f"v{chat}", "远山阀门", DAY, NOTE, (ConfirmedCommitment(f"c{chat}", Party.US, "带样机去试", DAY),)
    )
    drafts = [Draft(f"d{chat}{number}", me.id, RAW, DAY, (NOTE,)) for number in (1, 2)]
    practised = KeepPractice(f"p{chat}", "price", {"turns": [{"role": "rep", "text": RAW}]}, {"overall": 60})
    await store.receive([message(chat, RAW)])
    lease = await one_lease(store)
    await store.finish_turn(
        lease,
        replies=[reply(f"我听到：{RAW}")],
        floor=None,
        language="zh",
        writes=[
            *(KeepDraft(draft) for draft in drafts),
            SaveVisits(f"d{chat}1", (confirmed,)),
            practised,
            KeepFile(voice_note(f"f{chat}", me.id, chat, pieces=(RAW,)), RAW.encode(), is_new=True),
            Schedule("remind", f"c{chat}", datetime(2026, 3, 3, tzinfo=UTC), {"rep": me.id}),
        ],
    )
    return me


async def everything(database: Database) -> str:
    """All rows of all tables as one text."""

    def read(connection):
        rows = [dict(row) for table in metadata.sorted_tables for row in connection.execute(select(table)).mappings()]
        return json.dumps(rows, ensure_ascii=False, default=str)

    return await database.run(read)


async def rows_of(database: Database, table):
    return await database.run(lambda c: c.execute(select(table)).all())


async def test_what_is_the_reps_own_is_gone_from_every_table(store: DatabaseStore, database: Database) -> None:
    me = await lived_in(store)
    assert RAW in await everything(database)
    await store.write(me.viewer, (ForgetRep(me.id),))
    left = await everything(database)
    assert "累死了" not in left
    assert me.name not in left
    assert await rows_of(database, work) == []
    assert [row.rep_id for row in await rows_of(database, forgotten)] == [me.id]
    assert left.count(me.id) == 1, "the record of the forgetting is the only place that names the id"


async def test_confirmed_facts_stay_without_their_author(store: DatabaseStore, database: Database) -> None:
    me = await lived_in(store)
    await store.write(me.viewer, (ForgetRep(me.id),))
    [fact] = await rows_of(database, visit)
    assert (fact.rep_id, fact.note["pains"], fact.note["evidence"]) == ("", ["换一次模具要停半天"], {})
    assert [(row.rep_id, row.action) for row in await rows_of(database, commitment)] == [("", "带样机去试")]
    assert [(row.name, row.owner_id) for row in await rows_of(database, account)] == [("远山阀门", "")]


async def test_the_manager_still_reads_the_facts(store: DatabaseStore) -> None:
    me = await lived_in(store)
    admin = await store.administrator("团队")
    expires = datetime(2027, 1, 1, tzinfo=UTC)
    await store.write(admin, (CreateInvitation("code", admin.team, Role.MANAGER, expires, admin.rep),))
    boss = await store.admit(JoinTeam(CHANNEL, "99", "老周", "Asia/Shanghai", code="code"))
    await store.write(me.viewer, (ForgetRep(me.id),))
    [found] = await store.repository(boss.viewer).accounts()
    [seen] = await store.repository(boss.viewer).visits(found.id)
    assert (found.name, seen.rep, seen.note.pains) == ("远山阀门", "", ("换一次模具要停半天",))


async def test_another_reps_things_are_untouched(store: DatabaseStore, database: Database) -> None:
    me, other = await lived_in(store), await lived_in(store, "8")
    await store.write(me.viewer, (ForgetRep(me.id),))
    own = await store.repository(other.viewer).everything_own()
    assert {kind: len(rows) for kind, rows in own.items()} == {
        "profile": 1,
        "practice": 1,
        "draft": 2,
        "commitment": 1,
        "file": 1,
    }
    texts = [row.message for row in await rows_of(database, inbox) if row.message]
    assert [text["chat"] for text in texts] == ["8"]


async def test_afterwards_the_person_is_an_outsider_and_gets_only_the_last_answer(
    store: DatabaseStore, database: Database
) -> None:
    me = await lived_in(store)
    await store.receive([message(text="/forget_me")])
    lease = await one_lease(store)
    await store.finish_turn(lease, replies=[reply("删好了。")], floor=None, language="zh", writes=[ForgetRep(me.id)])
    unsent = [row for row in await rows_of(database, outbox) if row.finished_at is None]
    assert [row.reply["text"] for row in unsent] == ["删好了。"]
    await store.receive([message(text="还在吗")])
    assert (await one_lease(store)).conversation.rep is None


async def test_forgetting_again_changes_nothing(store: DatabaseStore, database: Database) -> None:
    me = await lived_in(store)
    await store.write(me.viewer, (ForgetRep(me.id),))
    before = await everything(database)
    await store.write(me.viewer, (ForgetRep(me.id),))
    assert await everything(database) == before


def restored(folder: Path, backup: Path) -> Database:
    folder.mkdir()
    database = Database(address_of(folder, None))
    database.run_now(migrate)
    database.run_now(lambda c: read_backup(c, backup))
    return database


@pytest.mark.parametrize("found_in", ["its database", "a newer backup beside it"])
async def test_a_restored_backup_forgets_again(tmp_path: Path, migrated_file: Path, found_in: str) -> None:
    live = Database(address_of(tmp_path, None))
    live.run_now(migrate)
    store = store_on(live)
    me, other = await lived_in(store), await lived_in(store, "8")
    await store.receive([message("7", RAW)])
    backups = tmp_path / "backups"
    backups.mkdir()
    live.run_now(lambda c: write_backup(c, backups / "monday.zip"))
    await store.write(me.viewer, (ForgetRep(me.id),))
    if found_in != "its database":
        live.run_now(lambda c: write_backup(c, backups / "tuesday.zip"))
    live.close()
    if found_in != "its database":
        (tmp_path / "ridealong.db").unlink()
    again = restored(tmp_path / "new", backups / "monday.zip")
    assert [row.id for row in await rows_of(again, rep)] == [other.id]
    assert [row.rep_id for row in await rows_of(again, forgotten)] == [me.id]
    mine = {row.id for row in await rows_of(again, conversation) if row.chat == "7"}
    assert [row.message for row in await rows_of(again, inbox) if row.conversation_id in mine] == [None, None]
    assert {row.rep_id for row in await rows_of(again, visit)} == {"", other.id}
    assert sum(row.conversation_id in mine for row in await rows_of(again, work)) == 0
    again.close()


async def test_a_backup_nobody_asked_about_is_restored_whole(tmp_path: Path) -> None:
    live = Database(address_of(tmp_path, None))
    live.run_now(migrate)
    me = await lived_in(store_on(live))
    live.run_now(lambda c: write_backup(c, tmp_path / "all.zip"))
    (tmp_path / "broken.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    again = restored(tmp_path / "new", tmp_path / "all.zip")
    own = await store_on(again).repository(me.viewer).everything_own()
    assert [row["words"] for row in own["draft"]] == [RAW, RAW]
    assert own["draft"][0]["heard_on"] == DAY
    live.close()
    again.close()
