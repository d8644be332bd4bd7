"""Who moves whom at the customer's: plain statements only, each with its words."""

from datetime import date

import pytest

from bot.debriefing.extraction import notes_from
from bot.debriefing.field_values import Unreadable, Wording, written
from bot.debriefing.findings import Visited, findings_in, judged
from bot.debriefing.matching import KnownAccount, KnownContact, KnownNames
from bot.debriefing.names_meant import Doubt, chosen, with_known_names
from bot.debriefing.renaming import renamed
from bot.domain.account import Draft
from bot.domain.finding import FindingState
from bot.domain.visit import Relation, RelationKind, VisitNote, relation_of
from bot.domain.visit_json import note_as_json, note_from_json

TODAY = date(2026, 11, 23)
LISTENS, REPORTS = RelationKind.LISTENS_TO, RelationKind.REPORTS_TO


def note_of(words: str) -> VisitNote:
    [note] = notes_from(words, reference=TODAY)
    return note


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("王工什么都听李总的", [("王工", "李总", LISTENS)]),
        ("采购要听生产的", [("采购", "生产", LISTENS)]),
        ("李总说了，王工还是听他的", []),
        ("财务看老板脸色", [("财务", "老板", LISTENS)]),
        ("李总能影响王工", [("王工", "李总", LISTENS)]),
        ("王工直接向李总汇报", [("王工", "李总", REPORTS)]),
        ("王工，他归李总管", [("王工", "李总", REPORTS)]),
        ("生产和采购都归李总管", [("生产", "李总", REPORTS), ("采购", "李总", REPORTS)]),
        ("李总是王工的直属领导", [("王工", "李总", REPORTS)]),
        ("王工的领导是李总", [("王工", "李总", REPORTS)]),
        ("李总分管采购这块", [("采购", "李总", REPORTS)]),
        ("李总说他归周总管", [("李总", "周总", REPORTS)]),
        ("王工不听李总的", []),
        ("王工可能听李总的", []),
        ("王工听李总说要换设备", []),
        ("李总给王工汇报了方案", []),
        ("我听李总的，回去改方案", []),
        ("我向李总汇报了方案", []),
        ("采购听谁的还不知道", []),
    ],
)
def test_chinese(told: str, expected: list[tuple[str, str, RelationKind]]) -> None:
    note = note_of(f"刚从远山阀门出来，见了王工和李总，停机一次半天。{told}")
    assert [(one.who, one.to, one.kind) for one in note.relations] == expected
    for at, one in enumerate(note.relations):
        quote = note.evidence[f"/relations/{at}"]
        assert quote in told
        assert one.to in quote


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("she reports to Mark Boyd", [("Dana Cole", "Mark Boyd", REPORTS)]),
        ("Purchasing has to listen to production", [("Purchasing", "production", LISTENS)]),
        ("Mark is Dana's boss", [("Dana Cole", "Mark Boyd", REPORTS)]),
        ("Dana's boss is the CFO", [("Dana Cole", "CFO", REPORTS)]),
        ("Dana always does what Mark says", [("Dana Cole", "Mark Boyd", LISTENS)]),
        (
            "purchasing and finance answer to Mark",
            [("purchasing", "Mark Boyd", REPORTS), ("finance", "Mark Boyd", REPORTS)],
        ),
        ("she doesn't report to Mark", []),
        ("maybe she reports to Mark", []),
        ("who does Dana report to?", []),
        ("I report to Mark next week", []),
    ],
)  # fmt: skip
def test_english(told: str, expected: list[tuple[str, str, RelationKind]]) -> None:
    opening = "Just left Hillside Valves, met Mark Boyd and Dana Cole, the plant manager, downtime costs half a day."
    note = note_of(f"{opening} Dana Cole was open, {told}.")
    assert [(one.who, one.to, one.kind) for one in note.relations] == expected


def test_of_two_accounts_each_keeps_its_own() -> None:
    first, second = notes_from(
        "上午去了远山阀门，见了王工，王工什么都听李总的。下午去了华康医院，见了赵主任，设备科归赵主任管。",
        reference=TODAY,
    )
    assert [one.text for one in first.relations] == ["王工 → 李总"]
    assert [one.text for one in second.relations] == ["设备科 → 赵主任"]


def test_departments_that_mind_each_other_decide_nothing() -> None:
    note = note_of("刚从远山阀门出来，见了王工。采购要听生产的")
    assert (note.authority, [one.text for one in note.relations]) == (None, ["采购 → 生产"])
    assert note_of("刚从远山阀门出来，见了王工和李总。王工什么都听李总的").authority


def test_it_survives_storing_and_older_notes_have_none() -> None:
    note = note_of("刚从远山阀门出来，见了王工，王工直接向李总汇报")
    assert note_from_json(note_as_json(note)) == note
    older = {key: value for key, value in note_as_json(note).items() if key != "relations"}
    assert note_from_json(older).relations == ()


def finding_of(note: VisitNote, number: int) -> tuple:
    visited = Visited(f"v{number}", "a", "r", TODAY, note, "；".join(note.evidence.values()))
    return tuple(one for one in findings_in(visited) if one.topic == "relations")


def relation(who: str, to: str, kind: RelationKind, words: str) -> VisitNote:
    return VisitNote(account="远山阀门", relations=(Relation(who, to, kind),), evidence={"/relations/0": words})


def test_findings_hold_it_with_its_words() -> None:
    [one] = finding_of(note_of("刚从远山阀门出来，见了邱总，他说王工什么都听李总的"), 1)
    assert (one.value, one.detail, one.quote) == ("王工 → 李总", "listens_to", "他说王工什么都听李总的")
    assert relation_of(one.value, one.detail) == Relation("王工", "李总", LISTENS)


@pytest.mark.parametrize(
    ("second", "state"),
    [
        (relation("王工", "李总", REPORTS, "客户说王工归李总管"), FindingState.CONFIRMED),
        (relation("王工", "周总", REPORTS, "客户说王工归周总管"), FindingState.CONTRADICTED),
        (relation("李总", "王工", REPORTS, "客户说李总归王工管"), FindingState.CONTRADICTED),
        (relation("王工", "周总", LISTENS, "客户说王工听周总的"), FindingState.HEARD),
    ],
)
def test_later_words_of_the_customer_confirm_or_contradict(second: VisitNote, state: FindingState) -> None:
    first = relation("王工", "李总", REPORTS, "客户说王工向李总汇报")
    *_, last = judged([*finding_of(first, 1), *finding_of(second, 2)])
    assert last.state is state


def test_it_is_corrected_like_any_value() -> None:
    note = note_of("刚从远山阀门出来，见了王工，王工什么都听李总的")
    assert [one.text for one in renamed(note, "李总", "黎总", "是黎总").relations] == ["王工 → 黎总"]
    said_anew = written(note, "relations", Wording("王工归周总管", "王工归周总管", TODAY), 0)
    assert said_anew.relations == (Relation("王工", "周总", REPORTS),)
    with pytest.raises(Unreadable):
        written(note, "relations", Wording("不清楚", "不清楚", TODAY), 0)


def test_it_goes_by_the_names_the_team_uses() -> None:
    note = note_of("刚从远山阀门出来，见了王工和李总。王工什么都听李总的")
    known = KnownNames((KnownAccount("远山阀门"),), (KnownContact("李建国", "远山阀门", "生产副总", ("李总",)),))
    [named] = with_known_names([note], known)
    assert [one.name for one in named.contacts] == ["王工", "李建国"]
    assert [one.text for one in named.relations] == ["王工 → 李建国"]
    draft = Draft("d", "r", "原话", TODAY, (note,))
    picked = chosen(draft, Doubt(0, "李总", ("李建国", "李明"), 1), "李明")
    assert [one.text for one in picked.notes[0].relations] == ["王工 → 李明"]
