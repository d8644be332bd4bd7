"""What a rep would plainly say over a card, and what the card must then hold."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.debriefing.corrections import corrected
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.extraction import notes_from
from bot.debriefing.money import amounts_in
from bot.domain.visit import BudgetStatus, Contact, Party, Role, Stage, VisitNote, pointers_of

DAY = date(2026, 3, 18)
"""A Wednesday."""
SAID = {
    "zh": "刚从远山阀门出来，见了邹总，生产副总，说换一次模具要停半天，预算大概一百八十万还没批，竞争对手是博达，"
    "约好下周二我带样机去试",
    "en": "Just left Hillside Valves today, met Dana Cole, the plant manager. Each mould change costs them half a day. "
    "The budget is RMB 180k, not approved yet. The competitor is Boreal. I will bring the demo unit next Tuesday",
}


def note_in(language: str) -> VisitNote:
    (note,) = notes_from(SAID[language], reference=DAY)
    assert note.budget
    assert note.commitments[0].due == date(2026, 3, 24)
    assert note.competitors, note
    return note


def seen(note: VisitNote) -> dict[str, Any]:
    """A note as these tests speak of it."""
    budget = note.budget
    return {
        "account": note.account,
        "people": [one.name for one in note.contacts],
        "titles": [one.title for one in note.contacts],
        "sum": budget.amount_cny if budget else None,
        "status": budget.status.value if budget else None,
        "rivals": list(note.competitors),
        "pains": list(note.pains),
        "due": [str(one.due) if one.due else None for one in note.commitments],
        "who": [one.who.value for one in note.commitments],
        "met": str(note.visit_date),
        "stage": note.stage.name if note.stage else None,
        "deciding": note.authority,
        "when": note.timeline.text if note.timeline else None,
    }


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("是周总不是邹总", "people", ["周总"]),
        ("姓周，不姓邹", "people", ["周总"]),
        ("名字错了，是周总", "people", ["周总"]),
        ("他姓周", "people", ["周总"]),
        ("邹总应该是周总", "people", ["周总"]),
        ("周总，不是邹总", "people", ["周总"]),
        ("邹总写错了，是周总", "people", ["周总"]),
        ("邹总是总经理", "titles", ["总经理"]),
        ("邹总的职务是采购总监", "titles", ["采购总监"]),
        ("预算是80万不是180万", "sum", 800_000),
        ("80万，不是180万", "sum", 800_000),
        ("是八十万，不是一百八十万", "sum", 800_000),
        ("预算应该是80万", "sum", 800_000),
        ("预算80万", "sum", 800_000),
        ("80万", "sum", 800_000),
        ("预算已经批了", "status", "approved"),
        ("已经批了", "status", "approved"),
        ("预算批了", "sum", 1_800_000),
        ("没有预算", "status", "none"),
        ("没提预算", "sum", None),
        ("删掉预算", "sum", None),
        ("下周二改成周三", "due", ["2026-03-25"]),
        ("不是下周二，是下周三", "due", ["2026-03-25"]),
        ("改到下周四", "due", ["2026-03-26"]),
        ("带样机改到周五", "due", ["2026-03-27"]),
        ("样机推迟到4月2号", "due", ["2026-04-02"]),
        ("时间改成下周五", "due", ["2026-03-27"]),
        ("送样机是他们的事", "who", ["customer"]),
        ("是他们带样机来，不是我们", "who", ["customer"]),
        ("这条待办是客户的", "who", ["customer"]),
        ("删掉对手", "rivals", []),
        ("去掉博达", "rivals", []),
        ("没有对手", "rivals", []),
        ("博达不是对手，去掉", "rivals", []),
        ("对手是博世，不是博达", "rivals", ["博世"]),
        ("对手还有恒力", "rivals", ["博达", "恒力"]),
        ("邹总没去", "people", []),
        ("没见邹总", "people", []),
        ("去掉邹总", "people", []),
        ("还有李工", "people", ["邹总", "李工"]),
        ("李工也在", "people", ["邹总", "李工"]),
        ("加上采购王经理", "people", ["邹总", "王经理"]),
        ("还见了设备科长刘强", "people", ["邹总", "刘强"]),
        ("去掉第一条待办", "due", []),
        ("待办删掉", "due", []),
        ("公司是恒力泵业", "account", "恒力泵业"),
        ("不是远山阀门，是恒力泵业", "account", "恒力泵业"),
        ("客户错了，是恒力泵业", "account", "恒力泵业"),
        ("远山阀门改成远山泵业", "account", "远山泵业"),
        ("阶段是报价", "stage", "QUOTE"),
        ("阶段改成商务谈判", "stage", "NEGOTIATION"),
        ("拍板的是王总", "deciding", "王总"),
        ("拍板人是他们董事长", "deciding", "他们董事长"),
        ("是昨天去的，不是今天", "met", "2026-03-17"),
        ("拜访日期是昨天", "met", "2026-03-17"),
        ("难处改成换模要停一天", "pains", ["换模要停一天"]),
        ("停半天改成停一天", "pains", ["换一次模具要停一天"]),
        ("月底前要定下来", "when", "月底前要定下来"),
    ],
)
def test_in_chinese(said: str, name: str, value: object) -> None:
    after = seen(corrected(note_in("zh"), said, reference=DAY).note)
    assert _fits(after[name], value), after


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("it's Dana Kohl, not Dana Cole", "people", ["Dana Kohl"]),
        ("Dana Kohl, not Dana Cole", "people", ["Dana Kohl"]),
        ("Kohl, not Cole", "people", ["Dana Kohl"]),
        ("her name is Dana Kohl", "people", ["Dana Kohl"]),
        ("Cole should be Kohl", "people", ["Dana Kohl"]),
        ("Dana is the CFO", "titles", ["CFO"]),
        ("the budget is 80k not 180k", "sum", 80_000),
        ("80k, not 180k", "sum", 80_000),
        ("make the budget 80k", "sum", 80_000),
        ("budget should be 80k", "sum", 80_000),
        ("the budget is approved", "status", "approved"),
        ("it's approved", "status", "approved"),
        ("the budget isn't approved", "status", "pending"),
        ("delete the budget", "sum", None),
        ("they didn't mention a budget", "sum", None),
        ("move it to Wednesday", "due", ["2026-03-25"]),
        ("next Tuesday should be next Wednesday", "due", ["2026-03-25"]),
        ("change Tuesday to Thursday", "due", ["2026-03-26"]),
        ("move the demo unit to next Friday", "due", ["2026-03-27"]),
        ("they bring the demo unit, not us", "who", ["customer"]),
        ("that's on them", "who", ["customer"]),
        ("move the demo unit to them", "who", ["customer"]),
        ("delete the competitor", "rivals", []),
        ("remove Boreal", "rivals", []),
        ("no competitors", "rivals", []),
        ("the competitor is Nordex, not Boreal", "rivals", ["Nordex"]),
        ("Dana wasn't there", "people", []),
        ("I didn't meet Dana", "people", []),
        ("remove Dana", "people", []),
        ("also met Sam Lee", "people", ["Dana Cole", "Sam Lee"]),
        ("add Sam Lee", "people", ["Dana Cole", "Sam Lee"]),
        ("Sam Lee was there too", "people", ["Dana Cole", "Sam Lee"]),
        ("drop the first next step", "due", []),
        ("the account is Northgate Bank", "account", "Northgate Bank"),
        ("it's Northgate Bank, not Hillside Valves", "account", "Northgate Bank"),
        ("Hillside Valves should be Hilltop Valves", "account", "Hilltop Valves"),
        ("the stage is negotiation", "stage", "NEGOTIATION"),
        ("set the stage to quote", "stage", "QUOTE"),
        ("it was yesterday, not today", "met", "2026-03-17"),
        ("the date is yesterday", "met", "2026-03-17"),
        ("half a day should be a full day", "pains", ["full day"]),
    ],
)
def test_in_english(said: str, name: str, value: object) -> None:
    after = seen(corrected(note_in("en"), said, reference=DAY).note)
    assert _fits(after[name], value), after


def _fits(found: object, wanted: object) -> bool:
    """Equal, or for a list of pains each wanted piece within the found one."""
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        both = zip(found, wanted, strict=True)
        return all(one == other or (isinstance(one, str) and str(other) in one) for one, other in both)
    return found == wanted


PIECES = (
    *("是", "不是", "改成", "预算", "80万", "一百八十万", "邹总", "周总", "下周二", "周三", "去掉", "对手", "博达"),
    *("他们", "我们", "带样机", "没去", "批了", "，", "。", "阶段", "报价", "远山阀门", "恒力泵业", "第二条", "待办"),
    *("拍板", "还有", "李工"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join))
def test_no_correction_brings_a_value_without_words(said: str) -> None:
    """Every value rests on words of the message or the correction, sums and days on words for them."""
    note = corrected(note_in("zh"), said, reference=DAY).note
    told = f"{SAID['zh']}\n{said}"
    assert set(pointers_of(note)) <= set(note.evidence)
    assert all(quote in told for pointer, quote in note.evidence.items() if pointer in pointers_of(note))
    if note.budget and note.budget.amount_cny is not None:
        assert note.budget.amount_cny in {amount.yuan for amount in amounts_in(told)}
    for one in note.commitments:
        assert one.due is None or one.due in _days(told)
        assert set(one.action) <= set(told)


def _days(told: str) -> set[date]:
    """Every day the words can mean, a bare weekday also in the next week."""
    found = {one.day for base in (DAY, date(2026, 3, 23)) for one in dates_in(told, base, Leaning.FUTURE)}
    return {day for day in found if day}


@pytest.mark.parametrize("said", ["好的", "嗯", "谢谢", "ok", "知道了", "哈哈", "thanks", "good"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_nod_changes_nothing(language: str, said: str) -> None:
    assert not corrected(note_in(language), said, reference=DAY).understood


def test_several_things_put_right_at_once() -> None:
    note = corrected(note_in("zh"), "是周总不是邹总。预算80万。下周二改成周三", reference=DAY).note
    after = seen(note)
    assert (after["people"], after["sum"], after["due"]) == (["周总"], 800_000, ["2026-03-25"])


def test_a_sum_stays_when_only_its_state_changes() -> None:
    note = corrected(note_in("zh"), "预算已经批了", reference=DAY).note
    assert note.budget
    assert (note.budget.amount_cny, note.budget.status) == (1_800_000, BudgetStatus.APPROVED)


def test_a_person_added_keeps_his_title_and_its_role() -> None:
    note = corrected(note_in("zh"), "还有采购的王经理也在", reference=DAY).note
    assert note.contacts[1] == Contact("王经理", note.contacts[1].title, Role.PROCUREMENT)


def test_a_commitment_goes_from_us_to_them_and_back() -> None:
    theirs = corrected(note_in("zh"), "送样机是他们的事", reference=DAY).note
    assert [one.who for one in theirs.commitments] == [Party.CUSTOMER]
    ours = corrected(theirs, "还是我们来做", reference=DAY).note
    assert [one.who for one in ours.commitments] == [Party.US]


def test_a_stage_is_called_by_its_name_in_both_languages() -> None:
    assert corrected(note_in("zh"), "阶段是招投标", reference=DAY).note.stage is Stage.TENDER
    assert corrected(note_in("en"), "the stage is after sales", reference=DAY).note.stage is Stage.AFTER_SALES


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "样机应该是下周四"), ("zh", "样机是下周四"), ("en", "the demo unit is due next Thursday")],
)
def test_what_was_agreed_is_due_on_the_day_said_anew(language: str, said: str) -> None:
    before = note_in(language)
    after = corrected(before, said, reference=DAY).note
    assert [(one.action, one.due) for one in after.commitments] == [(before.commitments[0].action, date(2026, 3, 26))]
    assert replace(after, commitments=before.commitments, evidence=before.evidence) == before
