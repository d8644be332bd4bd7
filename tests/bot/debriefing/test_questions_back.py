from dataclasses import replace

from bot.debriefing.questions_back import questions_back
from bot.domain.open_points import OpenPoint
from bot.domain.visit import Budget, Contact, Party, Role, Stage, VisitCommitment, VisitNote


def test_never_more_than_two_and_none_that_is_answered() -> None:
    note = VisitNote(account="远山阀门", stage=Stage.NEEDS, budget=Budget("没定"))
    asked = questions_back(note)
    assert len(asked) == 2
    assert OpenPoint.BUDGET not in asked


def test_what_was_skipped_is_not_asked_again() -> None:
    note = VisitNote(account="远山阀门", stage=Stage.NEEDS)
    first = questions_back(note)
    assert not set(first) & set(questions_back(replace(note, not_discussed=first)))


def test_what_an_earlier_visit_told_is_not_asked_again_but_a_next_step_is() -> None:
    told = VisitNote(account="远山阀门", budget=Budget("80万"), commitments=(VisitCommitment(Party.US, "回访"),))
    asked = questions_back(VisitNote(account="远山阀门"), [told])
    assert OpenPoint.BUDGET not in asked
    assert OpenPoint.NEXT_STEP in asked


def test_a_decision_maker_among_the_contacts_answers_who_decides() -> None:
    note = VisitNote(account="远山阀门", contacts=(Contact("邱总", "总经理", Role.DECISION_MAKER),))
    skipped = replace(note, not_discussed=(OpenPoint.NEXT_STEP, OpenPoint.BUDGET))
    assert OpenPoint.AUTHORITY not in questions_back(skipped)


def test_a_lost_deal_is_asked_why_not_for_a_next_step() -> None:
    assert questions_back(VisitNote(account="远山阀门", stage=Stage.LOST)) == (
        OpenPoint.LOSS_REASON,
        OpenPoint.COMPETITOR,
    )


def test_a_nameless_note_asks_for_the_account_first() -> None:
    assert questions_back(VisitNote())[0] is OpenPoint.ACCOUNT


def test_a_full_note_asks_nothing() -> None:
    step = VisitCommitment(Party.US, "回访")
    assert questions_back(
        VisitNote(account="甲", contacts=(Contact("邱总"),), commitments=(step,), stage=Stage.AFTER_SALES)
    ) == (OpenPoint.NEXT_STEP_DAY,)
