import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.keyword_index import KeywordIndex, terms_of

TEXTS = ["客户嫌价格太贵怎么办", "约拍板人见面", "Discount or not: the customer haggles", "預算還沒批下來"]


def index_of(texts: list[str]) -> KeywordIndex:
    index = KeywordIndex()
    index.add(texts)
    return index


def test_the_row_that_shares_words_wins_in_any_script():
    index = index_of(TEXTS)
    assert int(np.argmax(index.scores("客户说太贵"))) == 0
    assert int(np.argmax(index.scores("客戶說太貴"))) == 0
    assert int(np.argmax(index.scores("预算批了吗"))) == 3
    assert int(np.argmax(index.scores("DISCOUNTS for customers"))) == 2


def test_a_removed_row_scores_nothing():
    index = index_of(TEXTS)
    index.remove(0)
    assert index.scores("客户说太贵")[0] == 0


def test_no_shared_word_scores_nothing_and_empty_is_harmless():
    assert not index_of(TEXTS).scores("xyzzy").any()
    assert not index_of(TEXTS).scores("").any()
    assert len(KeywordIndex().scores("客户")) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="客户预算价格太贵 abc12", max_size=12), min_size=1, max_size=14), st.text(max_size=8))
def test_adding_one_by_one_equals_adding_at_once(texts, query):
    at_once, one_by_one = index_of(texts), KeywordIndex()
    for text in texts:
        one_by_one.add([text])
    for asked in (query, texts[0]):
        np.testing.assert_allclose(at_once.scores(asked), one_by_one.scores(asked), rtol=1e-4, atol=1e-6)


@given(st.text())
def test_any_text_has_terms(text):
    assert terms_of(text).dtype == np.int64


def test_rows_added_since_are_scored_alone_as_they_are_among_all():
    index = index_of(TEXTS)
    index.add(["客户要再便宜点", "预算批了"])
    np.testing.assert_allclose(index.scores("客户的预算", since=3), index.scores("客户的预算")[3:])
    assert len(index.scores("客户", since=len(index))) == 0
