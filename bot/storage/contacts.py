"""Accounts and their people as visits and business cards name them."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from bot.domain.account import Meant
from bot.domain.visit import Contact
from bot.storage.database import upsert
from bot.storage.occasion import Occasion
from bot.storage.saved_before import Before
from bot.storage.tables import account, contact


def account_named(connection: Connection, name: str, occasion: Occasion, before: Before) -> str:
    """The id of the team's account of this name, or where it was merged to; else a new one, noted in `before`."""
    viewer = occasion.viewer
    named = account.c.team_id == viewer.team, account.c.name == name
    if found := connection.execute(select(account.c.id, account.c.merged_into).where(*named)).first():
        return str(found.merged_into or found.id)
    created = occasion.new_id()
    before.created.append(created)
    values = {"id": created, "team_id": viewer.team, "owner_id": viewer.rep, "name": name, "aliases": []}
    connection.execute(insert(account).values(**values, created_at=occasion.now))
    return created


def keep_contacts(connection: Connection, account_id: str, people: Sequence[Contact]) -> None:
    """The people of a visit are the account's; what the visit does not say of them stays as it is."""
    for person in people:
        known = {"title": person.title} if person.title else {}
        known |= {"role": person.role.value} if person.role.value != "unknown" else {}
        put = upsert(connection, contact).values(
            account_id=account_id, name=person.name, title=person.title, role=person.role.value
        )
        keys = ["account_id", "name"]
        statement = (
            put.on_conflict_do_update(index_elements=keys, set_=known) if known else put.on_conflict_do_nothing()
        )
        connection.execute(statement)


def learn_aliases(connection: Connection, account_id: str, aliases: Sequence[Meant]) -> None:
    """Names a rep used for the account or its people are known from now on."""
    for meant in aliases:
        person = (contact.c.account_id == account_id) & (contact.c.name == meant.name)
        table, row = (contact, person) if meant.account else (account, account.c.id == account_id)
        known = list(connection.scalar(select(table.c.aliases).where(row)) or ())
        if meant.heard not in known:
            connection.execute(update(table).where(row).values(aliases=[*known, meant.heard]))
