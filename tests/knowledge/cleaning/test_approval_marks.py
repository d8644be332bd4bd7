import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.approval import ApprovedLine
from knowledge.cleaning.approval_marks import carries_mark, marked_lines
from knowledge.cleaning.clean import cleaned


def approved_in(text: str, **more: object) -> list[str]:
    return [line for line in marked_lines(text, **more) if isinstance(line, ApprovedLine)]


@pytest.mark.parametrize(
    ("line", "wording"),
    [
        ("【已审定】贵的部分我拆给您看。", "贵的部分我拆给您看。"),
        ("（已審定）貴的部分我拆給您看。", "貴的部分我拆給您看。"),
        ("已审定：贵的部分我拆给您看", "贵的部分我拆给您看"),
        ("1. 标准话术（已审核）：您先别急", "您先别急"),
        ("✅ 已审定 2026-05：您放心用", "您放心用"),
        ("答（已审定）：您先别急", "您先别急"),
        ("贵的部分我拆给您看。（已审定，法务）", "贵的部分我拆给您看。"),
        ("[approved] We hold the price.", "We hold the price."),
        ("Approved wording (Legal, May 2026): We hold the price.", "We hold the price."),
        ("We hold the price. [approved by legal]", "We hold the price."),
        ("［Ａｐｐｒｏｖｅｄ］ We hold the price.", "We hold the price."),
    ],
)
def test_a_mark_at_the_head_or_the_end_of_a_line_is_known_and_not_part_of_the_wording(line, wording):
    assert approved_in(line) == [wording]


@pytest.mark.parametrize(
    "line",
    [
        "未审定：您放心用吧",
        "【待审定】您放心用",
        "标准话术（未审核）：您先别急",
        "标准话术：您先别急",
        "贵的部分我拆给您看（尚未审定）",
        "[not approved] We hold the price.",
        "Not yet approved: we hold the price.",
        "We hold the price. (to be approved)",
        "Approved: no",
        "Approved by: Legal",
        "已审核：张三",
        "已审定：2026-05-01",
        "Approved budget for the year: 1.8 million",
        "The budget was approved last week.",
        "预算已审定了吗，先问清楚。",
        "approved vendor list",
    ],
)
def test_what_only_speaks_of_approval_or_denies_it_is_no_mark(line):
    assert approved_in(line) == []
    assert marked_lines(line) == [line]


def test_a_line_of_its_own_marks_what_follows_up_to_a_blank_line_or_a_label():
    chinese = "审定话术\n\n客户：太贵了。\n销售：贵的部分我拆给您看。\n您先看看差在哪。\n\n别的话"
    text = f"{chinese}\n\nApproved wording:\nWe hold it.\nOther:\nWe do not."
    assert approved_in(text) == ["销售：贵的部分我拆给您看。", "您先看看差在哪。", "We hold it."]


def test_a_denied_label_ends_what_is_approved():
    assert approved_in("已审定话术\n您先别急。\n待审定话术\n您再等等。") == ["您先别急。"]


def test_a_heading_marks_its_section_and_no_other():
    text = "价格（已审定）\n您看这样。\n\n再看这样。\n细节\n还有这样。\n未审定\n这样不算。\n交期\n这也不算。"
    ranks = {"价格（已审定）": 2, "细节": 3, "未审定": 3, "交期": 2}
    assert approved_in(text, headings=ranks) == ["您看这样。", "再看这样。", "还有这样。"]


def test_half_a_sentence_of_a_printed_page_is_not_taken_for_the_wording():
    page = "[approved] We would rather take something out of the scope\nthan lower the price."
    assert approved_in(page, is_wrapped=True) == []
    block = f"Approved wording\n{page.removeprefix('[approved] ')}\nAsk what it costs today."
    assert approved_in(block, is_wrapped=True) == [page.removeprefix("[approved] "), "Ask what it costs today."]


@pytest.mark.parametrize(
    ("words", "shows"),
    [
        ("您先别急。【已审定】", True),
        ("[approved] We hold it", True),
        ("已审定：您先别急", True),
        ("您先别急，已审定。", True),
        ("您先别急", False),
        ("Has the budget been approved?", False),
    ],
)
def test_words_that_show_the_mark_are_known(words, shows):
    assert carries_mark(words) is shows


_NOISE = st.text(
    st.sampled_from("客户您好价格贵预算 　\xa0\u200b●■？?。，，、；;!！…(zhàn)戰，1.、AaBb·*#【】“”「」-—=_/|"),
    max_size=60,
)


@settings(deadline=None)
@given(wording=_NOISE, before=_NOISE, after=_NOISE)
def test_whatever_stands_around_it_a_marked_line_survives_cleaning_to_the_character(wording, before, after):
    line = f"您{wording}好".strip()
    text = f"{before}\n【已审定】{line}\n{after}\n国产精品无码 在线观看 免费视频\n{line}"
    expected = approved_in(text)
    kept = [one for article in cleaned(text).articles for one in article.approved_lines]
    assert line in kept
    assert kept == expected
