"""What reps changed and how it was before, so that it can be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.domain.changes import UNDO_FOR, ChangeKind
from bot.domain.writes import ImportAccounts, MergeAccounts, RenameAccount, TakeBack
from bot.errors import WriteConflict
from bot.storage.account_changes import merge, rename, unmerge, unname
from bot.storage.account_import import import_accounts, unimport
from bot.storage.database import upsert
from bot.storage.occasion import Occasion
from bot.storage.saved_before import unkeep, unsave
from bot.storage.tables import change
from bot.storage.visit_events import announce_withdrawn, visits_of

_UNDO: Mapping[ChangeKind, Callable[[Connection, str, Mapping[str, Any]], None]] = {
    ChangeKind.SAVED: unsave,
    ChangeKind.CONTACT: unkeep,
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


def keep_change(connection: Connection, done: Done, occasion: Occasion) -> None:
    """Remember a change; the same draft saved again replaces its former one."""
    values = {
        "kind": done.kind.value,
        "subject": done.subject[:_SUBJECT],
        "before": dict(done.before),
        "at": occasion.now,
        "undone_at": None,
    }
    put = upsert(connection, change).values(id=done.id, rep_id=occasion.viewer.rep, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=values))


def merge_accounts(connection: Connection, write: MergeAccounts, occasion: Occasion) -> None:
    """Two accounts become one. Raises WriteConflict where this viewer may not."""
    done = Done(write.change, ChangeKind.MERGED, *merge(connection, write, occasion.viewer))
    keep_change(connection, done, occasion)


def rename_account(connection: Connection, write: RenameAccount, occasion: Occasion) -> None:
    """An account gets another name. Raises WriteConflict where this viewer may not."""
    done = Done(write.change, ChangeKind.RENAMED, *rename(connection, write, occasion.viewer))
    keep_change(connection, done, occasion)


def take_table_in(connection: Connection, write: ImportAccounts, occasion: Occasion) -> None:
    """The accounts and people of a table are added; the same table again adds nothing."""
    added = import_accounts(connection, write, occasion.now, occasion.new_id)
    if added is not None:
        keep_change(
            connection,
            Done(write.change, ChangeKind.IMPORTED, write.name, added),
            replace(occasion, author=write.viewer),
        )


def take_back(connection: Connection, write: TakeBack, occasion: Occasion) -> None:
    """Undo a change of the viewer's own. Raises WriteConflict when there is none, or it was undone already."""
    gone = visits_of(connection, write.change) if occasion.announces else ()
    mine = (change.c.id == write.change) & (change.c.rep_id == occasion.viewer.rep) & change.c.undone_at.is_(None)
    row = connection.execute(select(change).where(mine)).first()
    if row is None or connection.execute(update(change).where(mine).values(undone_at=occasion.now)).rowcount != 1:
        raise WriteConflict("nothing to take back")
    _UNDO[ChangeKind(row.kind)](connection, row.id, row.before)
    announce_withdrawn(connection, gone, occasion)


def forget_old_changes(connection: Connection, now: datetime) -> None:
    """Changes whose time is over are not kept longer than they can be taken back."""
    for kind, time in UNDO_FOR.items():
        connection.execute(delete(change).where(change.c.kind == kind.value, change.c.at < now - time))
