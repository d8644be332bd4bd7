"""Rich texts for property tests: any words of any script, with marks as our wording sets them."""

from hypothesis import strategies as st

from bot.domain.rich_text import Mark, RichText, Span

PIECES = st.text(st.sampled_from("ab 客户报价。，！？\n\n😀👨🏽é.;\u2028"), max_size=40)
"""Short runs of letters, Chinese, emoji beyond the first plane, stops and white space."""


@st.composite
def rich_texts(draw: st.DrawFn, *, most: int = 40) -> RichText:
    """A text of up to `most` stretches, marked or not, one after the other; repeated to any length."""
    stretches = draw(st.lists(st.tuples(PIECES, st.sampled_from([None, *Mark])), max_size=most))
    times = draw(st.integers(1, 12))
    text = RichText("")
    for words, mark in stretches * times:
        spans = (Span(0, len(words), mark),) if mark and words else ()
        text += RichText(words, spans)
    return text
