import json
from datetime import date

import pytest

from bot.domain.visit import (
    Budget,
    BudgetStatus,
    Contact,
    Objection,
    ObjectionKind,
    Party,
    Role,
    Stage,
    Timeline,
    VisitCommitment,
    VisitNote,
    pointers_of,
)
from bot.domain.visit_json import note_as_json, note_from_json

FULL = VisitNote(
    account="青禾食品",
    visit_date=date(2026, 3, 18),
    contacts=(Contact("欧阳总", "生产副总", Role.USER),),
    needs=("自动称重",),
    pains=("每班报废两百袋",),
    objections=(Objection("比现在的贵", ObjectionKind.PRICE),),
    competitors=("博达",),
    budget=Budget("一百八十来万", 1_800_000, BudgetStatus.PENDING),
    authority="董事长",
    timeline=Timeline("月底前定", date(2026, 3, 31)),
    decision_process="先试机再上会",
    decision_criteria=("交期",),
    champion="欧阳总",
    commitments=(VisitCommitment(Party.US, "带样机去试", date(2026, 3, 24)),),
    stage=Stage.TRIAL,
    evidence={"/account": "青禾食品"},
)


@pytest.mark.parametrize("note", [FULL, VisitNote(), VisitNote(timeline=Timeline("五一后"))])
def test_a_note_survives_the_way_through_json(note: VisitNote) -> None:
    assert note_from_json(json.loads(json.dumps(note_as_json(note)))) == note


def test_json_speaks_plain_words_and_numbers() -> None:
    values = note_as_json(FULL)
    assert values["budget"] == {"text": "一百八十来万", "amount_cny": 1800000, "status": "pending"}
    assert values["commitments"] == [{"who": "us", "action": "带样机去试", "due": "2026-03-24"}]
    assert values["stage"] == "试用测试"


def test_a_value_outside_the_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="boss"):
        note_from_json({"contacts": [{"name": "周总", "title": None, "role": "boss"}]})


def test_every_value_but_the_mood_needs_a_pointer() -> None:
    assert set(pointers_of(FULL)) == {
        "/account", "/visit_date", "/budget", "/authority", "/timeline", "/decision_process", "/champion", "/stage",
        "/contacts/0", "/needs/0", "/pains/0", "/objections/0", "/competitors/0", "/decision_criteria/0",
        "/commitments/0",
    }  # fmt: skip
    assert pointers_of(VisitNote()) == ()
