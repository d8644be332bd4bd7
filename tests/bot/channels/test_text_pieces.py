"""Long texts cut: nothing lost but white space at the cuts, never too long, never empty, marks where they belong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_messages import entities_of
from bot.channels.text_pieces import TEXT_UNITS, pieces, units
from bot.domain.rich_text import Mark, RichText, Span
from tests.support.rich_texts import rich_texts
from tests.support.telegram_text import check_entities, utf16_length

FAST = settings(max_examples=60, deadline=None)


def marked(text: RichText) -> list[tuple[str, frozenset[Mark]]]:
    """Every visible character with the marks it carries."""
    marks = [
        (character, frozenset(s.mark for s in text.spans if s.start <= at < s.end))
        for at, character in enumerate(text.text)
    ]
    return [(character, found) for character, found in marks if not character.isspace()]


@FAST
@given(rich_texts(), st.integers(20, 200))
def test_every_visible_character_comes_once_in_order_with_its_marks(text: RichText, limit: int) -> None:
    cut = list(pieces(text, limit))
    assert [one for piece in cut for one in marked(piece)] == marked(text)


@FAST
@given(rich_texts(), st.integers(20, 200))
def test_pieces_fit_and_are_never_empty_nor_padded(text: RichText, limit: int) -> None:
    for piece in pieces(text, limit):
        assert 1 <= units(piece.text) <= limit
        assert piece.text == piece.text.strip()


@FAST
@given(rich_texts(), st.integers(20, 200))
def test_marks_of_every_piece_are_lawful_for_telegram(text: RichText, limit: int) -> None:
    for piece in pieces(text, limit):
        check_entities(piece.text, [entity.to_dict() for entity in entities_of(piece)])


@FAST
@given(st.text(max_size=50))
def test_units_are_counted_as_telegram_counts(text: str) -> None:
    assert units(text) == utf16_length(text)


def test_a_text_that_fits_is_one_piece() -> None:
    assert list(pieces(RichText("好" * TEXT_UNITS))) == [RichText("好" * TEXT_UNITS)]


@pytest.mark.parametrize("blank", ["", "   ", "\n\n\n", "\u3000" * 5000])
def test_nothing_to_see_gives_no_piece(blank: str) -> None:
    assert list(pieces(RichText(blank))) == []


@pytest.mark.parametrize("pause", ["\n\n", "\n", "。", "? ", "，", " "])
def test_cuts_fall_where_a_reader_would_pause(pause: str) -> None:
    text = ("字" * 70 + pause) + "词" * 70
    first, second = pieces(RichText(text), 100)
    assert first.text == ("字" * 70 + pause).strip()
    assert second.text == "词" * 70


def test_a_paragraph_border_beats_a_later_full_stop() -> None:
    text = "一" * 60 + "\n\n" + "二" * 20 + "。" + "三" * 60
    assert [piece.text[0] for piece in pieces(RichText(text), 100)] == ["一", "二"]


def test_a_word_without_any_pause_is_cut_hard_between_characters() -> None:
    cut = list(pieces(RichText("😀" * 130), 101))
    assert [units(piece.text) for piece in cut] == [100, 100, 60]


def test_a_mark_across_the_cut_goes_on_in_the_next_piece() -> None:
    text = RichText("重" * 150, (Span(0, 150, Mark.BOLD),))
    assert [piece.spans for piece in pieces(text, 100)] == [(Span(0, 100, Mark.BOLD),), (Span(0, 50, Mark.BOLD),)]
