"""Comma-separated tables to text: each row a line that says what its columns are."""

from __future__ import annotations

import csv
import io

from knowledge.cleaning.approval_marks import is_mark, marked, names_wording, says_yes
from knowledge.loading.plain_text import decoded
from knowledge.loading.texts import RawText

_MOST_ROWS = 20_000


def read_csv(name: str, data: bytes) -> list[RawText]:
    """The table as one text."""
    text = decoded(name, data)
    dialect = csv.excel_tab if text[:4000].count("\t") > text[:4000].count(",") else csv.excel
    rows = [row for _, row in zip(range(_MOST_ROWS), csv.reader(io.StringIO(text), dialect), strict=False)]
    return [RawText(name, "", table_as_text(rows))]


def table_as_text(rows: list[list[str]]) -> str:
    """Rows as lines; with a header each value carries its column's name.

    Wording that the table marks as approved (its column is headed by a mark, or its row has one) gets a line of its own
    with the mark at its head.
    """
    rows = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2 or len(rows[0]) < 2 or not all(rows[0]):
        return "\n".join("，".join(cell for cell in row if cell) for row in rows)
    header, *body = rows
    lines: list[str] = []
    for row in body:
        approved = _approved_columns(header, row)
        named = [
            f"{column}：{cell}"
            for at, (column, cell) in enumerate(zip(header, row, strict=False))
            if cell and at not in approved
        ]
        lines += ["，".join(named) + "。"] if named else []
        lines += [line for at in sorted(approved) for line in marked(row[at])]
    return "\n".join(lines)


def _approved_columns(header: list[str], row: list[str]) -> set[int]:
    """Which cells of a row are approved wording."""
    cells = [(at, column, cell) for at, (column, cell) in enumerate(zip(header, row, strict=False)) if cell]
    under_mark = {at for at, column, cell in cells if is_mark(column) and not says_yes(cell)}
    says_so = any(is_mark(cell) or (is_mark(column) and says_yes(cell)) for _, column, cell in cells)
    return under_mark | {at for at, column, _ in cells if says_so and names_wording(column)}
