"""The scorecard of a talk: dimensions, penalty, checks, shares of the phases; the same talk gives the same card."""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.practice import (
    LARGEST,
    LARGEST_PENALTY,
    PENALTIES,
    Assessment,
    Check,
    Dimension,
    PhaseShares,
    Scorecard,
    Sign,
    Spin,
    TalkTurn,
    TurnLabels,
)
from bot.practising.assessment import assess
from bot.practising.checks import checks_of
from bot.practising.dimensions import dimensions_of


def score(turns: Sequence[TalkTurn], *, off: Collection[Dimension] = (), own_checks: Sequence[Check] = ()) -> Scorecard:
    """The card of a talk. Dimensions in `off` are null; `own_checks` are the scenario's, shown after the rest."""
    talk = assess(turns)
    checks = checks_of(talk)
    dimensions = {name: None if name in off else points for name, points in dimensions_of(talk, checks).items()}
    penalty = penalty_of(talk.rep)
    return Scorecard(
        overall=max(0, total_of(dimensions) - penalty),
        dimensions=dimensions,
        penalty=penalty,
        turns=talk.rep,
        checks=(*checks, *own_checks),
        phases=phases_of(talk),
    )


def total_of(dimensions: Mapping[Dimension, int | None]) -> int:
    """The sum of the dimensions, scaled to 100 where some are null."""
    counted = {name: points for name, points in dimensions.items() if points is not None}
    if not counted:
        return 0
    return int(sum(counted.values()) * 100 / sum(LARGEST[name] for name in counted) + 0.5)


def penalty_of(turns: Sequence[TurnLabels]) -> int:
    """What the violations cost, at most fifteen points."""
    return min(LARGEST_PENALTY, sum(PENALTIES[violation] for labels in turns for violation in labels.violations))


def phases_of(talk: Assessment) -> PhaseShares:
    """How the rep's turns are shared out among trust, need, explanation and closing; an approximation."""
    weights = [0.0, 0.0, 0.0, 0.0]
    for labels in talk.rep:
        present = _phases(labels)
        for phase in present:
            weights[phase] += 1 / len(present)
    whole = sum(weights) or 1.0
    trust, need, explanation = (int(100 * weight / whole + 0.5) for weight in weights[:3])
    return PhaseShares(trust, need, explanation, max(0, 100 - trust - need - explanation) if talk.rep else 0)


def _phases(labels: TurnLabels) -> list[int]:
    asked = labels.asked(*(kind for kind in Spin if kind is not Spin.NONE)) is not None
    explains = bool({Sign.OFFER, Sign.BENEFIT_TIED, Sign.PROOF} & set(labels.signs))
    present = [phase for phase, is_so in ((1, asked), (2, explains), (3, Sign.STEP_DATED in labels.signs)) if is_so]
    return [0, *present] if labels.trust_building or not present else present
