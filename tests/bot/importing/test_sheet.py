import csv
import io

import pytest

from bot.errors import WordsForRep
from bot.importing.sheet import MOST_ROWS, rows_of, unread_in
from tests.bot.importing.lists import archive, excel

CSV = "客户名称,联系人\r\n远山阀门,邱总\r\n\r\n华康医院,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_is_read_in_whatever_encoding(encoding: str) -> None:
    rows = rows_of("名单.csv", CSV.encode(encoding))
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("客户名称", "联系人")), (2, ("远山阀门", "邱总")), (4, ("华康医院", ""))
    ]  # fmt: skip


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_seen(separator: str) -> None:
    assert rows_of("x.csv", f"account{separator}contact\na{separator}b\n".encode())[1].cells == ("a", "b")


def test_quoted_cells_may_hold_lines_and_the_numbers_stay_right() -> None:
    rows = rows_of("x.csv", b'account,note\n"a","one\ntwo"\nb,c\n')
    assert [(row.number, row.cells[0]) for row in rows] == [(1, "account"), (2, "a"), (4, "b")]
    assert rows[1].cells[1] == "one two"


def test_merged_cells_hold_their_value_in_every_row() -> None:
    content = excel([["客户", "联系人"], ["远山阀门", "邱总"], [None, "李经理"], [None, None]], merged=["A2:A3"])
    assert [row.cells for row in rows_of("x.xlsx", content)] == [
        ("客户", "联系人"), ("远山阀门", "邱总"), ("远山阀门", "李经理")
    ]  # fmt: skip


def test_formulas_without_a_value_are_known_as_such() -> None:
    rows = rows_of("x.xlsx", excel([["客户", "联系人"], ["=A9", "邱总"], ["'=1+1", 138]]))
    assert rows[1].formulas == {0}
    assert rows[1].cells == ("", "邱总")
    assert rows[2].cells == ("=1+1", "138")


@pytest.mark.parametrize("written", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "=1+1"])
def test_a_formula_in_a_csv_file_is_no_text(written: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["客户", "联系人"], [written, "邱总"]])
    row = rows_of("x.csv", text.getvalue().encode())[1]
    assert (row.cells, row.formulas) == (("", "邱总"), {0})


@pytest.mark.parametrize(("written", "read"), [("'=1+1", "=1+1"), ('="00123"', "00123"), ("+86 138", "+86 138")])
def test_what_a_spreadsheet_was_told_to_take_as_text_is_text(written: str, read: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["客户", "电话"], ["远山阀门", written]])
    row = rows_of("x.csv", text.getvalue().encode())[1]
    assert (row.cells[1], row.formulas) == (read, frozenset())


def test_fillers_errors_and_unseen_signs_are_nothing() -> None:
    text = "客户,联系人,职务\n\u200b远山阀门\ufeff,暂无,#N/A\n华康医院,-,无\n"
    assert [row.cells for row in rows_of("x.csv", text.encode())[1:]] == [("远山阀门", "", ""), ("华康医院", "", "")]


def test_empty_lines_do_not_count_however_many() -> None:
    content = "客户,联系人\n远山阀门,邱总\n".encode() + b",,\n" * (MOST_ROWS + 5)
    assert len(rows_of("x.csv", content)) == 2


def test_a_sheet_formatted_to_its_last_row_is_read() -> None:
    content = excel([["客户", "联系人"], ["远山阀门", "邱总"]], bold=["A1048576", "XFD9"], merged=["C1:C1048576"])
    assert [row.cells[:2] for row in rows_of("x.xlsx", content)] == [("客户", "联系人"), ("远山阀门", "邱总")]


def test_sheets_behind_the_first_are_named_unless_empty() -> None:
    content = excel([["客户"], ["远山阀门"]], others={"联系人": [["客户", "联系人"]], "Sheet3": []})
    assert unread_in("x.xlsx", content) == ("联系人",)
    assert unread_in("x.csv", b"a") == ()


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("x.xls", b"abc", "import.only_tables"),
        ("x.pdf", b"%PDF", "import.only_tables"),
        ("x.xlsx", b"no zip at all", "import.broken"),
        ("x.xlsx", b"PK\x03\x04broken", "import.broken"),
        ("x.csv", b"", "import.empty"),
        ("x.csv", b"\xff\xff\xff\x00\x01", "import.broken"),
        ("x.csv", b"a\n" * (MOST_ROWS + 2), "import.too_long"),
        ("x.xlsx", archive({"xl/workbook.xml": b"<workbook"}), "import.broken"),
        ("x.xlsx", archive({"xl/worksheets/sheet1.xml": b" " * (101 << 20)}), "import.too_long"),
        ("x.xlsx", excel([["客户"]], damaged=True), "import.broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_said(name: str, content: bytes, key: str) -> None:
    with pytest.raises(WordsForRep) as caught:
        rows_of(name, content)
    assert caught.value.key == key
