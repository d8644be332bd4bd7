"""What reps changed and how it was before, so that it can be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.domain.changes import UNDO_FOR, ChangeKind
from bot.domain.rep import Viewer
from bot.domain.writes import ImportAccounts, MergeAccounts, RenameAccount
from bot.errors import WriteConflict
from bot.storage.account_changes import merge, rename, unmerge, unname
from bot.storage.account_import import import_accounts, unimport
from bot.storage.database import upsert
from bot.storage.saved_before import unsave
from bot.storage.tables import change

_UNDO: Mapping[ChangeKind, Callable[[Connection, str, Mapping[str, Any]], None]] = {
    ChangeKind.SAVED: unsave,
    ChangeKind.MERGED: unmerge,
    ChangeKind.RENAMED: unname,
    ChangeKind.IMPORTED: unimport,
}
_SUBJECT = 400


@dataclass(frozen=True, slots=True)
class Done:
    """A change as it is kept: what it was, in the rep's words, and all that is needed to go back."""

    id: str
    kind: ChangeKind
    subject: str
    before: Mapping[str, Any]


def keep_change(connection: Connection, done: Done, viewer: Viewer, now: datetime) -> None:
    """Remember a change; the same draft saved again replaces its former one."""
    values = {
        "kind": done.kind.value,
        "subject": done.subject[:_SUBJECT],
        "before": dict(done.before),
        "at": now,
        "undone_at": None,
    }
    put = upsert(connection, change).values(id=done.id, rep_id=viewer.rep, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=values))


def merge_accounts(connection: Connection, write: MergeAccounts, viewer: Viewer, now: datetime) -> None:
    """Two accounts become one. Raises WriteConflict where this viewer may not."""
    done = Done(write.change, ChangeKind.MERGED, *merge(connection, write, viewer))
    keep_change(connection, done, viewer, now)


def rename_account(connection: Connection, write: RenameAccount, viewer: Viewer, now: datetime) -> None:
    """An account gets another name. Raises WriteConflict where this viewer may not."""
    done = Done(write.change, ChangeKind.RENAMED, *rename(connection, write, viewer))
    keep_change(connection, done, viewer, now)


def take_table_in(connection: Connection, write: ImportAccounts, now: datetime, new_id: Callable[[], str]) -> None:
    """The accounts and people of a table are added; the same table again adds nothing."""
    added = import_accounts(connection, write, now, new_id)
    if added is not None:
        keep_change(connection, Done(write.change, ChangeKind.IMPORTED, write.name, added), write.viewer, now)


def take_back(connection: Connection, change_id: str, viewer: Viewer, now: datetime) -> None:
    """Undo a change of the viewer's own. Raises WriteConflict when there is none, or it was undone already."""
    mine = (change.c.id == change_id) & (change.c.rep_id == viewer.rep) & change.c.undone_at.is_(None)
    row = connection.execute(select(change).where(mine)).first()
    if row is None or connection.execute(update(change).where(mine).values(undone_at=now)).rowcount != 1:
        raise WriteConflict("nothing to take back")
    _UNDO[ChangeKind(row.kind)](connection, row.id, row.before)


def forget_old_changes(connection: Connection, now: datetime) -> None:
    """Changes whose time is over are not kept longer than they can be taken back."""
    for kind, time in UNDO_FOR.items():
        connection.execute(delete(change).where(change.c.kind == kind.value, change.c.at < now - time))
