import numpy as np
import pytest

from knowledge.evaluation import Case
from knowledge.fit_evidence import Weighed, figures_unseen, fitted_evidence
from knowledge.regression import even_logistic, logistic
from knowledge.search_weights import EVIDENCE_PARTS, probability


def weighed(number: int, *, answer: str | None, **parts: float) -> Weighed:
    anchors = ((frozenset([answer]), 2),) if answer else ()
    style = "zh" if answer else f"kind {number % 2}"
    return Weighed(
        Case(f"c{number}", "q", style, held=False, anchors=anchors), dict.fromkeys(EVIDENCE_PARTS, 0.0) | parts
    )


@pytest.fixture
def questions() -> list[Weighed]:
    answered = [weighed(at, answer=f"a{at // 2}", missing=1 + 0.1 * (at % 3)) for at in range(40)]
    return [*answered, *(weighed(at, answer=None, missing=3 + 0.1 * (at % 3)) for at in range(40, 52))]


def test_the_fit_tells_questions_with_an_answer_from_those_without(questions):
    weights = fitted_evidence(questions)
    assert weights["missing"] < 0
    for one in questions:
        assert (probability(one.evidence, weights) > 0.5) == one.case.answerable


def test_the_figures_are_of_questions_held_out(questions):
    lines = figures_unseen(questions)
    assert "balanced accuracy on unseen answers 1.000" in lines[0]
    assert "unseen kinds of question without an answer 1.000" in lines[1]
    assert [line.split("n=")[0].strip() for line in lines[2:]] == ["kind 0", "kind 1", "zh"]


def test_what_only_one_answer_shows_does_not_count_as_known():
    by_heart = [weighed(at, answer=f"a{at // 2}", words=float(at // 2 == 0)) for at in range(20)]
    lines = figures_unseen([*by_heart, *(weighed(at, answer=None) for at in range(20, 40))])
    assert float(lines[0].rsplit(maxsplit=1)[1]) < 0.7


def test_even_regression_gives_the_few_the_same_say_as_the_many():
    rows = np.array([[0.0]] * 90 + [[1.0]] * 10)
    truth = np.array([1.0] * 60 + [0.0] * 30 + [0.0] * 8 + [1.0] * 2)
    plain, even = logistic(rows, truth), even_logistic(rows, truth)
    assert plain.of(rows)[0] == pytest.approx(np.log(2), abs=0.05)
    assert even.of(rows)[0] < plain.of(rows)[0]
