"""A search tried again in other words: one short call, where the first found nothing, and no harm when it fails."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from bot.coaching.rewording import results_for
from bot.errors import ModelUnavailable
from bot.wording.phrasebook import Phrasebook
from knowledge.passages import SearchResults

NOTHING = SearchResults((), answerable=False, why="no_evidence")
SOMETHING = SearchResults((), answerable=True, why="evidence")


@dataclass
class Says:
    """A model that says this, or is away."""

    text: str | None
    is_offline: bool = False
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    async def speak(self, prompt, inputs, *, language, rep):
        self.asked.append((prompt, dict(inputs), language))
        if self.text is None:
            raise ModelUnavailable("slow")
        yield self.text


@dataclass
class Shelf:
    """Finds something only where the context says 回款."""

    asked: list[tuple[str, str | None]] = field(default_factory=list)

    async def search(self, question, *, viewer, context=None):
        self.asked.append((question, context))
        return SOMETHING if "回款" in f"{question}{context}" else NOTHING


def turn(model):
    return SimpleNamespace(model=model, words=Phrasebook("zh"), rep=SimpleNamespace(id="r", viewer=None))


async def test_the_models_words_stand_beside_the_question():
    model, shelf = Says("催款\n 账期  回款 "), Shelf()
    assert await results_for(turn(model), shelf, "钱老是要不回来", "上一句") is SOMETHING
    assert shelf.asked == [("钱老是要不回来", "上一句"), ("钱老是要不回来", "上一句\n催款 账期 回款")]
    assert model.asked == [("reword_question", {"question": "钱老是要不回来", "before": "上一句"}, "zh")]


async def test_a_question_that_finds_something_is_not_reworded():
    model, shelf = Says("回款"), Shelf()
    assert await results_for(turn(model), shelf, "回款难", None) is SOMETHING
    assert not model.asked


@pytest.mark.parametrize("said", [None, "", "钱老是要不回来", "回款" * 90])
async def test_without_words_of_use_the_first_search_stands(said):
    shelf = Shelf()
    assert await results_for(turn(Says(said)), shelf, "钱老是要不回来", None) is NOTHING
    assert len(shelf.asked) == 1


async def test_words_that_find_nothing_either_change_nothing():
    shelf = Shelf()
    assert await results_for(turn(Says("别的词")), shelf, "钱老是要不回来", None) is NOTHING
    assert len(shelf.asked) == 2
