from knowledge.cleaning.repeats import Repeats
from tests.knowledge.dirty_folder import CLOUD, SECOND_VISIT, STOPPED_LINE, TRADITIONAL_COPY


def known() -> Repeats:
    repeats = Repeats()
    repeats.add("line", STOPPED_LINE)
    repeats.add("visit", SECOND_VISIT)
    return repeats


def test_a_copy_is_found_in_another_script_or_cut_short():
    for copy in (STOPPED_LINE, TRADITIONAL_COPY, STOPPED_LINE[:150], STOPPED_LINE.replace("，", " , ")):
        found = known().like(copy)
        assert found is not None
        assert found[0] == "line"


def test_another_article_is_no_copy():
    assert known().like(CLOUD) is None
    assert known().like("") is None
