"""A table as rows of plain text with their numbers, from Excel or CSV in whatever encoding it was saved."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from bot.errors import WordsForRep

ENDINGS = (".xlsx", ".csv")
MOST_ROWS = 20_000
_MOST_COLUMNS = 100
_LONGEST = 500
_MOST_XML = 100 << 20
"""The bytes of all parts of a workbook when they are unpacked."""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError),
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError),
)
"""What openpyxl stumbles with over a broken or locked file."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_AS_TEXT = re.compile(r"'(?P<text>[=+\-@＝＋－＠].*)|=\"(?P<quoted>[^\"]*)\"")
"""How a spreadsheet is told that a text is no formula: an apostrophe before it, or ="00123"."""
_FILLER = re.compile(
    r"[-—–/\\.*?？]+|无|暂无|没有|未知|不详|空|n/?a|none|null|nil|nan|unknown|tbd|#(?:n/a|ref!|value!|name\?|div/0!|null!|num!)",
    re.IGNORECASE,
)
"""What people and spreadsheets write where they know nothing."""


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
    rows: list[Row] = []
    for row in _excel(content) if ending == ".xlsx" else _csv(content):
        if any(row.cells) or row.formulas:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise WordsForRep("import.too_long", {"most": MOST_ROWS})
    if not rows:
        raise WordsForRep("import.empty")
    return rows


def unread_in(name: str, content: bytes) -> tuple[str, ...]:
    """The names of the sheets behind the first that hold something; of a table that could be read."""
    if PurePath(name).suffix.lower() != ".xlsx":
        return ()
    from openpyxl import load_workbook  # type: ignore[import-not-found, import-untyped, unused-ignore]

    _, *others = load_workbook(io.BytesIO(content), read_only=True).worksheets
    return tuple(sheet.title for sheet in others if any(any(row) for row in sheet.iter_rows(values_only=True)))


def _excel(content: bytes) -> Iterator[Row]:
    """Merged cells hold their value in each of their rows; formulas hold what was computed last."""
    try:
        values, written, last = _opened(content)
    except _BROKEN as error:
        raise WordsForRep("import.broken") from error
    merged = _merged(values, last)
    bounds = {"max_row": last, "max_col": min(values.max_column, _MOST_COLUMNS)}
    pairs = zip(values.iter_rows(**bounds), written.iter_rows(**bounds), strict=True)
    for number, (cells, formulas) in enumerate(pairs, 1):
        texts = [_text(merged.get((number, at), cell.value)) for at, cell in enumerate(cells, 1)]
        open_ones = [at for at, cell in enumerate(formulas) if cell.data_type == "f" and not texts[at]]
        yield _row(number, texts, open_ones)


def _opened(content: bytes) -> tuple[Any, Any, int]:
    """The first sheet with its values, with its formulas, and the number of its last row that holds something."""
    from openpyxl import load_workbook  # type: ignore[import-not-found, import-untyped, unused-ignore]

    has_formulas = _looked_into(content)
    streamed = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    streamed.reset_dimensions()
    filled, last = 0, 1
    for number, cells in enumerate(streamed.iter_rows(values_only=True), 1):
        if any(cell is not None for cell in cells):
            filled, last = filled + 1, number
        if filled > MOST_ROWS:
            raise WordsForRep("import.too_long", {"most": MOST_ROWS})
    values = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    return values, load_workbook(io.BytesIO(content)).worksheets[0] if has_formulas else values, last


def _looked_into(content: bytes) -> bool:
    """True when a sheet has formulas. Raises WordsForRep for an archive that is blown up."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_XML:
            raise WordsForRep("import.too_long", {"most": MOST_ROWS})
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return any(b"<f" in archive.read(name) for name in sheets)


def _merged(sheet: Any, last: int) -> dict[tuple[int, int], object]:  # noqa: ANN401
    """The value of a cell merged over several rows, for each of them."""
    found: dict[tuple[int, int], object] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        found |= {(row, area.min_col): value for row in range(area.min_row, min(area.max_row, last) + 1)}
    return found


def _csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        before = 0
        for cells in reader:
            yield _row(before + 1, [_text(cell) for cell in cells[:_MOST_COLUMNS]], ())
            before = reader.line_num
    except csv.Error as error:
        raise WordsForRep("import.broken") from error


def _row(number: int, texts: Sequence[str], formulas: Iterable[int]) -> Row:
    """The row without what only fills a cell; a text that would be a formula is one that nobody computed."""
    kept = [_AS_TEXT.fullmatch(text) for text in texts]
    written = [at for at, text in enumerate(texts) if text.startswith("=") and not kept[at]]
    plain = [(told["text"] or told["quoted"] or "") if told else text for told, text in zip(kept, texts, strict=True)]
    said = ("" if at in written or _FILLER.fullmatch(text) else text for at, text in enumerate(plain))
    return Row(number, tuple(said), frozenset([*formulas, *written]))


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
    """A cell as text; signs nobody sees are none of it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    seen = "".join(sign for sign in str(value) if unicodedata.category(sign) not in _UNSEEN or sign.isspace())
    return " ".join(seen.split())[:_LONGEST]
