from datetime import date

import pytest

from bot.debriefing.extraction import notes_from
from bot.debriefing.reading_sense import reading_sense
from bot.domain.visit import Party
from knowledge.errors import VectorsUnavailableError
from knowledge.sentence_embedder import SentenceEmbedder

DAY = date(2026, 6, 10)


@pytest.fixture(scope="module")
def sense():
    return reading_sense(SentenceEmbedder())


class Silent:
    name, dimensions = "use-multilingual-3", 512

    def embed(self, texts):
        raise VectorsUnavailableError("gone")


class Other(Silent):
    name = "another-model"


def test_what_hurts_is_read_without_a_word_of_the_lists(sense):
    message = "今天去了恒立泵业，见了仓库的田主管，一批货里总有十几件尺寸不对。"
    assert notes_from(message, reference=DAY)[0].pains == ()
    assert notes_from(message, reference=DAY, sense=sense)[0].pains == ("一批货里总有十几件尺寸不对",)


def test_who_helps_us_inside_is_read_in_english(sense):
    message = "Visited Norwood Plastics today. Helen, the QA manager, keeps telling her director to pick us."
    (note,) = notes_from(message, reference=DAY, sense=sense)
    assert notes_from(message, reference=DAY)[0].champion is None
    assert note.champion == "keeps telling her director to pick us"


def test_what_the_customer_is_to_do_stays_his(sense):
    message = "下午去了恒立泵业，田主管答应周五把图纸发给我。"
    (note,) = notes_from(message, reference=DAY, sense=sense)
    assert [(one.who, one.due) for one in note.commitments] == [(Party.CUSTOMER, date(2026, 6, 12))]


def test_small_talk_states_nothing(sense):
    (note,) = notes_from("今天去了恒立泵业，和田主管聊了聊天气和孩子上学。", reference=DAY, sense=sense)
    assert (note.needs, note.pains, note.objections, note.commitments, note.budget) == ((), (), (), (), None)


def test_without_vectors_the_words_are_read_as_before():
    message = "今天去了恒立泵业，田主管说设备老是坏，想换两台新的，让我周五前报价。"
    assert notes_from(message, reference=DAY, sense=reading_sense(Silent())) == notes_from(message, reference=DAY)


def test_nothing_is_read_by_weights_of_another_model():
    assert reading_sense(Other()) is None
    assert reading_sense(None) is None
