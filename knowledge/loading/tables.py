"""Comma-separated tables to text: each row a line that says what its columns are."""

from __future__ import annotations

import csv
import io

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
    """Rows as lines; with a header each value carries its column's name."""
    rows = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2 or len(rows[0]) < 2 or not all(rows[0]):
        return "\n".join("，".join(cell for cell in row if cell) for row in rows)
    header, *body = rows
    return "\n".join(
        "，".join(f"{column}：{cell}" for column, cell in zip(header, row, strict=False) if cell) + "。" for row in body
    )
