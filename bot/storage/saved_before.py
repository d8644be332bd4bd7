"""How accounts and their people were before a card was saved, of a visit or of a person, and the way back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select, update

from bot.domain.kept_file import FileState
from bot.domain.reminders import AGAIN, DAY, EVE, REMIND
from bot.errors import WriteConflict
from bot.storage.after_saving import judge_anew
from bot.storage.case_notes import drop_cases
from bot.storage.drafts import OPEN, SAVED
from bot.storage.tables import account, commitment, contact, draft, kept_file, metadata, visit, work

Facts = dict[str, Any]


@dataclass(slots=True)
class Before:
    """What a save is going to change, noted before it does; `created` are accounts that it made."""

    created: list[str] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    people: dict[tuple[str, str], Facts | None] = field(default_factory=dict)

    def note(self, connection: Connection, account_id: str, names: Iterable[str]) -> None:
        """Remember an account and the people of these names as they are now."""
        self.aliases.setdefault(account_id, _aliases(connection, account_id))
        for name in names:
            self.people.setdefault((account_id, name), _person(connection, account_id, name))

    def as_json(self, connection: Connection) -> Facts:
        """What was, beside what the save made of it."""
        return {
            "created": self.created,
            "aliases": [[one, was, _aliases(connection, one)] for one, was in self.aliases.items()],
            "people": [[*key, was, _person(connection, *key)] for key, was in self.people.items()],
        }


def unsave(connection: Connection, draft_id: str, before: Mapping[str, Any]) -> None:
    """The visits of a draft are gone with all that hangs on them, and the draft is open again.

    What somebody changed since stays as he left it. Raises WriteConflict when the draft is gone or not saved.
    """
    reopened = update(draft).where(draft.c.id == draft_id, draft.c.status == SAVED).values(status=OPEN)
    if connection.execute(reopened).rowcount != 1:
        raise WriteConflict("the draft is gone")
    _forget_reminders(connection, draft_id)
    visits = select(visit.c.id).where(visit.c.draft_id == draft_id)
    accounts = connection.scalars(select(visit.c.account_id).where(visit.c.draft_id == draft_id)).all()
    drop_cases(connection, connection.scalars(visits).all())
    for table, column in referring_to(visit):
        connection.execute(delete(table).where(column.in_(visits)))
    connection.execute(delete(visit).where(visit.c.draft_id == draft_id))
    for account_id in accounts:
        judge_anew(connection, account_id)
    _restore(connection, before)


def unkeep(connection: Connection, file_id: str, before: Mapping[str, Any]) -> None:
    """The person of a business card is as before, and the card is open again, without its picture."""
    mine = {name: value for name, value in before["file"].items() if name != "sent_at"}
    sent_at = datetime.fromisoformat(before["file"]["sent_at"])
    connection.execute(insert(kept_file).values(**mine, id=file_id, sent_at=sent_at, state=FileState.READ.value))
    _restore(connection, before)


def _restore(connection: Connection, before: Mapping[str, Any]) -> None:
    """People and accounts as they were, but for what somebody changed since."""
    for account_id, name, was, became in before["people"]:
        _restore_person(connection, (account_id, name), was, became)
    for account_id, was, became in before["aliases"]:
        if _aliases(connection, account_id) == became:
            connection.execute(update(account).where(account.c.id == account_id).values(aliases=was))
    for account_id in before["created"]:
        drop_if_empty(connection, account_id)


def referring_to(target: Table) -> Sequence[tuple[Table, Column[Any]]]:
    """The tables that point to this one, with the column that does, those nothing points to first."""
    return [
        (table, column)
        for table in reversed(metadata.sorted_tables)
        for column in table.c
        if any(key.column.table is target for key in column.foreign_keys)
    ]


def _forget_reminders(connection: Connection, draft_id: str) -> None:
    of_draft = select(commitment.c.id).join(visit, visit.c.id == commitment.c.visit_id)
    promised = connection.scalars(of_draft.where(visit.c.draft_id == draft_id)).all()
    keys = [f"{one}:{kind}" for one in promised for kind in (DAY, EVE, AGAIN)]
    connection.execute(delete(work).where(work.c.name == REMIND, work.c.key.in_(keys)))


def _restore_person(connection: Connection, key: tuple[str, str], was: Facts | None, became: Facts | None) -> None:
    if _person(connection, *key) != became:
        return
    here = (contact.c.account_id == key[0]) & (contact.c.name == key[1])
    if was is None:
        connection.execute(delete(contact).where(here))
    elif became is None:
        connection.execute(insert(contact).values(account_id=key[0], name=key[1], **was))
    else:
        connection.execute(update(contact).where(here).values(**was))


def drop_if_empty(connection: Connection, account_id: str) -> None:
    """An account that the save made goes again, unless somebody has put something into it since."""
    for table in (visit, commitment, contact):
        if connection.execute(select(table.c.account_id).where(table.c.account_id == account_id)).first():
            return
    if connection.execute(select(account.c.id).where(account.c.merged_into == account_id)).first():
        return
    for table, column in referring_to(account):
        connection.execute(delete(table).where(column == account_id))
    connection.execute(delete(account).where(account.c.id == account_id))


def _aliases(connection: Connection, account_id: str) -> list[str]:
    return list(connection.scalar(select(account.c.aliases).where(account.c.id == account_id)) or ())


def _person(connection: Connection, account_id: str, name: str) -> Facts | None:
    here = (contact.c.account_id == account_id) & (contact.c.name == name)
    row = connection.execute(select(contact).where(here)).mappings().first()
    return {key: value for key, value in row.items() if key not in {"account_id", "name"}} if row else None
