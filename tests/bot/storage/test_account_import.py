"""Taking a list of accounts in and back, on both databases."""

import pytest

from bot.domain.account_import import ImportedAccount, ImportedPerson
from bot.domain.rep import Role
from bot.domain.visit import VisitNote
from bot.domain.writes import ImportAccounts, TakeBack
from bot.errors import WriteConflict
from bot.storage.database_store import DatabaseStore
from tests.support.stored import member
from tests.support.turns import colleague, visited


def write_of(viewer: object, *accounts: ImportedAccount, change: str = "i1") -> ImportAccounts:
    return ImportAccounts(change, "名单.xlsx", viewer, accounts)  # type: ignore[arg-type]


async def test_what_is_new_is_added_and_what_is_there_stays(store: DatabaseStore) -> None:
    rep = await member(store)
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    await visited(store, rep, VisitNote(account="远山阀门"))
    accounts = (
        ImportedAccount("远山阀门", boss.id, ("远山",), (ImportedPerson("李经理", "采购", "procurement"),)),
        ImportedAccount("三江泵业", rep.id, ("三江",), (ImportedPerson("陈工"),)),
    )
    await store.write(boss.viewer, (write_of(boss.viewer, *accounts),))
    book = await store.repository(boss.viewer).account_book()
    assert {(one.name, one.owner, one.aliases) for one in book.accounts} == {
        ("远山阀门", rep.id, ()),
        ("三江泵业", rep.id, ("三江",)),
    }
    assert {one.name for one in book.contacts} == {"李经理", "陈工"}


async def test_the_same_import_twice_adds_nothing_and_can_still_go_back(store: DatabaseStore) -> None:
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    write = write_of(boss.viewer, ImportedAccount("三江泵业", boss.id, (), (ImportedPerson("陈工"),)))
    await store.write(boss.viewer, (write,))
    await store.write(boss.viewer, (write,))
    await store.write(boss.viewer, (TakeBack("i1"),))
    book = await store.repository(boss.viewer).account_book()
    assert (book.accounts, book.contacts) == ((), ())
    with pytest.raises(WriteConflict):
        await store.write(boss.viewer, (TakeBack("i1"),))


async def test_what_was_used_since_stays_when_it_is_taken_back(store: DatabaseStore) -> None:
    rep = await member(store)
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    accounts = (ImportedAccount("三江泵业", rep.id), ImportedAccount("四海化工", rep.id))
    await store.write(boss.viewer, (write_of(boss.viewer, *accounts),))
    await visited(store, rep, VisitNote(account="三江泵业"))
    await store.write(boss.viewer, (TakeBack("i1"),))
    book = await store.repository(boss.viewer).account_book()
    assert [one.name for one in book.accounts] == ["三江泵业"]


async def test_a_long_list_is_added_in_one_go(store: DatabaseStore) -> None:
    boss = await colleague(store, "9", "老周", Role.MANAGER)
    accounts = tuple(
        ImportedAccount(f"客户{number}", boss.id, (), (ImportedPerson("联系人"),)) for number in range(1500)
    )
    await store.write(boss.viewer, (write_of(boss.viewer, *accounts),))
    book = await store.repository(boss.viewer).team_list()
    assert (len(book.accounts), len(book.contacts)) == (1500, 1500)


async def test_another_teams_accounts_are_not_met(store: DatabaseStore) -> None:
    rep = await member(store)
    await visited(store, rep, VisitNote(account="远山阀门"))
    stranger = type(rep.viewer)("elsewhere", "x", Role.ADMIN)
    assert (await store.repository(stranger).team_list()).accounts == ()
    assert (await store.repository(rep.viewer).team_list()).accounts[0].name == "远山阀门"
