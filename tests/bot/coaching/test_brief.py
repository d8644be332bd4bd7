import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.account_facts import AccountFacts
from bot.coaching.brief import MOST_QUESTIONS, brief_of
from bot.coaching.brief_aim import with_aim
from bot.coaching.brief_page import brief_page
from bot.debriefing.findings import Visited, findings_in, judged
from bot.domain.account import AccountContact, Commitment
from bot.domain.finding import Finding
from bot.domain.open_points import OpenPoint
from bot.domain.points_told import LeftOpen
from bot.domain.visit import Budget, BudgetStatus, Contact, Party, Role, VisitNote
from bot.errors import ModelUnavailable
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import load_library

LIBRARY = load_library()
ZH, EN = Phrasebook("zh"), Phrasebook("en")
MARCH = datetime.date(2026, 3, 18)
NOTE = VisitNote(
    account="远山阀门",
    contacts=(Contact("邱总", "生产副总", Role.USER),),
    pains=("换一次模具要停半天",),
    budget=Budget("预算大概一百八十万还没批"),
    evidence={
        "/contacts/0": "邱总，生产副总",
        "/pains/0": "说换一次模具要停半天",
        "/budget": "预算大概一百八十万还没批",
    },
)


def found(note: VisitNote, on: datetime.date = MARCH) -> tuple[Finding, ...]:
    """What a visit on this day told, in the words its note quotes."""
    return findings_in(Visited(f"v-{on}", "a", "r", on, note, "。".join(note.evidence.values())))


def promise(who: Party, action: str, due: datetime.date | None = None, done: bool = False) -> Commitment:
    at = datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC) if done else None
    return Commitment(action, "a", "远山阀门", "r", who, action, due, at)


FACTS = AccountFacts(
    "远山阀门", "邱总", "需求确认", findings=found(NOTE), commitments=(promise(Party.US, "带样机去试"),)
)


def test_what_is_known_comes_with_its_words_and_its_visit():
    brief = brief_of(FACTS, LIBRARY, "zh")
    pain = next(one for one in brief.known if one.topic == "pains")
    assert (pain.quote, pain.visit, pain.met_on) == ("说换一次模具要停半天", "v-2026-03-18", MARCH)
    assert "换一次模具要停半天" in brief_page(brief, ZH).text


def test_what_is_open_stands_per_method_with_the_question_that_finds_it():
    gaps = {(gap.method, gap.field): gap.question for gap in brief_of(FACTS, LIBRARY, "zh").gaps}
    assert ("meddic", "pain") not in gaps
    assert ("bant", "budget") not in gaps
    assert ("downstairs", "execution_layer") not in gaps
    assert gaps[("meddic", "economic_buyer")] == LIBRARY.entry("meddic").text("zh").fields["economic_buyer"].question
    assert ("bant", "timeline") in gaps


def test_a_known_decider_closes_the_same_gap_in_every_method():
    facts = AccountFacts("远山阀门", contacts=(AccountContact("a", "周总", "总经理", Role.DECISION_MAKER.value),))
    open_fields = {f"{gap.method}.{gap.field}" for gap in brief_of(facts, LIBRARY, "zh").gaps}
    assert not open_fields & {"meddic.economic_buyer", "bant.authority", "downstairs.decision_layer"}


def test_questions_put_the_need_first_and_follow_what_the_customer_said():
    brief = brief_of(FACTS, LIBRARY, "zh")
    fields = [question.field for question in brief.questions]
    assert fields == sorted(
        fields, key=lambda field: field not in ("spin.implication", "meddic.metrics", "spin.need_payoff")
    )
    assert fields[0] == "spin.implication"
    assert brief.questions[0].about is not None
    assert all(question.citation is not None for question in brief.questions)


def test_late_in_a_deal_the_process_gets_more_room():
    late = brief_of(AccountFacts("远山阀门", stage="商务谈判"), LIBRARY, "zh").questions
    early = brief_of(AccountFacts("远山阀门", stage="初次接触"), LIBRARY, "zh").questions
    process = ("decision_criteria", "economic_buyer", "decision_process", "timeline", "budget", "champion")
    assert sum(q.field.endswith(process) for q in late) > sum(q.field.endswith(process) for q in early)


@pytest.mark.parametrize("words", [ZH, EN])
def test_an_unknown_account_gets_a_general_brief(words):
    brief = brief_of(AccountFacts("中行", "王处长"), LIBRARY, words.language)
    page = brief_page(brief, words).text
    assert brief.is_general
    assert len(brief.questions) == MOST_QUESTIONS
    assert words.plain("brief.nothing_known") in page
    assert "王处长" in page


def test_what_visits_differ_on_is_asked_again_with_both_sides():
    notes = [
        VisitNote(budget=Budget(said, amount, BudgetStatus.PENDING), evidence={"/budget": f"邱总说{said}"})
        for said, amount in (("预算一百八十万", 1_800_000), ("预算150万", 1_500_000))
    ]
    told = [one for at, note in enumerate(notes) for one in found(note, MARCH + datetime.timedelta(days=7 * at))]
    brief = brief_of(AccountFacts("远山阀门", stage="商务谈判", findings=judged(told)[::-1]), LIBRARY, "zh")
    assert not brief.known
    assert "预算：“邱总说预算150万”（3月25日）；“邱总说预算一百八十万”（3月18日）" in brief_page(brief, ZH).text
    assert "bant.budget" in [question.field for question in brief.questions]
    assert ("bant", "budget") not in {(gap.method, gap.field) for gap in brief.gaps}


def test_what_two_visits_agree_on_is_marked():
    told = [one for at in (0, 7) for one in found(NOTE, MARCH + datetime.timedelta(days=at))]
    page = brief_page(brief_of(AccountFacts("远山阀门", findings=judged(told)[::-1]), LIBRARY, "zh"), ZH).text
    assert "“换一次模具要停半天”（3月25日，已核实）" in page


def test_promises_are_shown_by_side_and_done_ones_are_gone():
    facts = AccountFacts(
        "远山阀门",
        commitments=(
            promise(Party.US, "送样", MARCH),
            promise(Party.CUSTOMER, "给图纸"),
            promise(Party.US, "报价", done=True),
        ),
    )
    brief = brief_of(facts, LIBRARY, "zh")
    assert [one.action for one in brief.ours] == ["送样"]
    assert [one.action for one in brief.theirs] == ["给图纸"]
    assert "送样（3月18日）" in brief_page(brief, ZH).text


def test_the_opening_is_filled_by_known_facts_only():
    filled = {step.field: step.about for step in brief_of(FACTS, LIBRARY, "zh").opening}
    assert filled == {"rapport": "换一次模具要停半天", "purpose": "带样机去试", "company_team": "", "success_case": ""}
    empty = {step.about for step in brief_of(AccountFacts("中行"), LIBRARY, "zh").opening}
    assert empty == {""}


@dataclass
class Aiming:
    aim: object
    is_offline: bool = False

    def speak(self, *_, **__):
        raise AssertionError

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        if self.aim is None:
            raise ModelUnavailable("down")
        return {"aim": self.aim}


async def test_an_aim_that_stands_is_shown():
    aim = "先问清这笔钱最后由哪一位决定，预算还没批，邱总定不了。"
    brief = await with_aim(Aiming(aim), brief_of(FACTS, LIBRARY, "zh"), language="zh", rep="r")
    assert aim in brief_page(brief, ZH).text


@pytest.mark.parametrize("aim", ["预算 500 万已经批了，直接去签合同。", "给邱总塞个红包，问清谁决定。", "", 7, None])
async def test_an_aim_beyond_the_records_is_dropped(aim):
    brief = brief_of(FACTS, LIBRARY, "zh")
    assert await with_aim(Aiming(aim), brief, language="zh", rep="r") == brief


texts = st.text("停机预算周总 abc，。“”{}**`1", min_size=1, max_size=80)
notes = st.builds(
    VisitNote,
    pains=st.lists(texts, max_size=3).map(tuple),
    needs=st.lists(texts, max_size=3).map(tuple),
    authority=st.none() | texts,
    evidence=st.dictionaries(st.sampled_from(["/pains/0", "/needs/0", "/authority"]), texts),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(notes, max_size=3), st.text(max_size=20), st.sampled_from([ZH, EN]))
def test_any_records_make_a_short_page_in_which_nothing_is_known_that_no_visit_says(several, stage, words):
    told = [one for at, note in enumerate(several) for one in found(note, MARCH + datetime.timedelta(days=at))]
    facts = AccountFacts("远山阀门", stage=stage, findings=judged(told)[::-1])
    brief = brief_of(facts, LIBRARY, words.language)
    said = {value for note in several for value in (*note.pains, *note.needs, note.authority)}
    assert {one.value for one in brief.known} <= said
    assert len(brief.questions) <= MOST_QUESTIONS
    assert len(brief_page(brief, words).text) < 3500


def test_what_was_not_discussed_last_time_is_asked_first():
    left = LeftOpen(MARCH, (OpenPoint.BUDGET, OpenPoint.AUTHORITY, OpenPoint.NEXT_STEP, OpenPoint.COMPETITOR))
    bare = replace(FACTS, findings=found(replace(NOTE, budget=None)))
    fields = [question.field for question in brief_of(replace(bare, left_open=left), LIBRARY, "zh").questions]
    assert fields[:3] == ["bant.budget", "meddic.economic_buyer", "opportunity-check.win"]
    assert len(set(fields)) == len(fields) == MOST_QUESTIONS
    assert brief_of(bare, LIBRARY, "zh").questions[0].field == "spin.implication"


def test_what_a_person_answered_since_is_not_asked_although_it_was_not_discussed():
    left = LeftOpen(MARCH, (OpenPoint.AUTHORITY,))
    decider = AccountContact("a", "周总", "总经理", Role.DECISION_MAKER.value)
    facts = replace(FACTS, left_open=left, contacts=(decider,))
    assert "meddic.economic_buyer" not in [one.field for one in brief_of(facts, LIBRARY, "en").questions]
