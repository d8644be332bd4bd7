"""Lists as customers keep them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.styles import Font

from bot.domain.account import Account, AccountContact
from bot.importing.plan import Known


def archive(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def excel(
    rows: Sequence[Sequence[object]],
    *,
    merged: Sequence[str] = (),
    bold: Sequence[str] = (),
    others: Mapping[str, Sequence[Sequence[object]]] = MappingProxyType({}),
    damaged: bool = False,
) -> bytes:
    """A workbook; `bold` are cells formatted though empty, `damaged` makes its sheet no XML."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    for cell in bold:
        book.active[cell].font = Font(bold=True)
    for title, lines in others.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    if not damaged:
        return content.getvalue()
    with zipfile.ZipFile(content) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return archive({**parts, "xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})


KNOWN = Known(
    (Account("a1", "远山阀门有限公司", "r1", ("远山",)), Account("a2", "华康医院", "r1")),
    (AccountContact("a1", "邱总", "生产副总", "user"),),
    {"小王": "r2"},
    "me",
)
