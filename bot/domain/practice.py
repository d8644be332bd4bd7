"""A practice talk and what can be said about it: labels per turn, checks, dimensions, the scorecard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.visit import ObjectionKind


class Speaker(StrEnum):
    """Who said a turn."""

    REP = "rep"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """One thing said by one side."""

    speaker: Speaker
    text: str


class Spin(StrEnum):
    """What a question is after."""

    SITUATION = "situation"
    PROBLEM = "problem"
    IMPLICATION = "implication"
    NEED_PAYOFF = "need_payoff"
    NONE = "none"


class Form(StrEnum):
    """Closed questions are answered by yes or no, a number, or one of the choices offered."""

    OPEN = "open"
    CLOSED = "closed"


class Violation(StrEnum):
    """What a rep should not do; marked on the turn where it happens."""

    BAD_MOUTH_COMPETITOR = "bad_mouth_competitor"
    PRICE_TOO_EARLY = "price_too_early"
    SELF_CENTRED_WORDING = "self_centred_wording"
    INTERRUPTS_OR_ARGUES = "interrupts_or_argues"
    OVER_PROMISE = "over_promise"
    NO_NEXT_STEP = "no_next_step"
    FEATURE_DUMP_WITHOUT_BENEFIT = "feature_dump_without_benefit"
    IGNORES_OBJECTION = "ignores_objection"


PENALTIES: Mapping[Violation, int] = {
    Violation.BAD_MOUTH_COMPETITOR: 4,
    Violation.INTERRUPTS_OR_ARGUES: 4,
    Violation.OVER_PROMISE: 4,
    Violation.IGNORES_OBJECTION: 3,
    Violation.PRICE_TOO_EARLY: 2,
    Violation.SELF_CENTRED_WORDING: 2,
    Violation.FEATURE_DUMP_WITHOUT_BENEFIT: 2,
    Violation.NO_NEXT_STEP: 0,
}
LARGEST_PENALTY = 15


class ImproperDemand(StrEnum):
    """What a customer asks for himself; a practice tries how it is refused, a visit note has no word for it."""

    KICKBACK = "kickback"


Resistance = ObjectionKind | ImproperDemand
"""What a customer of a practice holds up the sale with: an objection as visits know it, or an improper demand."""


def resistance_named(name: str) -> Resistance:
    """The kind of this name. Raises ValueError for any other."""
    return ImproperDemand(name) if name in tuple(ImproperDemand) else ObjectionKind(name)


class Bant(StrEnum):
    """The four things that make a lead worth the effort."""

    BUDGET = "B"
    AUTHORITY = "A"
    NEED = "N"
    TIMELINE = "T"


class Sign(StrEnum):
    """What else a rep turn shows; the scorecard's checks rest on these."""

    RESPECT = "respect"
    RECOGNITION = "recognition"
    PERMISSION = "permission"
    APOLOGY = "apology"
    OFFER = "offer"
    BENEFIT_TIED = "benefit_tied"
    PROOF = "proof"
    HONEST_LIMIT = "honest_limit"
    STEP_ASKED = "step_asked"
    STEP_DATED = "step_dated"
    STEP_WITH_PEOPLE = "step_with_people"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands in the turn."""

    text: str
    spin: Spin
    form: Form


@dataclass(frozen=True, slots=True)
class CustomerLabels:
    """What a customer turn carries: an objection, a direct question, parts of BANT, process facts."""

    index: int
    objection: Resistance | None
    asks: bool
    reveals: tuple[Bant, ...]
    process_told: bool = False


@dataclass(frozen=True, slots=True)
class TurnLabels:
    """The labels of one rep turn; `index` counts all turns of the talk from 0."""

    index: int
    questions: tuple[Question, ...] = ()
    violations: tuple[Violation, ...] = ()
    objection_quality: int | None = None
    trust_building: bool = False
    bant_obtained: tuple[Bant, ...] = ()
    closing_commitment: bool = False
    signs: Mapping[Sign, str] = field(default_factory=dict)
    faults: Mapping[Violation, str] = field(default_factory=dict)

    def asked(self, *kinds: Spin) -> Question | None:
        """The first question of one of these kinds, if there is one."""
        return next((question for question in self.questions if question.spin in kinds), None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All labels of a talk, for the rep's turns and the customer's."""

    rep: tuple[TurnLabels, ...]
    customer: tuple[CustomerLabels, ...]

    def objections(self) -> int:
        """How many customer turns carried an objection that the rep could answer."""
        return sum(labels.objection_quality is not None for labels in self.rep)


class Dimension(StrEnum):
    """The six parts of the score."""

    OPENING_TRUST = "opening_trust"
    NEEDS_SPIN = "needs_spin"
    VALUE_PRESENTATION = "value_presentation"
    OBJECTION_HANDLING = "objection_handling"
    BANT_MEDDIC = "bant_meddic"
    CLOSING = "closing"


LARGEST: Mapping[Dimension, int] = {
    Dimension.OPENING_TRUST: 15,
    Dimension.NEEDS_SPIN: 25,
    Dimension.VALUE_PRESENTATION: 15,
    Dimension.OBJECTION_HANDLING: 20,
    Dimension.BANT_MEDDIC: 10,
    Dimension.CLOSING: 15,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A yes or no with the words that decided it; no quote when it rests on something absent."""

    id: str
    passed: bool
    turn: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do better: what was said, a line to say instead, the method behind it, a drill."""

    check: str
    turn: int | None
    quote: str | None
    better: str
    method: str
    drill: str


@dataclass(frozen=True, slots=True)
class PastScore:
    """What a finished practice was worth; `dimensions` are points by the name of the dimension."""

    scenario: str
    finished_at: datetime
    overall: int
    dimensions: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class PhaseShares:
    """Approximate shares of the rep's turns in percent; trust first asks for 40, 30, 20, 10."""

    trust: int
    need: int
    explanation: int
    closing: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of a talk; the same talk always gives the same card."""

    overall: int
    dimensions: Mapping[Dimension, int | None]
    penalty: int
    turns: tuple[TurnLabels, ...]
    checks: tuple[Check, ...]
    phases: PhaseShares
    fixes: tuple[Fix, ...] = ()

    def check(self, check_id: str) -> Check | None:
        """The check of this id, if the card holds it."""
        return next((check for check in self.checks if check.id == check_id), None)
