"""A visit note as plain JSON values and back: the form of batches, exports and web-hooks."""

from collections.abc import Mapping
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


@cache
def _adapter() -> TypeAdapter[VisitNote]:
    return TypeAdapter(VisitNote)
