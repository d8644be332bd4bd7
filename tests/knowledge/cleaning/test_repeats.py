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


def test_of_many_articles_the_right_one_is_found_and_only_among_those_asked_about():
    repeats = known()
    for number in range(300):
        repeats.add(f"n{number}", f"第{number}家客户在{number * 7}号问了{number * 13}件事，" * 9)
    for key, text in (("line", STOPPED_LINE), ("visit", SECOND_VISIT)):
        found = repeats.like(text)
        assert found is not None
        assert found[0] == key
        assert repeats.like(text, among={"n1", "n2"}) is None
    assert "line" in repeats
    assert "other" not in repeats
