"""Lists as customers keep them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from bot.domain.account import Account, AccountContact
from bot.importing.plan import Known


def excel(rows: Sequence[Sequence[object]], *, merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


KNOWN = Known(
    (Account("a1", "远山阀门有限公司", "r1", ("远山",)), Account("a2", "华康医院", "r1")),
    (AccountContact("a1", "邱总", "生产副总", "user"),),
    {"小王": "r2"},
    "me",
)
