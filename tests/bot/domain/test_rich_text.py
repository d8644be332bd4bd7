"""Light markup: our templates set it, values never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rich_text import Mark, RichText, Span, bold, joined, quoted, rendered, slots_of


def marked(text: RichText, mark: Mark) -> list[str]:
    return [text.text[s.start : s.end] for s in text.spans if s.mark is mark]


def test_marks_of_a_template_leave_only_the_words() -> None:
    text = rendered("**先问** `SPIN`，再报价", {})
    assert text.text == "先问 SPIN，再报价"
    assert marked(text, Mark.BOLD) == ["先问"]
    assert marked(text, Mark.CODE) == ["SPIN"]


def test_slots_are_filled_also_inside_marks() -> None:
    text = rendered("**{who}**说：{what}", {"who": "王处长", "what": "太贵"})
    assert text.text == "王处长说：太贵"
    assert marked(text, Mark.BOLD) == ["王处长"]


@given(st.text(max_size=60))
def test_a_value_is_never_read_as_markup_or_slot(value: str) -> None:
    text = rendered("「{value}」", {"value": value})
    assert text.text == f"「{value}」"
    assert text.spans == ()


def test_markup_of_a_rich_value_moves_with_it() -> None:
    text = rendered("注意：{value}", {"value": bold("先别降价")})
    assert marked(text, Mark.BOLD) == ["先别降价"]


def test_a_slot_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        rendered("{missing}", {})


def test_slots_of_a_template_are_named() -> None:
    assert slots_of("**{a}** {b} {a}") == {"a", "b"}


def test_joining_leaves_out_what_is_empty() -> None:
    whole = joined([RichText(""), bold("一"), RichText("  "), quoted("二")], "\n")
    assert whole.text == "一\n二"
    assert whole.spans == (Span(0, 1, Mark.BOLD), Span(2, 3, Mark.QUOTE))


def test_empty_stretches_carry_no_mark() -> None:
    assert bold("").spans == quoted("").spans == ()


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_slice_keeps_marks_on_their_characters(text: str, start: int, end: int) -> None:
    cut = bold(text)[start:end]
    assert cut.text == text[start:end]
    assert cut.spans == ((Span(0, len(cut.text), Mark.BOLD),) if cut.text else ())


@given(st.text(max_size=20), st.text(max_size=20))
def test_adding_keeps_marks_on_their_characters(first: str, second: str) -> None:
    whole = bold(first) + quoted(second)
    assert whole.text == first + second
    assert [whole.text[s.start : s.end] for s in whole.spans] == [text for text in (first, second) if text]
