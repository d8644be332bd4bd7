"""A visit note as plain JSON values and back: the form of batches, exports and web-hooks."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import cast

from pydantic import TypeAdapter

from bot.domain.visit import VisitNote


def note_as_json(note: VisitNote) -> dict[str, object]:
    """The note in the shape of the visit-note schema, ready for json.dumps."""
    return cast(dict[str, object], _adapter().dump_python(note, mode="json"))


def note_from_json(values: Mapping[str, object]) -> VisitNote:
    """The note that these JSON values describe; raises ValueError where they break the schema."""
    return _adapter().validate_python(dict(values))


def notes_from_json(values: Iterable[Mapping[str, object]]) -> tuple[VisitNote, ...]:
    """Several notes; raises ValueError where one breaks the schema."""
    return tuple(map(note_from_json, values))


def fingerprint_of(notes: Iterable[VisitNote]) -> str:
    """Four signs that change when any of these notes does: enough to tell an old card from the present one."""
    written = json.dumps([note_as_json(note) for note in notes], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:4]


@cache
def _adapter() -> TypeAdapter[VisitNote]:
    return TypeAdapter(VisitNote)
