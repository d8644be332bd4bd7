from datetime import UTC, date, datetime

import pytest

from bot.debriefing.draft_changes import (
    Place,
    field_struck,
    field_written,
    handed_over,
    said_over,
    skipped,
    still_open,
    undone,
    with_questions,
    without_note,
)
from bot.debriefing.edited_words import with_edit
from bot.debriefing.extraction import notes_from
from bot.debriefing.field_values import Unreadable
from bot.debriefing.matching import KnownNames
from bot.domain.account import Draft, Visit
from bot.domain.open_points import OpenPoint
from bot.domain.points_told import left_open
from bot.domain.visit import Budget, Party, VisitNote

DAY = date(2026, 3, 18)
SAID = "今天跑了两家。先去了远山阀门，见了邱总，预算80万还没批。然后去了恒力泵业，见了赵总，约好下周二我带样机去试"
NOBODY = KnownNames()


@pytest.fixture
def draft() -> Draft:
    return with_questions(Draft("d1", "r1", SAID, DAY, notes_from(SAID, reference=DAY)), [[], []])


def test_two_questions_in_all_also_for_several_accounts(draft: Draft) -> None:
    assert len(draft.notes) == 2
    assert sum(len(points) for points in draft.asked) == 2


def test_words_go_to_the_account_they_name(draft: Draft) -> None:
    after, understood = said_over(draft, "赵总不在，改见孙总，是孙总不是赵总", NOBODY)
    assert understood
    assert [one.name for one in after.notes[1].contacts] == ["孙总"]
    assert after.notes[0] == draft.notes[0]


def test_every_change_goes_back_and_no_word_is_unsaid(draft: Draft) -> None:
    changed, _ = said_over(draft, "预算改成90万", NOBODY)
    changed = skipped(changed, 0, [OpenPoint.AUTHORITY])
    changed = field_struck(changed, Place(0, "contacts", 0))
    changed = handed_over(changed, Place(1, "commitments", 0))
    changed = field_written(changed, Place(1, "commitments", 0), "周五", NOBODY)
    changed = without_note(changed, 0)
    assert changed.notes[0].commitments[0].who is Party.CUSTOMER
    assert changed.notes[0].commitments[0].due == date(2026, 3, 27)
    for _ in range(6):
        changed = undone(changed)
    assert changed.notes == draft.notes
    assert changed.words == f"{SAID}\n预算改成90万\n周五"
    assert undone(changed) == changed


def test_what_is_not_understood_is_kept_all_the_same(draft: Draft) -> None:
    after, understood = said_over(draft, "嗯嗯", NOBODY)
    assert not understood
    assert (after.notes, after.words) == (draft.notes, f"{SAID}\n嗯嗯")


def test_a_value_that_does_not_fit_its_field_changes_nothing(draft: Draft) -> None:
    for field, said in (("budget", "大概吧"), ("visit_date", "后天"), ("stage", "不好说")):
        with pytest.raises(Unreadable):
            field_written(draft, Place(0, field), said, NOBODY)


def test_what_was_skipped_is_no_longer_asked(draft: Draft) -> None:
    point = still_open(draft, 0)[0]
    assert point not in still_open(skipped(draft, 0, [point]), 0)


def test_an_edited_message_is_found_among_the_words() -> None:
    words = "刚从远山阀门出来，见了邹总\n预算80万\n竞争对手是博达"
    assert with_edit(words, "刚从远山阀门出来，见了周总") == (
        "刚从远山阀门出来，见了周总",
        "预算80万",
        "竞争对手是博达",
    )
    assert with_edit(words, "竞争对手是博世") == ("刚从远山阀门出来，见了邹总", "预算80万", "竞争对手是博世")
    assert with_edit(words, "明天下午三点开会别忘了") is None


def visit_of(note: VisitNote, day: date) -> Visit:
    return Visit("v1", "a1", "r1", day, note, datetime(2026, 3, 18, tzinfo=UTC))


def test_what_was_left_open_is_so_until_a_visit_tells_it() -> None:
    skipped_once = visit_of(VisitNote(not_discussed=(OpenPoint.BUDGET, OpenPoint.AUTHORITY)), DAY)
    left = left_open([skipped_once])
    assert left is not None
    assert (left.day, left.points) == (DAY, (OpenPoint.BUDGET, OpenPoint.AUTHORITY))
    told = visit_of(VisitNote(budget=Budget("80万"), authority="王总"), date(2026, 3, 25))
    assert left_open([told, skipped_once]) is None
