from datetime import date

import pytest

from bot.debriefing.extraction import notes_from
from bot.domain.visit import Budget, BudgetStatus, Contact, Party, Role, VisitCommitment, pointers_of

WEDNESDAY = date(2026, 3, 18)


def test_one_visit_becomes_a_note_with_the_sum_and_the_day_computed() -> None:
    (note,) = notes_from(
        "刚从远山阀门出来，见了邱总，生产副总，说换一次模具要停半天，上季度因此晚交两批货，预算大概一百八十万还没批，约好下周二我带样机去试",
        reference=WEDNESDAY,
    )
    assert note.account == "远山阀门"
    assert note.visit_date == WEDNESDAY
    assert note.contacts == (Contact("邱总", "生产副总", Role.USER),)
    assert note.pains == ("换一次模具要停半天", "上季度因此晚交两批货")
    assert note.budget == Budget("预算大概一百八十万还没批", 1_800_000, BudgetStatus.PENDING)
    assert note.commitments == (VisitCommitment(Party.US, "带样机去试", date(2026, 3, 24)),)
    assert set(pointers_of(note)) == set(note.evidence)


@pytest.mark.parametrize("message", ["客户说我们贵两成怎么回", "今天又被老板骂了一顿，真不想干了", "哈哈哈", ""])
def test_what_is_no_visit_gives_no_note(message: str) -> None:
    assert notes_from(message, reference=WEDNESDAY) == ()
