"""The rules agree with labelled talks; what was reached must not be lost."""

from pathlib import Path

import pytest

from bot.practising.evaluation import Agreement, Comparison, compared, main, talks_in

TALKS = Path(__file__).parents[2] / "evals" / "practice"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compared(talks_in(TALKS / "talks.jsonl", TALKS / "held_out.jsonl"))


@pytest.mark.parametrize(
    ("label", "least"),
    [
        ("question found", 0.97),
        ("spin", 0.92),
        ("form", 0.93),
        ("objection seen", 0.85),
        ("objection quality", 0.75),
        ("trust_building", 0.85),
        ("bant_obtained", 0.70),
        ("closing_commitment", 0.85),
        ("violation", 0.88),
    ],
)
def test_agreement_on_all_talks(comparison: Comparison, label: str, least: float) -> None:
    assert comparison.agreement(label).f1 >= least


def test_agreement_counts() -> None:
    pairs = Agreement("x")
    for one, other in (("a", "a"), ("a", "b"), (None, "a"), (None, None)):
        pairs.add(one, other)
    assert pairs.accuracy == 0.5
    assert pairs.f1 == pytest.approx(2 / 5)
    assert Agreement("empty").kappa == 1.0


def test_the_command_prints_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(TALKS / "held_out.jsonl"), "--differences"]) == 0
    assert "closing_commitment" in capsys.readouterr().out
