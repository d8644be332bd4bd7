"""Drafts of reps: kept as they change, closed when they are saved or discarded."""

from sqlalchemy import Connection, update

from bot.domain.rep import Viewer
from bot.domain.visit_json import note_as_json
from bot.domain.writes import DiscardDraft, KeepDraft
from bot.errors import WriteConflict
from bot.storage.database import upsert
from bot.storage.draft_progress import progress_of
from bot.storage.occasion import Occasion
from bot.storage.tables import draft

OPEN, SAVED, DISCARDED = "open", "saved", "discarded"


def keep_draft(connection: Connection, write: KeepDraft, occasion: Occasion) -> None:
    """Keep a draft of the viewer's own; a saved or discarded one is left alone (WriteConflict)."""
    kept, viewer = write.draft, occasion.viewer
    values = {
        "words": kept.words,
        "heard_on": kept.heard_on,
        "notes": [note_as_json(note) for note in kept.notes],
        "progress": progress_of(kept),
        "changed_at": occasion.now,
    }
    put = upsert(connection, draft).values(id=kept.id, rep_id=viewer.rep, status=OPEN, **values)
    mine = (draft.c.rep_id == viewer.rep) & (draft.c.status == OPEN)
    kept_one = put.on_conflict_do_update(index_elements=["id"], set_=values, where=mine).returning(draft.c.id)
    if connection.execute(kept_one).first() is None:
        raise WriteConflict("the draft is closed")


def discard_draft(connection: Connection, write: DiscardDraft, occasion: Occasion) -> None:
    """Close a draft of the viewer's own without saving it."""
    close_draft(connection, write.draft, occasion.viewer, DISCARDED)


def close_draft(connection: Connection, draft_id: str, viewer: Viewer, status: str) -> None:
    """An open draft of the viewer's own is saved or discarded. Raises WriteConflict when it is closed already."""
    mine = (draft.c.id == draft_id) & (draft.c.rep_id == viewer.rep) & (draft.c.status == OPEN)
    if connection.execute(update(draft).where(mine).values(status=status)).rowcount != 1:
        raise WriteConflict("the draft is closed")
