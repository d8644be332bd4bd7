import re

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.approval import ApprovedLine, approved_in, spans_in
from knowledge.splitting.pieces import pieces_of, pieces_with_approved

PIECE = st.text(alphabet="客户预算。！，,.\n abcA”", max_size=60)


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(st.lists(PIECE, max_size=60).map("".join))
def test_nothing_is_lost_and_every_piece_has_the_size_of_a_phone(text):
    pieces = pieces_of(text)
    assert without_space("".join(pieces)) == without_space(text)
    assert all(len(piece) <= 500 for piece in pieces)
    if len(text.strip()) >= 2 * 60:
        assert all(len(piece) >= 60 for piece in pieces) or len(without_space(text)) < 120


def test_cuts_stand_between_sentences():
    text = "".join(f"第{number}句话讲的是客户为什么沉默以及怎么办才好。" for number in range(60))
    assert all(piece.endswith("。") for piece in pieces_of(text))


def test_a_text_without_any_joint_is_still_cut():
    assert max(map(len, pieces_of("长" * 1700))) <= 500


LINE = st.text(alphabet="客户预算。！，,. abcA”", min_size=1, max_size=700).map(str.strip).filter(bool)


@settings(deadline=None)
@given(st.lists(st.tuples(LINE, st.booleans()), min_size=1, max_size=12))
def test_an_approved_line_is_in_one_piece_and_known_there(lines):
    parts = [part for text, marked in lines for part in (ApprovedLine(text) if marked else text, "\n")]
    text, approved = "".join(parts), spans_in(parts)
    pieces = pieces_with_approved(text, approved)
    assert [one for piece, spans in pieces for one in approved_in(piece, spans)] == [t for t, marked in lines if marked]
    assert without_space("".join(piece for piece, _ in pieces)) == without_space(text)
    assert all(len(piece) <= 500 + sum(end - start for start, end in spans) for piece, spans in pieces)
