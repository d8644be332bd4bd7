from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debriefing.dates import Leaning, dates_in, day_meant

WEDNESDAY, SATURDAY, SUNDAY = date(2026, 3, 18), date(2026, 3, 21), date(2026, 3, 22)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("下周三", date(2026, 3, 25)),
        ("周五", date(2026, 3, 20)),
        ("这周五", date(2026, 3, 20)),
        ("下下周一", date(2026, 3, 30)),
        ("上周四", date(2026, 3, 12)),
        ("大后天", date(2026, 3, 21)),
        ("昨天下午", date(2026, 3, 17)),
        ("月底前", date(2026, 3, 31)),
        ("下月底", date(2026, 4, 30)),
        ("元旦前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("25号之前", date(2026, 3, 25)),
        ("下个月15号", date(2026, 4, 15)),
        ("3月25号", date(2026, 3, 25)),
        ("11 月底", date(2026, 11, 30)),
        ("两周后", date(2026, 4, 1)),
        ("三天内", date(2026, 3, 21)),
        ("三天前", date(2026, 3, 15)),
        ("两周之前", date(2026, 3, 4)),
        ("端午", date(2026, 6, 19)),
        ("next Friday", date(2026, 3, 27)),
        ("by Friday", date(2026, 3, 20)),
        ("this Friday", date(2026, 3, 20)),
        ("next Thursday", date(2026, 3, 26)),
        ("Tuesday next week", date(2026, 3, 24)),
        ("end of the month", date(2026, 3, 31)),
        ("by the end of June", date(2026, 6, 30)),
        ("April 3rd", date(2026, 4, 3)),
        ("the 25th", date(2026, 3, 25)),
        ("two days ago", date(2026, 3, 16)),
        ("2026-04-01", date(2026, 4, 1)),
    ],
)
def test_words_that_fix_a_day_give_it(words: str, day: date) -> None:
    assert day_meant(words, WEDNESDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        "五一后",
        "三月中旬",
        "节后",
        "年后",
        "下周",
        "月初",
        "六月份",
        "Q3",
        "下半年",
        "mid-May",
        "next week",
        "next month",
        "in May",
    ],
)
def test_vague_words_are_found_but_give_no_day(words: str) -> None:
    assert [found.day for found in dates_in(words, WEDNESDAY)] == [None]


@pytest.mark.parametrize("number", ["1", "半", "两", "十五"])
@pytest.mark.parametrize("unit", ["天", "个工作日", "周", "个星期", "个月", "个半月", "年"])
@pytest.mark.parametrize("side", ["后", "之后", "内", "前", "之前", "左右"])
def test_every_span_of_time_is_survived(number: str, unit: str, side: str) -> None:
    for found in dates_in(f"我们{number}{unit}{side}给他", WEDNESDAY):
        assert found.day is None or abs((found.day - WEDNESDAY).days) < 120


@pytest.mark.parametrize("weekend", [SATURDAY, SUNDAY])
def test_next_tuesday_said_at_the_weekend_is_the_coming_one(weekend: date) -> None:
    assert day_meant("下周二", weekend) == date(2026, 3, 24)


def test_a_bare_weekday_leans_to_where_it_belongs() -> None:
    assert day_meant("周二", WEDNESDAY, Leaning.FUTURE) == date(2026, 3, 24)
    assert day_meant("周五", WEDNESDAY, Leaning.PAST) == date(2026, 3, 13)


@pytest.mark.parametrize("text", ["may happen", "一周三次", "3号楼", "每周两次", "1号线"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert [found for found in dates_in(text, WEDNESDAY) if found.day] == []


@given(days, st.integers(0, 6), st.integers(0, 2))
def test_a_weekday_of_a_later_week_is_in_that_week(base: date, weekday: int, weeks: int) -> None:
    words = ("这" if weeks == 0 else "下" * weeks) + "周" + "一二三四五六日"[weekday]
    day = day_meant(words, base)
    assert day is not None
    assert day.weekday() == weekday
    assert (day - timedelta(days=weekday)) - (base - timedelta(days=base.weekday())) == timedelta(weeks=weeks)


@given(days, st.sampled_from(["Monday", "Wednesday", "Friday", "Sunday"]))
def test_next_is_of_next_week_and_by_is_the_coming_one(base: date, name: str) -> None:
    following, coming = day_meant(f"next {name}", base), day_meant(f"by {name}", base)
    assert following is not None
    assert coming is not None
    assert following.isocalendar()[:2] == (base + timedelta(weeks=1)).isocalendar()[:2]
    assert timedelta(0) <= coming - base < timedelta(weeks=1)


@given(days, st.text(max_size=30))
def test_any_text_is_survived(base: date, text: str) -> None:
    for found in dates_in(text, base):
        assert text[found.start :].lstrip().startswith(found.words)


@pytest.mark.parametrize("words", ["每周三", "每天", "两个月"])
def test_what_recurs_or_lasts_is_no_day(words: str) -> None:
    assert day_meant(words, date(2026, 11, 23)) is None
