"""Questions a model writes for passages, and those that are no questions."""

import asyncio

import pytest

from bot.errors import ModelUnavailable
from bot.language_models.question_writer import ModelQuestionWriter, questions_in
from bot.language_models.trouble import Cause, ModelTrouble
from knowledge.passages import Passage, PassageKind

PASSAGE = Passage("p1", PassageKind.DOCUMENT, "报价之后", "报价之后三天内打一次电话，问进度。", "zh", "a.txt", "a", 0)


class Says:
    is_offline = False

    def __init__(self, text):
        self.text = text
        self.asked = []

    async def speak(self, prompt, inputs, *, language, rep):
        self.asked.append((prompt, dict(inputs), language))
        if isinstance(self.text, Cause):
            raise ModelTrouble(self.text)
        for piece in self.text:
            yield piece


async def written(text):
    writer = ModelQuestionWriter(Says(text), asyncio.get_running_loop())
    return await asyncio.to_thread(writer.questions_for, PASSAGE)


async def test_two_lines_are_two_questions():
    assert await written("报价后客户不理我怎么办？\n多久跟进一次合适？\n第三个问题怎么问？") == (
        "报价后客户不理我怎么办？",
        "多久跟进一次合适？",
    )


async def test_the_prompt_is_asked_by_name_in_the_language_of_the_passage():
    model = Says("什么时候打电话？")
    await asyncio.to_thread(ModelQuestionWriter(model, asyncio.get_running_loop()).questions_for, PASSAGE)
    assert model.asked == [("passage_questions", {"title": "报价之后", "passage": PASSAGE.text}, "zh")]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("1. 报价后怎么跟进？\n2、“多久打一次电话？”", ("报价后怎么跟进？", "多久打一次电话？")),
        ("问1：报价后怎么跟进？\n问题2: 多久打一次电话？", ("报价后怎么跟进？", "多久打一次电话？")),
        ("- 报价后怎么跟进？\n* 报价后怎么跟进？", ("报价后怎么跟进？",)),
        ("", ()),
        ("\n\n。\n", ()),
        ("报价之后三天内打一次电话", ()),
        ("很" * 60, ()),
    ],
)
def test_what_is_no_question_is_left_out(text, questions):
    assert tuple(questions_in(text, PASSAGE)) == questions


async def test_a_model_that_has_nothing_to_ask_writes_no_question():
    assert await written(Cause.EMPTY) == ()


async def test_a_model_that_is_away_says_so_rather_than_no_questions():
    with pytest.raises(ModelUnavailable):
        await written(Cause.OVER_BUDGET)
