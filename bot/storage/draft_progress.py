"""What was asked, chosen and changed while a draft is open, as JSON beside its notes and back."""

from dataclasses import replace
from typing import Any

from bot.domain.account import Draft, Meant
from bot.domain.open_points import OpenPoint
from bot.domain.visit_json import note_as_json, notes_from_json


def progress_of(draft: Draft) -> dict[str, Any] | None:
    """The draft's progress, None while there is none."""
    if not (draft.meant or draft.asked or draft.earlier):
        return None
    return {
        "meant": [[one.heard, one.name, one.account] for one in draft.meant],
        "asked": [[point.value for point in points] for points in draft.asked],
        "earlier": [[note_as_json(note) for note in notes] for notes in draft.earlier],
    }


def with_progress(draft: Draft, progress: dict[str, Any] | None) -> Draft:
    """The draft with the progress that was stored; the other way round."""
    if not progress:
        return draft
    return replace(
        draft,
        meant=tuple(Meant(*one) for one in progress["meant"]),
        asked=tuple(tuple(map(OpenPoint, points)) for points in progress["asked"]),
        earlier=tuple(notes_from_json(notes) for notes in progress["earlier"]),
    )
