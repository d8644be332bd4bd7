import numpy as np
import pytest

from knowledge.evidence import Coverage, subject_of
from knowledge.glossary import Glossary, glossary_of
from knowledge.keyword_index import KeywordIndex
from knowledge.library_entries import load_library

TEXT = "今年的预算还没有批，财务说要等到八月。"


@pytest.fixture(scope="module")
def words() -> KeywordIndex:
    index = KeywordIndex()
    index.add([TEXT, "样机放在仓库里。", "预算谁批，什么时候批。", "预算是一个人和一道手续。"])
    return index


def covered(words, query, *texts, glossary=None):
    return Coverage(words, glossary or Glossary()).of(query, texts)


def test_an_english_question_is_covered_by_a_chinese_text(words):
    glossary = glossary_of(load_library())
    said = covered(words, "whose budget", TEXT, glossary=glossary)
    assert said.share > covered(words, "whose budget", "样机放在仓库里", glossary=glossary).share


def test_a_question_whose_every_word_is_said_misses_nothing(words):
    assert covered(words, "预算", TEXT).share == pytest.approx(1)
    assert covered(words, "预算", TEXT).missing_in_all == pytest.approx(0)


def test_what_is_missing_counts_more_the_rarer_it_is(words):
    rare, frequent = (covered(words, query, "客户说再看看。") for query in ("样机", "预算"))
    assert rare.share == frequent.share == 0
    assert rare.missing > frequent.missing


def test_words_of_one_question_are_looked_for_in_all_the_texts_together(words):
    assert covered(words, "样机预算", TEXT).missing_in_all > covered(words, "样机预算", TEXT, "样机来了").missing_in_all


def test_a_word_that_stands_in_no_text_is_unheard(words):
    assert covered(words, "差旅", TEXT).unheard == 1
    assert covered(words, "样机", TEXT).unheard == 0


def test_without_texts_or_words_nothing_is_claimed(words):
    assert covered(words, "预算").share == covered(words, "", TEXT).share == 0


def test_a_subject_the_library_knows_stands_out_from_the_rest():
    known, foreign = np.full(100, 0.1, np.float32), np.full(100, 0.1, np.float32)
    known[:5] = 0.7
    assert subject_of(0.0, known).nearest > subject_of(0.0, foreign).nearest
    assert subject_of(0.0, known).spread > subject_of(0.0, foreign).spread
    assert subject_of(0.2, np.zeros(0, np.float32)).spread == 0
