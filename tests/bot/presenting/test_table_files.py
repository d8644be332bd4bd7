"""The files are opened again by the readers that customers use."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.domain.account import Account, AccountBook, AccountContact, Commitment, Visit
from bot.domain.finding import Finding, FindingState, Speaker
from bot.domain.visit import Budget, BudgetStatus, Contact, Party, Stage, Timeline, VisitNote
from bot.presenting.account_tables import Reader, Table, account_tables
from bot.presenting.table_files import csv_archive, workbook
from bot.wording.phrasebook import Phrasebook

LINK = '=HYPERLINK("http://x","点我")'
DONE_AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总"),),
    budget=Budget("一百八十万还没批", 1_800_000, BudgetStatus.PENDING),
    timeline=Timeline("春节前", date(2027, 2, 5)),
    stage=Stage.TRIAL,
    evidence={"/pains/0": "累死了"},
)


def told(topic: str, value: str, **more: Any) -> Finding:
    values = {"quote": "累死了", "said_by": Speaker.CUSTOMER, **more}
    return Finding("f", "a1", "v1", "r1", date(2026, 11, 23), topic, (), value, **values)


BOOK = AccountBook(
    (Account("a1", "远山阀门", "r1", ("远山",)), Account("a2", "+86咨询", "r2")),
    (AccountContact("a1", "邱总", "生产副总", "user", phone="+86 138"), AccountContact("a1", "小李", None, "unknown")),
    (Visit("v1", "a1", "r1", date(2026, 11, 23), NOTE, datetime(2026, 11, 23, 10, 5, tzinfo=UTC)),),
    (
        Commitment("c1", "a1", "远山阀门", "r1", Party.US, "带样机去试", date(2026, 12, 1)),
        Commitment("c2", "a1", "远山阀门", "r1", Party.CUSTOMER, "给图纸", None, DONE_AT),
    ),
    (
        told("pains", LINK),
        told("budget", "一百八十万还没批", amount_cny=1_800_000.0, state=FindingState.CONFIRMED),
        told("timeline", "春节前", day=date(2027, 2, 5), said_by=Speaker.THIRD_PARTY),
    ),
)


def tables(language: str = "zh") -> tuple[Table, ...]:
    reader = Reader({"r1": "小林"}, ZoneInfo("Asia/Shanghai"), Phrasebook(language))
    return account_tables(BOOK, reader)


def opened(language: str = "zh"):
    file = workbook(tables(language), "accounts")
    assert file.name == "accounts.xlsx"
    return load_workbook(io.BytesIO(file.content))


def rows(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_the_workbook_has_a_sheet_for_each_table_with_days_and_numbers() -> None:
    book = opened()
    assert book.sheetnames == ["客户", "联系人", "拜访", "要点", "待办"]
    accounts = rows(book["客户"])
    assert accounts[0][:5] == ("客户", "别名", "负责人", "阶段", "预算（元）")
    assert accounts[1] == ("远山阀门", "远山", "小林", "试用测试", 1_800_000, datetime(2026, 11, 23), 1, 2, 1)
    assert book["客户"]["F2"].number_format == "yyyy-mm-dd"
    assert book["客户"].freeze_panes == "A2"
    visit = rows(book["拜访"])[1]
    assert visit == (
        "远山阀门", datetime(2026, 11, 23), "小林", "试用测试", "邱总", 1_800_000, datetime(2026, 11, 23, 18, 5)
    )  # fmt: skip
    assert rows(book["待办"])[1:] == [
        ("远山阀门", "我们", "带样机去试", datetime(2026, 12, 1), None, "小林"),
        ("远山阀门", "客户", "给图纸", None, datetime(2026, 11, 24), "小林"),
    ]


def test_headings_are_in_the_reps_language() -> None:
    book = opened("en")
    assert book.sheetnames == ["Accounts", "Contacts", "Visits", "Findings", "Actions"]
    assert rows(book["Contacts"])[1] == ("远山阀门", "邱总", "生产副总", "uses it", "'+86 138", None)


def test_no_cell_is_a_formula() -> None:
    book = opened()
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "'+86咨询" in [row[0] for row in rows(book["客户"])]
    assert any(str(row[3]).startswith("'=HYPERLINK") for row in rows(book["要点"]))


def test_own_words_stay_out() -> None:
    everything = str([rows(sheet) for sheet in opened()])
    assert "累死了" not in everything


def test_csv_opens_in_excel_with_chinese_and_without_formulas() -> None:
    file = csv_archive(tables(), "accounts")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.namelist() == ["客户.csv", "联系人.csv", "拜访.csv", "要点.csv", "待办.csv"]
        content = archive.read("要点.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert read[0] == ["客户", "拜访日期", "类别", "内容", "谁说的", "可信度", "预算（元）", "时间点"]
    assert read[1][2:4] == ["痛处", f"'{LINK}"]
    assert read[2][3:] == ["一百八十万还没批", "客户", "确认过", "1800000", ""]
    assert read[3][4:] == ["听别人说", "听到一次", "", "2027-02-05"]


@pytest.mark.parametrize("value", ["=1+1", "+86 138", "-5", "@SUM(A1)", "\t=1", " =1", "\n=1", "＝1+1", "＠SUM(A1)"])
def test_what_looks_like_a_formula_gets_an_apostrophe(value: str) -> None:
    book = load_workbook(io.BytesIO(workbook([Table("t", ("a",), ((value,),))], "t").content))
    assert book["t"]["A2"].value == f"'{value}"
    assert book["t"]["A2"].data_type != "f"


def test_control_characters_do_not_break_the_file() -> None:
    book = load_workbook(io.BytesIO(workbook([Table("t", ("a",), (("a\x00b\x1b",),))], "t").content))
    assert book["t"]["A2"].value == "ab"


@pytest.mark.parametrize("value", ["x;=cmd|' /C calc'!A0", "x\t=1+1", "x\n=1", 'x;"=1+1', "x|@SUM(A1)"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_formula_begins_in_a_csv_file_whatever_parts_its_cells(value: str, separator: str) -> None:
    file = csv_archive([Table("t", ("a", "b"), ((value, "y"),))], "t")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        text = archive.read("t.csv").decode("utf-8-sig")
    cells = [cell.strip(" \t\r\n\"'") for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    raw = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    live = [cell for cell, bare in zip(raw, cells, strict=True) if bare.startswith(("=", "@")) and "'" not in cell[:3]]
    assert live == []
