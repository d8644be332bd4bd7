from datetime import date

import numpy as np

from bot.debriefing.evaluation import Case
from bot.debriefing.proposals import NO_FIELD, Field
from bot.domain.visit import Sentiment, Stage
from bot.domain.visit_json import note_from_json
from bot.learn_readings import FOLDS, Lesson, fold_of, learned, lessons_of


class Lengths:
    """Meaning as nothing but the length of the words."""

    name, dimensions = "lengths", 2

    def embed(self, texts):
        return np.array([[1.0, len(text) / 50] for text in texts], np.float32)


def _case() -> Case:
    note = {
        "account": "恒立泵业", "visit_date": None, "contacts": [], "needs": ["想换两台新的"], "pains": ["设备老是坏"],
        "objections": [], "competitors": [], "budget": None, "authority": None, "timeline": None,
        "decision_process": None, "decision_criteria": [], "champion": None, "stage": Stage.NEEDS.value,
        "commitments": [{"who": "us", "action": "周五前报价", "due": None}], "sentiment": "neutral",
    }  # fmt: skip
    return Case("c-1", "去了恒立泵业，设备老是坏，想换两台新的，周五前报价", date(2026, 6, 10), (note_from_json(note),))


def test_clauses_are_labelled_by_the_values_their_words_stand_in():
    lesson = lessons_of([_case()], Lengths())["statement"]
    labels = (NO_FIELD, *(Field(one) for one in Field))
    told = [number for number, case in zip(lesson.wanted, lesson.case, strict=True) if case == "c-1"]
    assert len(told) == 4
    assert told[0] == labels.index(NO_FIELD)
    assert len(set(told)) == 4


def test_a_case_is_held_out_with_its_fold_and_examples_never():
    lesson = Lesson(np.ones((3, 2), np.float32), np.array([0, 1, 1]), ("", "c-1", "c-2"))
    left = lesson.without(fold_of("c-1"))
    assert "" in left.case
    assert "c-1" not in left.case
    assert 0 <= fold_of("c-1") < FOLDS


def test_every_judge_is_learned_with_all_its_labels():
    judges = learned(lessons_of([_case()], Lengths()))
    assert judges.mood.labels == tuple(Sentiment)
    assert judges.statement.weights.shape[1] == len(judges.statement.labels)
    assert judges.stage.weights.shape[1] == len(judges.stage.labels)
