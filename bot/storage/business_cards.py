"""A person off a business card joins an account; the way back is kept for a day."""

from sqlalchemy import Connection, delete, select, update

from bot.domain.changes import ChangeKind
from bot.domain.rep import Viewer
from bot.domain.writes import DropFile, KeepContact
from bot.errors import WriteConflict
from bot.storage.changes import Done, keep_change
from bot.storage.contacts import account_named
from bot.storage.database import upsert
from bot.storage.kept_files import drop_file
from bot.storage.occasion import Occasion
from bot.storage.saved_before import Before, Facts
from bot.storage.tables import contact, kept_file


def keep_contact(connection: Connection, write: KeepContact, occasion: Occasion) -> None:
    """The person is one of the account, which is created if need be; what the card does not say stays as it is.

    Raises WriteConflict when the card was saved or discarded already.
    """
    card, before = _card(connection, write.file, occasion.viewer), Before()
    account_id = account_named(connection, write.account, occasion, before)
    before.note(connection, account_id, [name for name in (write.known_as, write.name) if name])
    _rename(connection, account_id, write)
    said = {"title": write.title, "phone": write.phone, "mail": write.mail}
    known = {name: value for name, value in said.items() if value}
    put = upsert(connection, contact).values(account_id=account_id, name=write.name, role="unknown", **known)
    keys = ["account_id", "name"]
    connection.execute(put.on_conflict_do_update(index_elements=keys, set_=known or {"name": write.name}))
    drop_file(connection, DropFile(write.file, occasion.viewer.rep), occasion)
    way_back = {**before.as_json(connection), "file": card}
    keep_change(connection, Done(write.file, ChangeKind.CONTACT, write.name, way_back), occasion)


def _card(connection: Connection, file_id: str, viewer: Viewer) -> Facts:
    """The photo's row without the picture. Raises WriteConflict when it is gone."""
    mine = (kept_file.c.id == file_id) & (kept_file.c.rep_id == viewer.rep)
    columns = [column for column in kept_file.c if column.name not in {"id", "content", "state"}]
    row = connection.execute(select(*columns).where(mine)).mappings().first()
    if row is None:
        raise WriteConflict("the card is closed")
    return {**row, "sent_at": row["sent_at"].isoformat()}


def _rename(connection: Connection, account_id: str, write: KeepContact) -> None:
    """Who was known by another name goes by the card's from now on, and is still found by the old one."""
    if not write.known_as or write.known_as == write.name:
        return
    there = contact.c.account_id == account_id
    connection.execute(delete(contact).where(there, contact.c.name == write.name))
    known = there & (contact.c.name == write.known_as)
    aliases = list(connection.scalar(select(contact.c.aliases).where(known)) or ())
    connection.execute(update(contact).where(known).values(name=write.name, aliases=[*aliases, write.known_as]))
