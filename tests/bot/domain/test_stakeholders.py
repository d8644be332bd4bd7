"""The stakeholder map: one place for each person, and ties that hold now."""

from datetime import date

import pytest

from bot.domain.account import Account, AccountContact
from bot.domain.account_record import AccountRecord
from bot.domain.finding import Finding, FindingState, Speaker
from bot.domain.stakeholders import stakeholder_map

TODAY = date(2026, 11, 23)
PEOPLE = (
    AccountContact("a", "周董", "董事长", "decision_maker"),
    AccountContact("a", "李建国", "生产副总", "influencer", ("李总",)),
    AccountContact("a", "刘经理", None, "procurement"),
    AccountContact("a", "Dana Cole", "Plant manager", "user"),
)


def told(value: str, detail: str, *, topic: str = "relations", day: int = 1, fields: tuple[str, ...] = ()) -> Finding:
    on = date(2026, 11, day)
    return Finding(f"f{day}{value}", "a", "v", "r", on, topic, fields, value, "", Speaker.CUSTOMER, detail)


def record(*findings: Finding, people: tuple[AccountContact, ...] = PEOPLE) -> AccountRecord:
    newest = sorted(findings, key=lambda one: one.met_on, reverse=True)
    return AccountRecord(Account("a", "远山阀门", "r"), TODAY, people, findings=tuple(newest))


def ties(*findings: Finding) -> list[tuple[str, str]]:
    return [(one.who, one.to) for one in stakeholder_map(record(*findings)).ties]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("李总", "李建国"),
        ("采购", "刘经理"),
        ("生产", "李建国"),
        ("Dana", "Dana Cole"),
        ("purchasing", "刘经理"),
        ("财务", "财务"),
    ],
)
def test_a_name_or_a_department_finds_its_one_person(said: str, meant: str) -> None:
    assert ties(told(f"{said} → 周董", "reports_to")) == [(meant, "周董")]


def test_a_department_of_two_is_nobody_in_particular() -> None:
    people = (*PEOPLE, AccountContact("a", "赵经理", None, "procurement"))
    drawn = stakeholder_map(record(told("采购 → 周董", "reports_to"), people=people))
    assert [one.who for one in drawn.ties] == ["采购"]


def test_the_superior_told_last_holds_and_nobody_is_his_own() -> None:
    assert ties(told("李总 → 王总", "reports_to", day=1), told("李总 → 周董", "reports_to", day=9)) == [
        ("李建国", "周董")
    ]
    assert ties(told("李总 → 周董", "reports_to", day=9), told("周董 → 李总", "reports_to", day=1)) == [
        ("李建国", "周董")
    ]
    assert ties(told("李总 → 王总", "listens_to", day=1), told("李总 → 周董", "listens_to", day=9)) == [
        ("李建国", "周董"), ("李建国", "王总")
    ]  # fmt: skip
    assert ties(told("李总 → 李建国", "listens_to")) == []


def test_empty_layers_are_named_and_who_was_only_named_is_told_apart() -> None:
    helps = told("小何帮我们递话", "小何", topic="champion", fields=("downstairs.inside_coach",))
    decides = told("周董拍板", "周董", topic="authority", fields=("downstairs.decision_layer",))
    nobody = told("他说了算", "", topic="authority", fields=("downstairs.decision_layer",))
    drawn = stakeholder_map(record(helps, decides, nobody, people=PEOPLE[:1]))
    assert drawn.empty == ("influence_layer", "execution_layer")
    layers = {layer.field: [(one.name, one.is_met) for one in layer.people] for layer in drawn.layers}
    assert layers["decision_layer"] == [("周董", True)]
    assert layers["inside_coach"] == [("小何", False)]


def test_a_disputed_tie_keeps_its_finding() -> None:
    disputed = Finding(
        "f", "a", "v", "r", TODAY, "relations", (), "李总 → 周董", "", Speaker.CUSTOMER, "reports_to",
        state=FindingState.CONTRADICTED,
    )  # fmt: skip
    [tie] = stakeholder_map(record(disputed)).ties
    assert tie.finding.state is FindingState.CONTRADICTED
