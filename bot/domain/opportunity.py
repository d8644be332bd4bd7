"""A deal with an account: its stage, amount and health, as the history of their changes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.visit import Stage


class Aspect(StrEnum):
    """What of a deal changed."""

    STAGE = "stage"
    AMOUNT = "amount"
    HEALTH = "health"


class Health(StrEnum):
    """How a deal stands."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A health and what weighs on it, the heaviest first; the reasons are keys of wording."""

    health: Health
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpportunityChange:
    """One change: by a visit, or by the rep's word (`visit` is "").

    `before` and `after` are a Stage, yuan or a Health, "" for unknown; `reasons` are keys of wording, of a health only;
    `quote` are the author's words that gave a stage away.
    """

    id: str
    account: str
    visit: str
    rep: str
    on: datetime.date
    aspect: Aspect
    before: str
    after: str
    reasons: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """The deal as it stands after all its changes; these the latest first."""

    stage: Stage | None = None
    amount_cny: float | None = None
    health: Health | None = None
    reasons: tuple[str, ...] = ()
    changes: tuple[OpportunityChange, ...] = ()

    def last(self, aspect: Aspect) -> OpportunityChange | None:
        """The latest change of this aspect."""
        return next((one for one in self.changes if one.aspect is aspect), None)


def opportunity_of(newest: Sequence[OpportunityChange]) -> Opportunity:
    """The deal that these changes, the latest first, lead to."""
    deal = Opportunity(changes=tuple(newest))
    stage, amount, health = (deal.last(aspect) for aspect in Aspect)
    return Opportunity(
        stage=Stage(stage.after) if stage and stage.after else None,
        amount_cny=float(amount.after) if amount and amount.after else None,
        health=Health(health.after) if health and health.after else None,
        reasons=health.reasons if health else (),
        changes=deal.changes,
    )
