import time

import pytest

from bot.domain.account import Account
from bot.errors import WordsForRep
from bot.importing.columns import columns_of
from bot.importing.plan import Known, Plan, plan_of
from bot.importing.report import report_of
from bot.importing.sheet import Row, rows_of
from bot.wording.phrasebook import Phrasebook
from tests.bot.importing.lists import KNOWN, excel


def table(*lines: str) -> list[Row]:
    return [Row(number, tuple(line.split("|"))) for number, line in enumerate(lines, 1) if line]


def planned(*lines: str, known: Known = KNOWN) -> Plan:
    return plan_of(table(*lines), known)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("客户名称|联系人|职务|手机", {"account": 0, "person": 1, "title": 2, "phone": 3}),
        ("序号|单位名称*|对接人：|岗位|业务员", {"account": 1, "person": 2, "title": 3, "owner": 4}),
        ("Company Name|Contact|Job Title|Owner", {"account": 0, "person": 1, "title": 2, "owner": 3}),
        ("Compnay name|Contact name", {"account": 0, "person": 1}),
    ],
)
def test_headings_are_known_in_both_languages_and_with_typing_errors(headings: str, fields: dict) -> None:
    columns = columns_of(table(headings))
    assert columns is not None
    assert columns.positions == fields


def test_a_title_may_stand_above_the_headings_and_unknown_columns_are_named() -> None:
    columns = columns_of(table("2026 年客户名单||", "客户|联系人|星座"))
    assert columns is not None
    assert (columns.number, columns.unused) == (2, ("星座",))


@pytest.mark.parametrize("headings", ["型号|单价|数量", "联系人|电话", ""])
def test_a_table_without_accounts_is_none(headings: str) -> None:
    assert columns_of(table(headings)) is None
    with pytest.raises(WordsForRep, match=r"import\.no_columns"):
        planned(headings)


def test_new_accounts_come_with_their_people_owner_and_aliases() -> None:
    plan = planned(
        "客户|简称|联系人|职务|角色|负责人",
        "三江泵业|三江、SJ|陈工|工程师|使用人|小王",
        "三江泵业||周总|总经理|拍板人|",
    )
    [account] = plan.imported()
    assert (account.name, account.owner, account.aliases) == ("三江泵业", "r2", ("三江", "SJ"))
    assert [(one.name, one.title, one.role) for one in account.people] == [
        ("陈工", "工程师", "user"), ("周总", "总经理", "decision_maker")
    ]  # fmt: skip


def test_phone_and_mail_come_along() -> None:
    [account] = planned("客户|联系人|手机号|邮箱", "三江泵业|陈工|+86 138|c@x.cn").imported()
    assert [(one.phone, one.mail) for one in account.people] == [("+86 138", "c@x.cn")]


def test_known_accounts_get_only_new_people_and_nothing_is_overwritten() -> None:
    plan = planned("客户|联系人|职务", "远山|邱总|总裁", "远山阀门有限公司|邱总|", "远山|李经理|采购")
    assert plan.new_accounts == []
    [account] = plan.imported()
    assert account.name == "远山阀门有限公司"
    assert [one.name for one in account.people] == ["李经理"]
    assert [(one.row, one.reason) for one in plan.left] == [(2, "person_differs"), (3, "known_person")]


def test_every_row_left_out_has_its_number_and_reason() -> None:
    plan = planned(
        "客户|联系人",
        "|邱总",
        "远山阀们有限公司|老李",
        "华康医院|",
        "三江泵业|",
        "三江泵业|",
        "三江泵业|陈工",
        "三江泵业|陈工",
        "长" * 201,
    )
    assert [(one.row, one.reason, one.about) for one in plan.left] == [
        (2, "no_account", ""),
        (3, "like_another", "远山阀门有限公司"),
        (4, "known_account", "华康医院"),
        (6, "twice", "三江泵业"),
        (8, "twice", "陈工"),
        (9, "too_long", "长" * 20),
    ]


def test_formulas_are_told_apart_from_empty_cells() -> None:
    rows = rows_of("x.xlsx", excel([["客户", "联系人"], ["=B9", "邱总"]]))
    assert [one.reason for one in plan_of(rows, KNOWN).left] == ["formula"]


def test_a_person_who_is_a_formula_is_told_too() -> None:
    rows = rows_of("x.csv", b"account,contact\nSanjiang,=cmd|x\n")
    plan = plan_of(rows, KNOWN)
    assert ([one.reason for one in plan.left], plan.is_empty) == (["formula"], True)


def test_headings_and_sums_between_the_rows_are_no_accounts() -> None:
    plan = planned("客户|联系人", "三江泵业|陈工", "客户|联系人", "北岭机床|周工", "合计：2|", "Total|", "总计算中心|")
    assert plan.new_accounts == ["三江泵业", "北岭机床", "总计算中心"]
    assert [(one.row, one.reason) for one in plan.left] == [(3, "no_row"), (5, "no_row"), (6, "no_row")]
    assert "第 3、5、6 行：是重复的表头或合计" in report_of(plan, Phrasebook("zh"), name="x").text


def test_owners_nobody_knows_are_named() -> None:
    plan = planned("客户|负责人", "三江泵业|老赵")
    assert plan.strangers == {"老赵"}
    assert plan.imported()[0].owner == "me"


def test_the_report_says_all_of_it_with_row_numbers() -> None:
    plan = planned("客户|联系人|星座", "三江泵业|陈工|狮子", "|邱总|", "远山阀们有限公司|老李|", "华康医院||")
    told = report_of(plan, Phrasebook("zh"), name="名单.xlsx").text
    assert "会新增：1 家客户、1 位联系人" in told
    assert "第 3 行：没写客户名" in told
    assert "第 4 行：跟已有的「远山阀门有限公司」太像" in told
    assert "没用上的列：星座" in told


def test_the_report_names_the_sheets_nobody_read() -> None:
    plan = plan_of(table("客户", "三江泵业"), KNOWN, ("联系人",))
    assert "没读的表：联系人" in report_of(plan, Phrasebook("zh"), name="名单.xlsx").text


def test_ten_thousand_rows_take_seconds() -> None:
    accounts = tuple(Account(f"a{number}", f"宁波第{number}阀门有限公司", "r1") for number in range(2000))
    rows = [Row(1, ("客户", "联系人"))]
    rows += [Row(number + 2, (f"温州{number * 7}号泵业有限公司", f"联系人{number}")) for number in range(10_000)]
    began = time.process_time()
    plan = plan_of(rows, Known(accounts, (), {}, "me"))
    assert len(plan.new_accounts) == 10_000
    assert time.process_time() - began < 30
