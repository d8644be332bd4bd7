"""A table as rows of plain text with their numbers, from Excel or CSV in whatever encoding it was saved."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from bot.errors import WordsForRep

ENDINGS = (".xlsx", ".csv")
MOST_ROWS = 20_000
_MOST_COLUMNS = 100
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` as the spreadsheet shows it. Formulas nobody computed are named by their column."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


def rows_of(name: str, content: bytes) -> list[Row]:
    """The rows that hold something, of the first sheet. Raises WordsForRep for what cannot be read."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise WordsForRep("import.only_tables")
    rows = [row for row in (_excel(content) if ending == ".xlsx" else _csv(content)) if any(row.cells) or row.formulas]
    if not rows:
        raise WordsForRep("import.empty")
    return rows


def _excel(content: bytes) -> Iterator[Row]:
    """Merged cells hold their value in each of their rows; formulas hold what was computed last."""
    from openpyxl import load_workbook  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped, unused-ignore]

    try:
        _check_size(load_workbook(io.BytesIO(content), read_only=True).worksheets[0])
        values = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        written = load_workbook(io.BytesIO(content)).worksheets[0] if _has_formulas(content) else values
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise WordsForRep("import.broken") from error
    merged = _merged(values)
    for number, (cells, formulas) in enumerate(zip(values.iter_rows(), written.iter_rows(), strict=False), 1):
        texts = tuple(_text(merged.get((number, at), cell.value)) for at, cell in enumerate(cells, 1))
        open_ones = [at for at, cell in enumerate(formulas) if cell.data_type == "f" and not texts[at]]
        yield Row(number, texts[:_MOST_COLUMNS], frozenset(open_ones))


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return any(b"<f" in archive.read(name) for name in sheets)


def _check_size(sheet: Any) -> None:  # noqa: ANN401
    if (sheet.max_row or 0) > MOST_ROWS:
        raise WordsForRep("import.too_long", {"most": MOST_ROWS})


def _merged(sheet: Any) -> dict[tuple[int, int], object]:  # noqa: ANN401
    """The value of a cell merged over several rows, for each of them."""
    found: dict[tuple[int, int], object] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        found |= {(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)}
    return found


def _csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    if text.count("\n") > MOST_ROWS:
        raise WordsForRep("import.too_long", {"most": MOST_ROWS})
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        before = 0
        for cells in reader:
            yield Row(before + 1, tuple(_text(cell) for cell in cells[:_MOST_COLUMNS]))
            before = reader.line_num
    except csv.Error as error:
        raise WordsForRep("import.broken") from error


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else as Chinese Excel saves it."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if is_wide else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise WordsForRep("import.broken")


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(",;\t|", key=first.count)


def _text(value: object) -> str:
    """A cell as text; the apostrophe that keeps a text from being a formula is none of it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())[:_LONGEST]
    return text[1:] if text.startswith("'") and text[1:2] in "=+-@" else text
