"""A practice as plain JSON values and back, so that it can be stored between two messages."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.practising.errors import UnreadableTalk
from bot.practising.simulation import PracticeState


def state_as_json(state: PracticeState) -> dict[str, Any]:
    """The state as JSON values."""
    stored: dict[str, Any] = TypeAdapter(PracticeState).dump_python(state, mode="json")
    return stored


def state_from_json(stored: Mapping[str, Any]) -> PracticeState:
    """The state that was stored. Raises UnreadableTalk when it is none."""
    try:
        return TypeAdapter(PracticeState).validate_python(dict(stored), strict=False)
    except ValidationError as error:
        raise UnreadableTalk(f"not a stored practice: {error.errors()[0]['loc']}") from error
