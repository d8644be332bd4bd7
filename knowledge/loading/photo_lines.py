"""Lines of text where they stand in a photo, and the order in which a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_GUTTER = 1.5
"""Line heights of white between two columns."""
_FEWEST_LINES = 3
_LEAST_WIDTH = 8
"""Line heights; narrower than this are the cells of a table, which are read across."""
_BAND = 0.8
"""Line heights of white between a heading and what stands below it."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands in a photo, in its pixels; the origin is at the top left."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A line of text in a photo; `confidence` from 0 to 1 is the reader's own."""

    text: str
    box: Box
    confidence: float


def in_reading_order(lines: Sequence[PhotoLine]) -> list[tuple[PhotoLine, ...]]:
    """The lines row by row: blocks downwards, columns of prose one after the other, rows from the left."""
    if len(lines) < 2:
        return [tuple(lines)] if lines else []
    high = median(line.box.height for line in lines)
    columns = _apart(lines, lambda box: (box.left, box.right), _GUTTER * high)
    if len(columns) > 1 and all(_is_prose(column, high) for column in columns):
        return [row for column in columns for row in in_reading_order(column)]
    bands = _apart(lines, lambda box: (box.top, box.bottom), _BAND * high)
    if len(bands) > 1:
        return [row for band in bands for row in in_reading_order(band)]
    return _rows(lines)


def _is_prose(column: Sequence[PhotoLine], high: float) -> bool:
    return len(column) >= _FEWEST_LINES and median(line.box.width for line in column) >= _LEAST_WIDTH * high


def _apart(lines: Sequence[PhotoLine], edges: Callable[[Box], tuple[int, int]], gap: float) -> list[list[PhotoLine]]:
    """The lines in groups with at least this much white between them."""
    ordered = sorted(lines, key=lambda line: edges(line.box))
    groups = [[ordered[0]]]
    reach = edges(ordered[0].box)[1]
    for line in ordered[1:]:
        begin, end = edges(line.box)
        if begin - reach >= gap:
            groups.append([])
        groups[-1].append(line)
        reach = max(reach, end)
    return groups


def _rows(lines: Sequence[PhotoLine]) -> list[tuple[PhotoLine, ...]]:
    ordered = sorted(lines, key=lambda line: line.box.top + line.box.bottom)
    rows = [[ordered[0]]]
    for before, line in pairwise(ordered):
        is_beside = line.box.top + line.box.height / 2 < before.box.bottom - before.box.height / 4
        if not is_beside or any(_overlap(line.box, other.box) for other in rows[-1]):
            rows.append([])
        rows[-1].append(line)
    return [tuple(sorted(row, key=lambda line: line.box.left)) for row in rows]


def _overlap(one: Box, other: Box) -> bool:
    """True when one stands above the other."""
    return min(one.right, other.right) - max(one.left, other.left) > min(one.width, other.width) / 4
