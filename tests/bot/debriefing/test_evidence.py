import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.debriefing.evaluation import Case, cases_in
from bot.debriefing.evidence import quoted
from bot.debriefing.extraction import notes_from, unread_in
from bot.debriefing.proposals import ClaimField, proposals_from_reply
from bot.domain.visit import pointers_of

CASES = cases_in(Path(__file__).parents[2] / "evals" / "debrief" / "dev.jsonl")


@given(st.text(max_size=60), st.data())
def test_a_piece_of_a_message_is_found_whatever_the_white_space(message: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(message)))
    piece = message[start : data.draw(st.integers(start, len(message)))]
    spaced = " ".join(piece)
    found = quoted(spaced, message)
    bare = re.sub(r"\s", "", piece)
    assert (found is None) == (bare == "")
    if found is not None:
        assert re.sub(r"\s", "", found) == bare


def test_words_that_are_not_there_are_not_found() -> None:
    assert quoted("预算一百万", "预算大概一百八十万") is None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_value_rests_on_words_of_the_message(case: Case) -> None:
    for note in notes_from(case.text, reference=case.reference):
        assert set(pointers_of(note)) <= set(note.evidence)
        for quote in note.evidence.values():
            assert quote in case.text


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(CASES), st.sampled_from([*ClaimField, "none", "nonsense"]))
def test_whatever_a_model_answers_adds_no_word_of_its_own(case: Case, label: str) -> None:
    asked = unread_in(case.text, reference=case.reference)
    claims = [claim for unread in asked for claim in proposals_from_reply({"1": label, "2": label, "9": 7}, unread)]
    for note in notes_from(case.text, reference=case.reference, proposals=claims):
        assert all(quote in case.text for quote in note.evidence.values())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_any_text_is_survived(message: str, day: date) -> None:
    for note in notes_from(message, reference=day):
        assert all(quoted(quote, message) for quote in note.evidence.values())
