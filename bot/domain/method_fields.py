"""Which fields of the methods a part of a visit note fills, read from `method_fields.toml`; `method.field` each."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from bot.domain.open_points import OpenPoint
from bot.domain.visit import VisitNote


def topics() -> tuple[str, ...]:
    """The parts of a note that tell something of the methods, in the order they are kept."""
    return tuple(_data()["topics"])


def fields_of(topic: str) -> tuple[str, ...]:
    """What a topic of a note fills."""
    return tuple(_data()["topics"].get(topic, ()))


def fields_of_role(role: str) -> tuple[str, ...]:
    """What knowing a person of this role fills."""
    return tuple(_data()["roles"].get(role, ()))


def fields_of_point(point: OpenPoint) -> tuple[str, ...]:
    """What an answer to this point would fill."""
    topics = _data()["points"].get(point.value, [point.value])
    return tuple(field for topic in topics for field in fields_of(topic))


def fields_not_discussed(notes: Iterable[VisitNote]) -> frozenset[str]:
    """What the rep said was not discussed."""
    points = {point for note in notes for point in note.not_discussed}
    return frozenset(field for point in points for field in fields_of_point(point))


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files("bot.domain").joinpath("method_fields.toml").read_text("utf-8"))
