"""Tables as an Excel workbook, or as CSV files in an archive; no cell of theirs is ever a formula."""

import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence

from bot.domain.message import File
from bot.presenting.account_tables import Cell, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula; such a text gets an apostrophe before it."""
_CELL_INSIDE = re.compile(r"(?<=[;\t\r\n|])([\s\"']*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet that parts cells by another sign than the comma may see a formula begin."""
_UNSEEN = ("Cc", "Cs", "Cn")
_BOM = "\ufeff"
_WIDEST, _NARROWEST = 48, 8
_FORMATS: dict[type, str] = {datetime.datetime: "yyyy-mm-dd hh:mm", datetime.date: "yyyy-mm-dd"}


def workbook(tables: Sequence[Table], name: str) -> File:
    """One sheet for each table, its heading frozen; days are days, yuan are numbers."""
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name[:31])
        sheet.freeze_panes = "A2"
        for at, width in enumerate(_widths(table), 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        heading = [WriteOnlyCell(sheet, value=title) for title in table.header]
        for cell in heading:
            cell.font = Font(bold=True)
        sheet.append(heading)
        for row in table.rows:
            cells = [WriteOnlyCell(sheet, value=harmless(value)) for value in row]
            for at, (cell, value) in enumerate(zip(cells, row, strict=True)):
                if at in table.money:
                    cell.number_format = "#,##0.##"
                elif type(value) in _FORMATS:
                    cell.number_format = _FORMATS[type(value)]
            sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return File(f"{name}.xlsx", XLSX, content.getvalue())


def csv_archive(tables: Sequence[Table], name: str) -> File:
    """One CSV file for each table, in UTF-8 with the mark that Excel needs to see that."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            writer.writerow(table.header)
            writer.writerows([_written(value) for value in row] for row in table.rows)
            archive.writestr(f"{table.name}.csv", (_BOM + text.getvalue()).encode())
    return File(f"{name}.zip", ZIP, content.getvalue())


def harmless(value: Cell) -> Cell:
    """The value, a text that looks like a formula or holds control characters made plain."""
    if not isinstance(value, str):
        return value
    plain = "".join(sign for sign in value if sign in "\t\n\r" or unicodedata.category(sign) not in _UNSEEN)
    return f"'{plain}" if plain.lstrip().startswith(FORMULA_SIGNS) else plain


def _written(value: Cell) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else _CELL_INSIDE.sub(r"\1'", str(harmless(value)))


def _widths(table: Table) -> list[int]:
    """As wide as the longest of the first rows; a Chinese sign takes two."""
    shown = [table.header, *table.rows[:200]]
    longest = [max(_width(row[at]) for row in shown) for at in range(len(table.header))]
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in longest]


def _width(value: Cell) -> int:
    text = _written(value)
    return len(text) + sum(sign > "\u2e7f" for sign in text)
