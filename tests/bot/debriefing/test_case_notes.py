from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debriefing.case_notes import case_note
from bot.domain.team_cases import CaseSharing
from bot.domain.visit import Budget, Contact, Objection, Stage, Timeline, VisitNote

DAY = date(2026, 11, 23)
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总"),),
    pains=("邱总说换一次模具要停半天，一年多花八十万",),
    objections=(Objection("周总嫌贵，让打他电话13800138000"),),
    authority="周总拍板",
    budget=Budget("预算一百八十万", 1_800_000),
    timeline=Timeline("年底前"),
    stage=Stage.QUOTE,
)
ENGLISH = VisitNote(
    account="Hillside Valves",
    contacts=(Contact("Dana Cole"),),
    pains=("Dana says a mould change costs them 20,000 yuan a week",),
    objections=(Objection("Dana Cole worries about delivery, call +44 20 7946 0958"),),
)


def text(note: VisitNote, **allowed: bool) -> str:
    case = case_note(note, DAY, CaseSharing(is_on=True, **allowed))
    assert case is not None
    return case.text


def test_names_phones_and_sums_are_left_out_unless_the_team_wants_them() -> None:
    told = text(NOTE)
    for secret in ("邱总", "周总", "13800138000", "八十万", "一百八十万"):
        assert secret not in told
    assert "换一次模具要停半天" in told
    assert "报价" in told
    open_case = text(NOTE, with_people=True, with_amounts=True)
    for kept in ("邱总", "周总拍板", "13800138000", "八十万", "预算一百八十万"):
        assert kept in open_case


def test_the_same_in_english() -> None:
    told = text(ENGLISH)
    for secret in ("Dana", "Cole", "20,000", "7946"):
        assert secret not in told
    assert "worries about delivery" in told


@pytest.mark.parametrize("note", [VisitNote(account="远山阀门", contacts=(Contact("邱总"),)), VisitNote(pains=("停",))])
def test_a_visit_without_a_lesson_or_an_account_is_no_case(note: VisitNote) -> None:
    assert case_note(note, DAY, CaseSharing(is_on=True)) is None


names = st.sampled_from(["邱总", "王建国", "Dana Cole", "小李"])


@given(names, names, st.text("停机预算贵 ，。", max_size=20))
def test_no_known_name_is_ever_left(met: str, known: str, said: str) -> None:
    note = VisitNote(account="远山阀门", contacts=(Contact(met),), pains=(f"{said}{known}{said}", f"{met}说{said}"))
    case = case_note(note, DAY, CaseSharing(is_on=True), people=[known])
    assert case is not None
    assert met not in case.text
    assert known not in case.text
