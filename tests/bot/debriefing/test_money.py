import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debriefing.money import amounts_in


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("一百八十来万", 1_800_000),
        ("95w", 950_000),
        ("76万", 760_000),
        ("六十八万含税", 680_000),
        ("三万五", 35_000),
        ("3万5", 35_000),
        ("四十八万六", 486_000),
        ("一点五个亿", 150_000_000),
        ("两千三", 2_300),
        ("1,250,000元", 1_250_000),
        ("¥2.4M", 2_400_000),
        ("RMB 1.8 million", 1_800_000),
        ("two million yuan", 2_000_000),
        ("预算400k", 400_000),
        ("小两百万", 2_000_000),
        ("十来万", 100_000),
    ],
)
def test_one_sum_in_yuan_is_computed(text: str, yuan: int) -> None:
    (amount,) = amounts_in(text)
    assert amount.yuan == yuan


@pytest.mark.parametrize(
    "text",
    [
        "一百五到一百八十万",
        "180-200万",
        "一百五六十万",
        "几十万",
        "上百万",
        "十几万",
        "两三百万",
        "20万美元",
        "$120k",
        "EUR 85,000",
        "12万欧",
        "between 80 and 100 万",
        "between 1 and 2 million yuan",
        "在80和100万之间",
    ],
)
def test_a_range_or_another_currency_has_words_but_no_yuan(text: str) -> None:
    (amount,) = amounts_in(text)
    assert amount.yuan is None


@pytest.mark.parametrize(
    "text",
    ["三万台", "150多个", "25号", "三月十五号", "30%", "三成", "Q3 2026", "贵了8个点", "ISO9001", "3 m", "两万多件"],
)
def test_counted_things_and_dates_are_no_money(text: str) -> None:
    assert amounts_in(text) == ()


def test_words_keep_their_place() -> None:
    text = "从180万砍到150万"
    assert [text[amount.start : amount.end] for amount in amounts_in(text)] == ["180万", "150万"]


_SIGNS = "零一二三四五六七八九"


def _han(number: int) -> str:
    """The number below ten thousand in Chinese words, by the book."""
    words, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if zero and words else "") + _SIGNS[digit] + sign
        zero = digit == 0
    return words


@given(st.integers(1, 9999))
def test_every_number_of_ten_thousands_is_read_as_written(number: int) -> None:
    (amount,) = amounts_in(f"预算{_han(number)}万元")
    assert amount.yuan == number * 10_000


@given(st.integers(1, 9999), st.sampled_from(["万", "w", "W", "万元"]))
def test_digits_and_unit_are_never_a_power_off(number: int, unit: str) -> None:
    (amount,) = amounts_in(f"大概{number}{unit}")
    assert amount.yuan == number * 10_000


@given(st.text(max_size=40))
def test_any_text_is_survived(text: str) -> None:
    for amount in amounts_in(text):
        assert text[amount.start : amount.end] == amount.words
