import pytest

from bot.errors import WordsForRep
from bot.importing.sheet import MOST_ROWS, rows_of
from tests.bot.importing.lists import excel

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
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes, key: str) -> None:
    with pytest.raises(WordsForRep) as caught:
        rows_of(name, content)
    assert caught.value.key == key
