"""Approved lines from the file to the answer: to the character, with their mark, and nothing else with it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.answers import CoachAnswer, answer_from
from bot.coaching.approved_lines import with_marks
from bot.coaching.grounding import answered_by
from bot.coaching.sayings import Part
from bot.wording.phrasebook import Phrasebook
from knowledge.cleaning.approval_marks import carries_mark
from knowledge.ingestion import Ingestion
from knowledge.keyword_knowledge_base import KeywordKnowledgeBase
from knowledge.passages import Scope, SearchResults
from knowledge.passages_in_memory import PassagesInMemory
from tests.bot.coaching.search_results import LIBRARY
from tests.bot.coaching.test_grounding import Proposing

ZH, EN = Phrasebook("zh"), Phrasebook("en")
MARK = ZH.plain("answer.approved_mark")
QUESTION = "客户嫌付款条件太紧，怎么回"
PLAIN = "付款条件客户嫌紧的时候，先问他的付款流程要走几步，再谈分期，别先松口。"
WORDS = st.text(
    st.sampled_from("付款条件分期验收您好贵，，。？！；、 　\xa0\u200b●■(kuǎn)戰Aab1*_“”「」-—/|~…"), max_size=90
)


def found_in(name: str, text: str, question: str = QUESTION) -> SearchResults:
    store = PassagesInMemory()
    Ingestion(store).ingest(name, text.encode(), team=None)
    base = KeywordKnowledgeBase(LIBRARY, store)
    return replace(base.search(question, team=None, scope=Scope.DOCUMENTS), answerable=True)


def marked_in(answer: CoachAnswer) -> list[str]:
    """What the whole answer, its second screen too, shows with the mark."""
    lines = f"{answer.first_screen}\n{answer.more or ''}".splitlines()
    return [line.partition(MARK)[0].removeprefix("· ") for line in lines if MARK in line]


@pytest.mark.parametrize(
    "form", ["【已审定】{line}", "{line}（已审核）", "标准话术（已审定）：{line}", "审定话术\n{line}\n"]
)
@settings(max_examples=40, deadline=None)
@given(words=WORDS)
def test_a_marked_line_comes_back_to_the_character_with_its_mark(form, words):
    line = f"您{words}付款条件我们可以按验收分期"
    results = found_in("话术.txt", f"{PLAIN}\n\n{form.format(line=line)}\n\n{PLAIN}再补一句，验收单谁签要先问清楚。")
    answer = answer_from(QUESTION, results, LIBRARY, ZH)
    assert marked_in(answer) == [line]
    assert [saying.text for saying in answer.sayings if saying.part is Part.APPROVED] == [line]


@settings(max_examples=60, deadline=None)
@given(
    words=WORDS,
    mark=st.sampled_from(["", "未审定：", "【待审定】", "标准话术（未审核）：", "[not approved] ", "标准话术："]),
)
def test_what_is_not_marked_never_carries_the_mark(words, mark):
    line = f"您{words}付款条件我们可以按验收分期"
    results = found_in("话术.txt", f"{PLAIN}\n\n{mark}{line}\n\n{PLAIN}再补一句，验收单谁签要先问清楚。")
    answer = answer_from(QUESTION, results, LIBRARY, ZH)
    assert marked_in(answer) == []
    assert not any(saying.approved for saying in answer.sayings)


LINE = "您放心，付款条件我们按验收分三期，哪一期没验收就不用付。"
SOURCE = f"{PLAIN}\n\n已审定话术\n{LINE}\n\n{PLAIN}"


def altered(at: int) -> str:
    return f"{LINE[:at]}的{LINE[at + 1 :]}"


PROPOSED = st.one_of(
    st.integers(0, len(LINE) - 1).map(altered),
    st.sampled_from(
        [
            LINE,
            f"【已审定】{LINE}",
            f"{LINE}【已审定】",
            "已审定：付款条件可以再谈。",
            "付款条件先问清流程，已审定。",
            "[approved] 付款条件",
            "approved",
        ]
    ),
    WORDS.map(lambda words: f"先问清付款流程{words}，付款条件再谈分期。"),
)


@settings(max_examples=150, deadline=None)
@given(judgement=PROPOSED, own=PROPOSED, ask=PROPOSED)
def test_whatever_a_model_writes_only_the_marked_line_carries_the_mark(judgement, own, ask):
    answer = model_answer({"judgement": judgement, "lines": [1, 2], "own_line": own, "ask": f"{ask}？"}, SOURCE)
    assert marked_in(answer) == [LINE]
    assert [saying.text for saying in answer.sayings if saying.part is Part.APPROVED] == [LINE]
    written = [saying for saying in answer.sayings if saying.citation is None or saying.part is Part.JUDGEMENT]
    assert not any(saying.approved or carries_mark(saying.text) for saying in written)


@settings(max_examples=80, deadline=None)
@given(judgement=PROPOSED, own=PROPOSED)
def test_without_a_mark_in_the_source_no_model_brings_one(judgement, own):
    answer = model_answer({"judgement": judgement, "lines": [1], "own_line": own, "ask": own}, f"{PLAIN}\n\n{LINE}")
    assert marked_in(answer) == []
    assert not any(saying.part is Part.APPROVED for saying in answer.sayings)


def model_answer(proposal: Mapping[str, object], source: str) -> CoachAnswer:
    coroutine = answered_by(Proposing(proposal), QUESTION, found_in("话术.txt", source), LIBRARY, ZH, rep="r1")
    try:
        coroutine.send(None)
    except StopIteration as done:
        answer: CoachAnswer = done.value
        return answer
    raise AssertionError("the scripted model answers at once")


def test_a_quote_never_shows_an_approved_line_in_pieces():
    long = "您放心，" + "付款条件我们按验收分三期，" * 12 + "没验收就不用付。"
    results = found_in("话术.txt", f"{PLAIN}\n\n审定话术\n{long}\n\n{PLAIN}")
    answer = answer_from(QUESTION, results, LIBRARY, ZH)
    assert marked_in(answer) == [long]
    assert not any(text in long for text in answer.texts(Part.DOCUMENT))


def test_a_source_shows_the_mark_behind_its_approved_lines_alone():
    store = PassagesInMemory()
    Ingestion(store).ingest("话术.txt", SOURCE.encode(), team=None)
    for passage in store.passages():
        shown = with_marks(passage, ZH)
        assert shown.replace(MARK, "") == passage.text
        for line in passage.approved_lines:
            assert f"{line}{MARK}" in shown
    assert sum(with_marks(passage, ZH).count(MARK) for passage in store.passages()) == 1


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_mark_shown_is_one_no_generated_words_may_show(words):
    assert carries_mark(f"您放心{words.plain('answer.approved_mark')}")
