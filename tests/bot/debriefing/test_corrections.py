from dataclasses import replace
from datetime import date

import pytest

from bot.debriefing.corrections import corrected
from bot.debriefing.extraction import notes_from
from bot.domain.visit import BudgetStatus, VisitNote, pointers_of

DAY = date(2026, 3, 18)
SAID = "刚从远山阀门出来，见了邹总，生产副总，说换一次模具要停半天，预算大概一百八十万还没批，约好下周二我带样机去试"


@pytest.fixture
def draft() -> VisitNote:
    (note,) = notes_from(SAID, reference=DAY)
    return note


@pytest.mark.parametrize("words", ["是周总不是邹总", "不是邹总，是周总", "把邹总改成周总", "不对，应该是周总"])
def test_a_name_is_put_right(draft: VisitNote, words: str) -> None:
    outcome = corrected(draft, words, reference=DAY)
    assert outcome.understood
    assert [contact.name for contact in outcome.note.contacts] == ["周总"]
    assert outcome.note.contacts[0].title == "生产副总"
    assert "周总" in outcome.note.evidence["/contacts/0"]


def test_english_corrections_work_too() -> None:
    (note,) = notes_from(
        "Met Dana Wright, head of maintenance, at Halden Foods today. Budget is RMB 2 million.", reference=DAY
    )
    renamed = corrected(note, "it's Dana White, not Dana Wright", reference=DAY).note
    assert [contact.name for contact in renamed.contacts] == ["Dana White"]
    dearer = corrected(note, "make the budget 2.5 million RMB", reference=DAY).note
    assert dearer.budget is not None
    assert dearer.budget.amount_cny == 2_500_000


def test_a_sum_and_its_state_are_put_right(draft: VisitNote) -> None:
    note = corrected(draft, "预算改成150万", reference=DAY).note
    assert note.budget is not None
    assert (note.budget.amount_cny, note.budget.status) == (1_500_000, BudgetStatus.PENDING)
    assert note.evidence["/budget"] == "预算改成150万"


def test_a_day_is_moved(draft: VisitNote) -> None:
    assert corrected(draft, "下周二改成下周三", reference=DAY).note.commitments[0].due == date(2026, 3, 25)


def test_a_value_is_struck_with_its_evidence(draft: VisitNote) -> None:
    note = corrected(draft, "去掉预算", reference=DAY).note
    assert note.budget is None
    assert "/budget" not in note.evidence


def test_new_words_add_to_the_draft(draft: VisitNote) -> None:
    note = corrected(draft, "还有采购的小林也在，竞争对手是博达", reference=DAY).note
    assert [contact.name for contact in note.contacts] == ["邹总", "小林"]
    assert note.competitors == ("博达",)
    assert set(pointers_of(note)) <= set(note.evidence)


def test_a_nod_changes_nothing(draft: VisitNote) -> None:
    outcome = corrected(draft, "嗯好的", reference=DAY)
    assert not outcome.understood
    assert outcome.note == draft


def test_the_account_is_renamed(draft: VisitNote) -> None:
    assert corrected(draft, "公司名改成远山阀业", reference=DAY).note == replace(
        draft, account="远山阀业", evidence={**draft.evidence, "/account": "公司名改成远山阀业"}
    )
