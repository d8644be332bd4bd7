"""The values of practice."""

import pytest

from bot.domain.practice import (
    LARGEST,
    PENALTIES,
    Dimension,
    Form,
    ImproperDemand,
    Question,
    Spin,
    TurnLabels,
    Violation,
    resistance_named,
)
from bot.domain.visit import ObjectionKind


def test_the_dimensions_sum_to_a_hundred_and_every_violation_has_a_price() -> None:
    assert sum(LARGEST[dimension] for dimension in Dimension) == 100
    assert set(PENALTIES) == set(Violation)


def test_a_turn_finds_its_first_question_of_a_kind() -> None:
    first, second = Question("a?", Spin.NONE, Form.CLOSED), Question("b?", Spin.PROBLEM, Form.OPEN)
    labels = TurnLabels(0, (first, second))
    assert labels.asked(Spin.PROBLEM, Spin.IMPLICATION) is second
    assert labels.asked(Spin.NEED_PAYOFF) is None


def test_a_customer_resists_by_any_objection_a_visit_knows_or_by_an_improper_demand() -> None:
    assert [resistance_named(kind.value) for kind in ObjectionKind] == list(ObjectionKind)
    assert resistance_named("kickback") is ImproperDemand.KICKBACK
    with pytest.raises(ValueError, match="weather"):
        resistance_named("weather")
