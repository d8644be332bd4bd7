import numpy as np
import pytest

from knowledge.glossary import Glossary, glossary_of
from knowledge.keyword_index import terms_of
from knowledge.library_entries import load_library


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return glossary_of(load_library())


def first_meaning(glossary, word):
    return glossary.translated(int(terms_of(word)[-1]))[0][0]


@pytest.mark.parametrize(("english", "chinese"), [("budget", "预算"), ("tender", "招标"), ("quote", "报价")])
def test_the_librarys_two_languages_teach_which_words_go_together(glossary, english, chinese):
    assert first_meaning(glossary, english) == terms_of(chinese)[-1]
    assert first_meaning(glossary, chinese) == terms_of(english)[-1]


def test_a_word_it_never_saw_has_no_meaning(glossary):
    meanings, shares = glossary.all_translated(terms_of("zebra crossings 斑马线"))
    assert len(meanings) == len(shares) == 0


def test_it_is_kept_between_runs(glossary, tmp_path):
    written = glossary_of(load_library(), tmp_path)
    assert (tmp_path / "glossary.npz").exists()
    again = glossary_of(load_library(), tmp_path)
    for kept, learned in zip((again.terms, again.shares), (written.terms, glossary.shares), strict=True):
        assert np.array_equal(kept, learned)
