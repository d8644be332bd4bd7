from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.debriefing.findings import Visited, findings_in, judged
from bot.debriefing.speakers import speaker_of
from bot.domain.finding import Finding, FindingState, LetterState, Speaker, letters_of
from bot.domain.method_fields import fields_not_discussed
from bot.domain.open_points import OpenPoint
from bot.domain.visit import Budget, BudgetStatus, Contact, Role, Timeline, VisitNote

DAY = date(2026, 11, 2)
MEDDIC = ("metrics", "economic_buyer", "decision_process", "decision_criteria", "pain", "champion")


def told(number: int, note: VisitNote, words: str = "") -> tuple[Finding, ...]:
    """The findings of the visit of this number, a week after the one before."""
    said = words or "。".join(note.evidence.values())
    return findings_in(Visited(f"v{number}", "a", "r", DAY + timedelta(weeks=number), note, said))


def budget(amount: float | None, quote: str, status: BudgetStatus = BudgetStatus.PENDING) -> VisitNote:
    return VisitNote(budget=Budget(quote, amount, status), evidence={"/budget": quote})


def authority(who: str, quote: str) -> VisitNote:
    return VisitNote(authority=who, evidence={"/authority": quote})


def states(*visits: tuple[Finding, ...]) -> list[str]:
    return [one.state.value for one in judged([one for visit in visits for one in visit])]


@pytest.mark.parametrize(
    ("message", "quote", "speaker"),
    [
        ("见了邱总，说换一次模具要停半天，预算大概一百八十万还没批", "预算大概一百八十万还没批", Speaker.CUSTOMER),
        ("听代理商说他们预算有两百万", "预算有两百万", Speaker.THIRD_PARTY),
        ("听邱总说周总拍板", "周总拍板", Speaker.CUSTOMER),
        ("我估计预算有两百万", "预算有两百万", Speaker.REP),
        ("见了邱总。预算两百万", "预算两百万", Speaker.REP),
        ("我问预算，他说180万", "180万", Speaker.CUSTOMER),
        ("他说要换，我觉得预算有两百万", "预算有两百万", Speaker.REP),
        ("Dana wants it live by March", "live by March", Speaker.CUSTOMER),
        ("I hear from a distributor that the budget is 2 million", "the budget is 2 million", Speaker.THIRD_PARTY),
        ("I think the budget is 2 million", "the budget is 2 million", Speaker.REP),
    ],
)
def test_who_said_it_is_heard_from_the_words_before(message: str, quote: str, speaker: Speaker) -> None:
    assert speaker_of(quote, message) is speaker


def test_a_note_fills_the_fields_its_topics_are_mapped_to() -> None:
    note = VisitNote(
        contacts=(Contact("周总", "总经理", Role.DECISION_MAKER),),
        pains=("停半天",),
        evidence={"/pains/0": "他说停半天", "/contacts/0": "周总"},
    )
    by_topic = {one.topic: one for one in told(1, note)}
    assert "meddic.pain" in by_topic["pains"].fields
    assert by_topic["contacts"].fields == ("meddic.economic_buyer", "bant.authority", "downstairs.decision_layer")
    assert (by_topic["pains"].quote, by_topic["pains"].said_by) == ("他说停半天", Speaker.CUSTOMER)


def test_words_that_are_not_in_the_message_are_no_quote() -> None:
    [found] = told(1, budget(1_800_000, "他说一百八十万"), words="随便说了点别的")
    assert (found.quote, found.said_by) == ("", Speaker.REP)


def test_a_second_visit_of_the_customer_confirms() -> None:
    visits = told(1, budget(1_800_000, "他说一百八十万")), told(2, budget(1_800_000, "邱总说预算180万"))
    assert states(*visits) == ["confirmed", "confirmed"]


def test_the_same_visit_confirms_nothing() -> None:
    note = VisitNote(pains=("停半天", "停半天"), evidence={"/pains/0": "他说停半天", "/pains/1": "他说停半天"})
    assert states(told(1, note)) == ["heard", "heard"]


@pytest.mark.parametrize("quote", ["我估计一百八十万", "听说是一百八十万", "预算一百八十万"])
def test_only_the_customers_own_words_can_be_confirmed(quote: str) -> None:
    customer, other = budget(1_800_000, "他说预算180万"), budget(1_800_000, quote)
    assert states(told(1, other), told(2, customer)) == ["heard", "confirmed"]
    assert states(told(1, customer), told(2, other)) == ["heard", "heard"]


def test_another_amount_contradicts_and_both_are_shown() -> None:
    visits = told(1, budget(1_800_000, "他说一百八十万")), told(2, budget(1_500_000, "邱总说预算只有150万"))
    found = judged([one for visit in visits for one in visit])
    assert [one.state for one in found] == [FindingState.CONTRADICTED] * 2
    [letter] = letters_of("bant", ("budget",), found[::-1])
    assert letter.state is LetterState.CONTRADICTED
    assert [one.quote for one in letter.findings] == ["邱总说预算只有150万", "他说一百八十万"]


def test_a_third_visit_settles_what_two_disagreed_on() -> None:
    amounts = (1_800_000, 1_500_000, 1_500_000)
    visits = [told(at, budget(amount, f"他说{amount}")) for at, amount in enumerate(amounts)]
    found = judged([one for visit in visits for one in visit])
    assert [one.state.value for one in found] == ["contradicted", "confirmed", "confirmed"]
    [letter] = letters_of("bant", ("budget",), found[::-1])
    assert (letter.state, letter.findings[0].amount_cny) == (LetterState.CONFIRMED, 1_500_000)


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (authority("周总", "他说周总拍板"), authority("周总拍板", "他说最后还是周总拍板"), "confirmed"),
        (authority("周总", "他说周总拍板"), authority("陈董事长", "他说要陈董事长签字"), "contradicted"),
        (authority("Mary Webb", "he said Mary Webb decides"), authority("Webb", "she said Webb"), "confirmed"),
        (authority("Mary Webb", "he said Mary Webb decides"), authority("Tom Price", "she said Tom"), "contradicted"),
        (authority("周总", "他说周总拍板"), authority("要上会", "他说要上会"), "heard"),
        (
            VisitNote(timeline=Timeline("年底前", date(2026, 12, 31)), evidence={"/timeline": "他说年底前"}),
            VisitNote(timeline=Timeline("推到三月底", date(2027, 3, 31)), evidence={"/timeline": "他说推到三月底"}),
            "contradicted",
        ),
        (
            VisitNote(pains=("换模要停半天",), evidence={"/pains/0": "他说换模要停半天"}),
            VisitNote(pains=("能耗高",), evidence={"/pains/0": "他说能耗高"}),
            "heard",
        ),
        (
            budget(None, "他说预算批了", BudgetStatus.APPROVED),
            budget(None, "他说预算砍了", BudgetStatus.NONE),
            "contradicted",
        ),
    ],
)
def test_what_agrees_and_what_differs(one: VisitNote, other: VisitNote, state: str) -> None:
    assert states(told(1, one), told(2, other))[-1] == state


def test_a_letter_nobody_talked_of_is_more_than_empty() -> None:
    note = VisitNote(not_discussed=(OpenPoint.BUDGET, OpenPoint.CHAMPION, OpenPoint.PAIN))
    letters = letters_of("meddic", MEDDIC, (), fields_not_discussed([note]))
    open_ones = [one.field for one in letters if one.state is LetterState.NOT_DISCUSSED]
    assert open_ones == ["metrics", "pain", "champion"]
    assert {one.state for one in letters if one.field not in open_ones} == {LetterState.EMPTY}


_LEADS = st.sampled_from(["他说", "邱总说", "我估计", "听代理商说", "", "She said ", "I think "])
_AMOUNTS = st.sampled_from([1_500_000, 1_800_000, None])
_PEOPLE = st.sampled_from(["周总", "陈董事长", "Mary Webb"])


@st.composite
def _visit(draw: st.DrawFn) -> tuple[VisitNote, str]:
    amount, who = draw(_AMOUNTS), draw(_PEOPLE)
    said = f"{draw(_LEADS)}预算{amount}", f"{draw(_LEADS)}{who}拍板"
    kept = draw(st.sampled_from([said[0], "从没说过的话"]))
    note = VisitNote(budget=Budget(said[0], amount), authority=who, evidence={"/budget": kept, "/authority": said[1]})
    return note, "见了人。" + "。".join(said)


@settings(max_examples=60, deadline=None)
@given(st.lists(_visit(), min_size=1, max_size=5))
def test_every_quote_stands_in_its_words_and_every_contradiction_shows_both(
    visits: list[tuple[VisitNote, str]],
) -> None:
    words = {f"v{number}": text for number, (_, text) in enumerate(visits)}
    found = judged([one for number, (note, text) in enumerate(visits) for one in told(number, note, text)])
    known = {one.id: one for one in found}
    for one in found:
        assert one.quote in words[one.visit]
        if one.state is FindingState.CONFIRMED:
            assert one.said_by is Speaker.CUSTOMER
            assert one.quote
        if one.state is FindingState.CONTRADICTED:
            assert known[one.against].visit != one.visit
            assert Speaker.CUSTOMER in (one.said_by, known[one.against].said_by)
    for letter in letters_of("bant", ("budget", "authority"), found[::-1]):
        if letter.state is LetterState.CONTRADICTED:
            assert len({one.visit for one in letter.findings}) == 2
