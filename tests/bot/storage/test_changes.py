"""What a rep changed goes back exactly: a saved card, a merged account, another name."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.account import Draft, Meant
from bot.domain.open_points import OpenPoint
from bot.domain.reminders import Reminder
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Contact, Party, VisitNote
from bot.domain.visit import Role as Part
from bot.domain.writes import (
    ConfirmedCommitment,
    ConfirmedVisit,
    EraseOldTexts,
    KeepDraft,
    MergeAccounts,
    MoveCommitment,
    RenameAccount,
    SaveVisits,
    TakeBack,
)
from bot.errors import WriteConflict
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.saved_before import referring_to
from bot.storage.tables import account, change, commitment, contact, draft, finding, opportunity_change, visit, work
from tests.support.stored import MovedClock, member, store_on

DAY = date(2026, 3, 2)
RECORDS = (account, commitment, contact, draft, finding, opportunity_change, visit, work)


def note_of(name: str, *people: Contact) -> VisitNote:
    return VisitNote(account=name, contacts=people, pains=("换模要半天",), evidence={"/account": name})


async def saved(store: DatabaseStore, rep: Rep, number: int, note: VisitNote, *aliases: Meant) -> ConfirmedVisit:
    """A visit saved from a draft, with one reminder."""
    promised = ConfirmedCommitment(f"c{number}", Party.US, "带样机去试", DAY + timedelta(days=8))
    told = ConfirmedVisit(f"v{number}", note.account or "", DAY, note, (promised,), aliases)
    reminder = Reminder(promised.id, rep, "zh").on(DAY + timedelta(days=8))
    kept = Draft(f"d{number}", rep.id, "原话", DAY, (note,))
    await store.write(rep.viewer, [KeepDraft(kept), SaveVisits(kept.id, (told,)), reminder])
    return told


async def records(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All that reps look at, without the time of the last change of a draft."""

    def read(connection: Any) -> dict[str, list[dict[str, Any]]]:
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "changed_at"}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in RECORDS
        }

    return await database.run(read)


@pytest.fixture
async def rep(store: DatabaseStore) -> Rep:
    return await member(store)


async def test_a_draft_keeps_what_was_asked_chosen_and_changed(store: DatabaseStore, rep: Rep) -> None:
    kept = Draft(
        "d1",
        rep.id,
        "刚从远山出来",
        DAY,
        (VisitNote(account="远山阀门", not_discussed=(OpenPoint.BUDGET,)),),
        meant=(Meant("远山", "远山阀门"), Meant("张总", "张建国", "远山阀门")),
        asked=((OpenPoint.BUDGET, OpenPoint.AUTHORITY),),
        earlier=((VisitNote(account="远山"),),),
    )
    await store.write(rep.viewer, [KeepDraft(kept)])
    assert await store.repository(rep.viewer).draft("d1") == kept
    assert await store.repository(rep.viewer).open_drafts() == [kept]


async def test_a_saved_card_taken_back_leaves_nothing_behind(
    store: DatabaseStore, database: Database, rep: Rep
) -> None:
    await saved(store, rep, 1, note_of("远山阀门", Contact("邱总")))
    before = await records(database)
    await saved(
        store, rep, 2, note_of("远山阀门", Contact("邱总", "生产副总"), Contact("李工")), Meant("远山", "远山阀门")
    )
    await saved(store, rep, 3, note_of("恒力泵业", Contact("周总")))
    await store.write(rep.viewer, [TakeBack("d3"), TakeBack("d2")])
    after = await records(database)
    drafts = after.pop("draft"), before.pop("draft")
    assert after == before
    assert len(drafts[0]) == len(drafts[1]) + 2
    assert {one.id for one in await store.repository(rep.viewer).open_drafts()} == {"d2", "d3"}


async def test_a_card_taken_back_can_be_saved_and_taken_back_again(store: DatabaseStore, rep: Rep) -> None:
    told = await saved(store, rep, 1, note_of("远山阀门"))
    for _ in range(2):
        await store.write(rep.viewer, [TakeBack("d1")])
        assert await store.repository(rep.viewer).accounts() == []
        await store.write(rep.viewer, [SaveVisits("d1", (told,))])
    assert [one.name for one in await store.repository(rep.viewer).accounts()] == ["远山阀门"]


async def test_what_was_learned_since_stays_when_a_card_goes_back(store: DatabaseStore, rep: Rep) -> None:
    await saved(store, rep, 1, note_of("远山阀门", Contact("邱总")))
    await saved(store, rep, 2, note_of("远山阀门", Contact("邱总", "生产副总")))
    await store.write(rep.viewer, [TakeBack("d1")])
    [known] = await store.repository(rep.viewer).accounts()
    [person] = await store.repository(rep.viewer).contacts([known.id])
    assert (person.name, person.title) == ("邱总", "生产副总")


async def test_nobody_takes_back_twice_or_for_somebody_else(store: DatabaseStore, rep: Rep) -> None:
    other = await member(store, "8")
    await saved(store, rep, 1, note_of("远山阀门"))
    with pytest.raises(WriteConflict):
        await store.write(other.viewer, [TakeBack("d1")])
    await store.write(rep.viewer, [TakeBack("d1")])
    with pytest.raises(WriteConflict):
        await store.write(rep.viewer, [TakeBack("d1")])


async def test_a_chosen_name_is_known_the_next_time(store: DatabaseStore, rep: Rep) -> None:
    people = Meant("张总", "张建国", "远山阀门")
    await saved(store, rep, 1, note_of("远山阀门", Contact("张建国")), Meant("远山", "远山阀门"), people)
    [known] = await store.repository(rep.viewer).accounts()
    [person] = await store.repository(rep.viewer).contacts([known.id])
    assert (known.aliases, person.aliases) == (("远山",), ("张总",))


async def two_accounts(store: DatabaseStore, rep: Rep) -> tuple[str, str]:
    """远山 and 远山阀门 with a visit each; both know 邱总, only the first knows his title."""
    await saved(store, rep, 1, note_of("远山", Contact("邱总", "生产副总", Part.INFLUENCER), Contact("李工")))
    await saved(store, rep, 2, note_of("远山阀门", Contact("邱总"), Contact("周总")))
    names = {one.name: one.id for one in await store.repository(rep.viewer).accounts()}
    return names["远山"], names["远山阀门"]


async def test_two_accounts_become_one_with_all_they_have(store: DatabaseStore, rep: Rep) -> None:
    source, target = await two_accounts(store, rep)
    await store.write(rep.viewer, [MergeAccounts("m1", source, target)])
    look = store.repository(rep.viewer)
    [known] = await look.accounts()
    assert (known.name, known.aliases) == ("远山阀门", ("远山",))
    assert len(await look.visits(target)) == len(await look.commitments(account_id=target)) == 2
    people = {one.name: one.title for one in await look.contacts([target])}
    assert people == {"邱总": "生产副总", "周总": None, "李工": None}


async def test_a_merge_goes_back_exactly(store: DatabaseStore, database: Database, rep: Rep) -> None:
    source, target = await two_accounts(store, rep)
    before = await records(database)
    await store.write(rep.viewer, [MergeAccounts("m1", source, target)])
    assert await records(database) != before
    await store.write(rep.viewer, [TakeBack("m1")])
    assert await records(database) == before


async def test_a_visit_told_after_the_merge_stays_where_it_was_told(store: DatabaseStore, rep: Rep) -> None:
    source, target = await two_accounts(store, rep)
    await store.write(rep.viewer, [MergeAccounts("m1", source, target)])
    await saved(store, rep, 3, note_of("远山"))
    assert len(await store.repository(rep.viewer).visits(target)) == 3, "the old name finds the merged account"
    await store.write(rep.viewer, [TakeBack("m1")])
    assert len(await store.repository(rep.viewer).visits(target)) == 2
    assert len(await store.repository(rep.viewer).visits(source)) == 1


async def test_only_the_owner_or_a_manager_merges_and_renames(store: DatabaseStore, rep: Rep) -> None:
    source, target = await two_accounts(store, rep)
    other = await member(store, "8")
    for write in (MergeAccounts("m1", source, target), RenameAccount("n1", target, "远山阀业")):
        with pytest.raises(WriteConflict):
            await store.write(other.viewer, [write])
        with pytest.raises(WriteConflict):
            await store.write(Viewer("another-team", rep.id, Role.MANAGER), [write])
    manager = Viewer(rep.team, other.id, Role.MANAGER)
    await store.write(manager, [MergeAccounts("m1", source, target)])
    with pytest.raises(WriteConflict):
        await store.write(manager, [MergeAccounts("m2", source, target)])


async def test_another_name_goes_back_too_and_a_taken_one_is_refused(
    store: DatabaseStore, database: Database, rep: Rep
) -> None:
    source, _ = await two_accounts(store, rep)
    before = await records(database)
    with pytest.raises(WriteConflict):
        await store.write(rep.viewer, [RenameAccount("n0", source, "远山阀门")])
    await store.write(rep.viewer, [RenameAccount("n1", source, "远山重工")])
    known = await store.repository(rep.viewer).account("远山重工")
    assert known is not None
    assert known.aliases == ("远山",)
    await store.write(rep.viewer, [TakeBack("n1")])
    assert await records(database) == before


async def test_changes_are_listed_for_who_made_them_and_kept_while_they_can_go_back(
    database: Database,
) -> None:
    clock = MovedClock()
    store = store_on(database, clock)
    rep = await member(store)
    other = await member(store, "8")
    await saved(store, rep, 1, note_of("远山阀门"))
    [done] = await store.repository(rep.viewer).changes()
    assert (done.id, done.subject, done.can_go_back(clock.now())) == ("d1", "远山阀门", True)
    assert await store.repository(other.viewer).changes() == []
    clock.move(timedelta(days=1, minutes=1))
    assert not done.can_go_back(clock.now())
    await store.write(rep.viewer, [EraseOldTexts(timedelta(days=7), timedelta(days=365))])
    assert await database.run(lambda c: c.execute(select(change)).all()) == []


async def test_a_moved_commitment_goes_with_its_card(store: DatabaseStore, database: Database, rep: Rep) -> None:
    await saved(store, rep, 1, note_of("远山阀门"))
    later = DAY + timedelta(days=9)
    await store.write(rep.viewer, [MoveCommitment("c1", later), Reminder("c1", rep, "zh").on(later)])
    await store.write(rep.viewer, [TakeBack("d1")])
    assert await database.run(lambda c: c.execute(select(work)).all()) == []


def test_every_table_of_an_account_can_be_moved() -> None:
    assert [table.name for table, _ in referring_to(account) if table is not contact and "id" not in table.c] == []
