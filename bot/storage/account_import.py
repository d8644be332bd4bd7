"""Accounts and people of a table in SQL, and the way back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, tuple_

from bot.domain.account_import import ImportedAccount
from bot.domain.rep import Viewer
from bot.domain.writes import ImportAccounts
from bot.storage.saved_before import drop_if_empty
from bot.storage.tables import account, change, contact

_AT_ONCE = 400


def import_accounts(
    connection: Connection, write: ImportAccounts, now: datetime, new_id: Callable[[], str]
) -> dict[str, Any] | None:
    """Add what is not there yet and touch nothing that is; returns what was added, None when it was done before."""
    if connection.execute(select(change.c.id).where(change.c.id == write.change)).first():
        return None
    ids = _accounts(connection, write.viewer)
    new = [one for one in write.accounts if one.name not in ids]
    rows = [_account_row(one, write.viewer, new_id(), now) for one in new]
    for chunk in _chunks(rows):
        connection.execute(insert(account), chunk)
    ids |= {str(row["name"]): str(row["id"]) for row in rows}
    people = _new_people(connection, write.accounts, ids)
    for chunk in _chunks(people):
        connection.execute(insert(contact), chunk)
    return {"accounts": [row["id"] for row in rows], "people": people}


def unimport(connection: Connection, change_id: str, before: Mapping[str, Any]) -> None:
    """What a table added is gone again, but for what somebody has changed or used since."""
    for one in before["people"]:
        here = (contact.c.account_id == one["account_id"]) & (contact.c.name == one["name"])
        as_it_was = contact.c.title.is_(None) if one["title"] is None else contact.c.title == one["title"]
        connection.execute(delete(contact).where(here, as_it_was, contact.c.role == one["role"]))
    for account_id in before["accounts"]:
        drop_if_empty(connection, account_id)


def _accounts(connection: Connection, viewer: Viewer) -> dict[str, str]:
    """The team's accounts by name; one that was merged leads to where it went."""
    query = select(account.c.name, account.c.id, account.c.merged_into).where(account.c.team_id == viewer.team)
    return {row.name: row.merged_into or row.id for row in connection.execute(query)}


def _account_row(one: ImportedAccount, viewer: Viewer, account_id: str, now: datetime) -> dict[str, object]:
    return {
        "id": account_id,
        "team_id": viewer.team,
        "owner_id": one.owner,
        "name": one.name,
        "aliases": list(one.aliases),
        "created_at": now,
    }


def _new_people(
    connection: Connection, accounts: Iterable[ImportedAccount], ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    wanted = {
        (ids[one.name], person.name): {
            "account_id": ids[one.name],
            "name": person.name,
            "title": person.title,
            "role": person.role,
            "phone": person.phone,
            "mail": person.mail,
        }
        for one in accounts
        for person in one.people
    }
    for chunk in _chunks(list(wanted)):
        there = select(contact.c.account_id, contact.c.name)
        for row in connection.execute(there.where(tuple_(contact.c.account_id, contact.c.name).in_(chunk))):
            del wanted[(row.account_id, row.name)]
    return list(wanted.values())


def _chunks(rows: list[Any]) -> Iterable[list[Any]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
