import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.debriefing.findings import Visited, findings_in
from bot.domain.account import Account, AccountContact, Commitment, Visit
from bot.domain.account_record import AccountRecord
from bot.domain.visit import Contact, Party, Role, VisitNote
from bot.presenting.account_page import account_page, open_topics
from bot.wording.phrasebook import Phrasebook

TODAY = datetime.date(2026, 11, 23)
ACCOUNT = Account("a", "远山阀门", "r")


def visit(note: VisitNote, days_ago: int = 0, rep: str = "r") -> Visit:
    at = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    return Visit(f"v{days_ago}", "a", rep, TODAY - datetime.timedelta(days=days_ago), note, at)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_account_without_visits_says_so_and_all_is_open(language: str) -> None:
    words = Phrasebook(language)
    record = AccountRecord(ACCOUNT, TODAY)
    page = account_page(record, words).text
    assert words.plain("accounts.no_visits") in page
    assert len(open_topics(record)) == 10


def test_older_visits_are_counted_not_shown() -> None:
    visits = tuple(visit(VisitNote(pains=(f"难处{n}",)), n) for n in range(8))
    page = account_page(AccountRecord(ACCOUNT, TODAY, visits=visits), Phrasebook("zh")).text
    assert "来往（8 次）" in page
    assert "难处2" in page
    assert "难处3" not in page
    assert "更早还有 5 次" in page


def test_a_colleagues_visit_carries_his_name_where_it_may_be_shown() -> None:
    visits = (visit(VisitNote(pains=("难处",)), rep="other"),)
    shown = AccountRecord(ACCOUNT, TODAY, visits=visits, names={"other": "小王"})
    assert "小王：难处" in account_page(shown, Phrasebook("zh")).text
    assert "小王" not in account_page(AccountRecord(ACCOUNT, TODAY, visits=visits), Phrasebook("zh")).text


def test_a_decider_and_an_inside_coach_met_close_what_they_stand_for() -> None:
    contacts = (AccountContact("a", "周总", None, "decision_maker"), AccountContact("a", "小李", None, "coach"))
    still = open_topics(AccountRecord(ACCOUNT, TODAY, contacts=contacts))
    assert not {"authority", "champion", "contacts"} & set(still)
    by_note = VisitNote(contacts=(Contact("周总", role=Role.DECISION_MAKER),))
    told = findings_in(Visited("v", "a", "r", TODAY, by_note, ""))
    assert "authority" not in open_topics(AccountRecord(ACCOUNT, TODAY, findings=told))


texts = st.text("停机预算周总 abc，。“”{}**`1\n", min_size=1, max_size=200)
notes = st.builds(
    VisitNote,
    pains=st.lists(texts, max_size=4).map(tuple),
    needs=st.lists(texts, max_size=4).map(tuple),
    contacts=st.lists(st.builds(Contact, texts, texts), max_size=3).map(tuple),
)
owed = st.builds(
    Commitment,
    texts,
    st.just("a"),
    texts,
    st.just("r"),
    st.sampled_from(Party),
    texts,
    st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(notes, max_size=30), st.lists(owed, max_size=30), st.sampled_from(["zh", "en"]))
def test_any_record_makes_a_page_of_at_most_two_screens(
    told: list[VisitNote], commitments: list[Commitment], language: str
) -> None:
    visits = tuple(visit(note, number) for number, note in enumerate(told))
    record = AccountRecord(ACCOUNT, TODAY, visits=visits, commitments=tuple(commitments))
    page = account_page(record, Phrasebook(language))
    assert len(page.text) < 4096
    assert all(0 <= span.start < span.end <= len(page.text) for span in page.spans)
