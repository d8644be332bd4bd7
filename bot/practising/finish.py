"""The end of a practice: the scorecard of its talk, with the scenario's own checks and what to do better."""

from dataclasses import replace

from bot.domain.practice import Scorecard
from bot.practising.own_checks import own_checks_of
from bot.practising.rubric import Rubric, fixes_for
from bot.practising.scorecard import score
from bot.practising.simulation import PracticeState


def finish(state: PracticeState, rubric: Rubric | None = None, *, experienced: bool = False) -> Scorecard:
    """The card of this practice; with its rubric it also says what to do better."""
    scenario = state.scenario
    card = score(state.turns, off=scenario.off, own_checks=own_checks_of(scenario, state.turns))
    return card if rubric is None else replace(card, fixes=fixes_for(card, rubric, experienced=experienced))
