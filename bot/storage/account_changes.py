"""Merging two accounts and renaming one, each in one go, and the way back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from bot.domain.rep import Role, Viewer
from bot.domain.writes import MergeAccounts, RenameAccount
from bot.errors import WriteConflict
from bot.storage.after_saving import judge_anew
from bot.storage.case_notes import accounts_changed
from bot.storage.saved_before import referring_to
from bot.storage.tables import account, contact

Facts = dict[str, Any]


def merge(connection: Connection, write: MergeAccounts, viewer: Viewer) -> tuple[str, Facts]:
    """Everything of the source becomes the target's; returns both names and the way back.

    The source stays as an empty row that points to the target: its name is taken, and finds the target.
    """
    source, target = _own(connection, write.source, viewer), _own(connection, write.target, viewer)
    if source.id == target.id:
        raise WriteConflict("an account is not merged into itself")
    before: Facts = {"source": source.id, "target": target.id, "aliases": target.aliases}
    before["people"] = _move_people(connection, source.id, target.id)
    before["moved"] = {
        table.name: _move_rows(connection, table, source.id, target.id)
        for table, _ in referring_to(account)
        if table is not contact
    }
    aliases = [*target.aliases, *(one for one in (source.name, *source.aliases) if one not in target.aliases)]
    _change(connection, target.id, aliases=[one for one in aliases if one != target.name])
    _change(connection, source.id, merged_into=target.id)
    judge_anew(connection, target.id)
    accounts_changed(connection, [target.id])
    return f"{source.name} → {target.name}", before


def unmerge(connection: Connection, change_id: str, before: Mapping[str, Any]) -> None:
    """What was moved goes back; what came to the target since stays there."""
    source, target = before["source"], before["target"]
    for table, column in referring_to(account):
        if ids := before["moved"].get(table.name):
            back = update(table).where(table.c.id.in_(ids), column == target)
            connection.execute(back.values({column.name: source}))
    people = before["people"]
    moved = (contact.c.account_id == target) & contact.c.name.in_(people["moved"])
    connection.execute(update(contact).where(moved).values(account_id=source))
    for row in people["doubled"]:
        connection.execute(insert(contact).values(**row))
    for row in people["filled"]:
        here = (contact.c.account_id == target) & (contact.c.name == row["name"])
        connection.execute(update(contact).where(here).values(title=row["title"], role=row["role"]))
    _change(connection, target, aliases=before["aliases"])
    _change(connection, source, merged_into=None)
    for account_id in (source, target):
        judge_anew(connection, account_id)
    accounts_changed(connection, [source, target])


def rename(connection: Connection, write: RenameAccount, viewer: Viewer) -> tuple[str, Facts]:
    """The account under its new name, the old one an alias; returns both names and the way back."""
    known = _own(connection, write.account, viewer)
    aliases = [one for one in (*known.aliases, known.name) if one != write.name]
    _change(connection, known.id, name=write.name, aliases=aliases)
    accounts_changed(connection, [known.id])
    before = {"account": known.id, "name": known.name, "aliases": known.aliases}
    return f"{known.name} → {write.name}", before


def unname(connection: Connection, change_id: str, before: Mapping[str, Any]) -> None:
    """The account has its old name and aliases again."""
    _change(connection, before["account"], name=before["name"], aliases=before["aliases"])
    accounts_changed(connection, [before["account"]])


def _own(connection: Connection, account_id: str, viewer: Viewer) -> Row[Any]:
    """The account, if this viewer may change it: its owner, or a manager of the team."""
    of_team = (account.c.id == account_id) & (account.c.team_id == viewer.team) & account.c.merged_into.is_(None)
    row = connection.execute(select(account).where(of_team)).first()
    if row is None or (viewer.role is not Role.MANAGER and row.owner_id != viewer.rep):
        raise WriteConflict("this account is merged already, or somebody else's")
    return row


def _change(connection: Connection, account_id: str, **values: object) -> None:
    connection.execute(update(account).where(account.c.id == account_id).values(**values))


def _move_rows(connection: Connection, table: Table, source: str, target: str) -> list[object]:
    """Point the rows of a table with ids to the target; returns which."""
    ids = list(connection.scalars(select(table.c.id).where(table.c.account_id == source)))
    connection.execute(update(table).where(table.c.id.in_(ids)).values(account_id=target))
    return ids


def _move_people(connection: Connection, source: str, target: str) -> Facts:
    """The source's people at the target; one whom both know is one person, and keeps what either knew of him."""
    theirs = {row["name"]: dict(row) for row in _people(connection, target)}
    moved, doubled, filled = [], [], []
    for row in _people(connection, source):
        here = (contact.c.account_id == source) & (contact.c.name == row["name"])
        known = theirs.get(row["name"])
        if known is None:
            connection.execute(update(contact).where(here).values(account_id=target))
            moved.append(row["name"])
            continue
        connection.execute(delete(contact).where(here))
        doubled.append(dict(row))
        there = (contact.c.account_id == target) & (contact.c.name == row["name"])
        role = row["role"] if known["role"] == "unknown" else known["role"]
        connection.execute(update(contact).where(there).values(title=known["title"] or row["title"], role=role))
        filled.append(known)
    return {"moved": moved, "doubled": doubled, "filled": filled}


def _people(connection: Connection, account_id: str) -> list[Mapping[str, Any]]:
    return [
        dict(row) for row in connection.execute(select(contact).where(contact.c.account_id == account_id)).mappings()
    ]
