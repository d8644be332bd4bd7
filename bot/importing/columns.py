"""Which column of a table is what, by its heading: exactly by the names in `columns.toml`, else by likeness."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.importing.sheet import Row

ACCOUNT, PERSON = "account", "person"
FIELDS = ("account", "aliases", "owner", "person", "title", "role", "phone", "mail")
_SEARCHED = 10
"""So many rows from the top may stand above the headings."""
_LIKE = 86.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings found in row `number`: field → position, those nobody knows, and the one over the accounts."""

    number: int
    positions: Mapping[str, int]
    unused: tuple[str, ...]
    heading: str = ""

    def value(self, row: Row, field: str) -> str:
        """What a row says in this field."""
        at = self.positions.get(field, -1)
        return row.cells[at] if 0 <= at < len(row.cells) else ""

    def is_heading(self, row: Row) -> bool:
        """True when the headings stand there once more, as on every printed page."""
        return self.value(row, ACCOUNT) == self.heading

    def is_formula(self, row: Row, field: str) -> bool:
        """True when a formula stands there that nobody computed."""
        return self.positions.get(field, -1) in row.formulas


def columns_of(rows: Sequence[Row]) -> Columns | None:
    """The headings of a list of accounts; None when no column names them."""
    found = [_read(row) for row in rows[:_SEARCHED]]
    best = max(found, key=lambda columns: len(columns.positions), default=None)
    return best if best and ACCOUNT in best.positions else None


def role_meant(text: str) -> str:
    """The role a cell names, "unknown" for anything else."""
    folded = text.strip().lower()
    return next((role for role, names in _words()["roles"].items() if folded in names), "unknown")


def _read(row: Row) -> Columns:
    positions: dict[str, int] = {}
    unused = []
    for at, heading in enumerate(row.cells):
        field = _field(heading)
        if field and field not in positions:
            positions[field] = at
        elif heading:
            unused.append(heading)
    heading = row.cells[positions[ACCOUNT]] if ACCOUNT in positions else ""
    return Columns(row.number, positions, tuple(unused), heading)


def _field(heading: str) -> str:
    """The field a heading names, "" for none."""
    folded = heading.strip(" *：:（）()").lower()
    if not folded:
        return ""
    for field in FIELDS:
        if folded in _words()[field]["names"]:
            return field
    return _like(folded)


def _like(folded: str) -> str:
    from rapidfuzz import fuzz

    likeness = {field: max(fuzz.ratio(folded, name) for name in _words()[field]["names"]) for field in FIELDS}
    best = max(likeness, key=lambda field: likeness[field])
    return best if likeness[best] >= _LIKE else ""


@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files("bot.importing").joinpath("columns.toml").read_text("utf-8"))
