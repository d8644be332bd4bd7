"""A visit note: what one message says of one account, each value with the words it rests on."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.open_points import OpenPoint


class Role(StrEnum):
    """What a contact does in the purchase."""

    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    USER = "user"
    PROCUREMENT = "procurement"
    COACH = "coach"
    GATEKEEPER = "gatekeeper"
    UNKNOWN = "unknown"


class ObjectionKind(StrEnum):
    """The cause behind an objection, in visits and in practice."""

    PRICE = "price"
    TIMING = "timing"
    COMPETITOR = "competitor"
    TRUST = "trust"
    AUTHORITY = "authority"
    NEED = "need"
    DELIVERY = "delivery"
    OTHER = "other"


class BudgetStatus(StrEnum):
    """How firm the money for this purchase is."""

    APPROVED = "approved"
    PENDING = "pending"
    UNKNOWN = "unknown"
    NONE = "none"


class Party(StrEnum):
    """Who must act on a commitment."""

    US = "us"
    CUSTOMER = "customer"


class Sentiment(StrEnum):
    """The customer's attitude."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Stage(StrEnum):
    """Where the deal stands."""

    FIRST_CONTACT = "初次接触"
    NEEDS = "需求确认"
    SOLUTION = "方案交流"
    TRIAL = "试用测试"
    QUOTE = "报价"
    TENDER = "招投标"
    NEGOTIATION = "商务谈判"
    CONTRACT = "合同签约"
    DELIVERY = "交付实施"
    AFTER_SALES = "售后服务"
    RENEWAL = "续约增购"
    LOST = "丢单"
    PAUSED = "暂停"


class RelationKind(StrEnum):
    """How one at the customer moves another: by his word, or as his superior."""

    LISTENS_TO = "listens_to"
    REPORTS_TO = "reports_to"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of the customer, by name or surname."""

    name: str
    title: str | None = None
    role: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Objection:
    """What the customer holds against us or against buying now."""

    text: str
    kind: ObjectionKind = ObjectionKind.OTHER


@dataclass(frozen=True, slots=True)
class Budget:
    """Money for this purchase; the amount only where one sum in yuan is meant."""

    text: str
    amount_cny: int | float | None = None
    status: BudgetStatus = BudgetStatus.UNKNOWN


@dataclass(frozen=True, slots=True)
class Timeline:
    """When they want it or decide; the date only where the words fix a day."""

    text: str
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class VisitCommitment:
    """A next action that somebody agreed to or announced."""

    who: Party
    action: str
    due: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Whom at the customer's somebody listens or reports to; each a person as named, or a department."""

    who: str
    to: str
    kind: RelationKind = RelationKind.LISTENS_TO

    @property
    def text(self) -> str:
        """Both, with an arrow to who moves the other."""
        return relation_text(self.who, self.to)


_ARROW = " → "


def relation_text(who: str, to: str) -> str:
    """How a relation is written in every language."""
    return f"{who}{_ARROW}{to}"


def relation_of(text: str, kind: str) -> Relation:
    """The relation that was written so."""
    who, _, to = text.partition(_ARROW)
    return Relation(who, to, RelationKind(kind))


@dataclass(frozen=True, slots=True)
class VisitNote:
    """What was said of one account; unknown is None or empty.

    `evidence` maps a JSON pointer inside the note to the contiguous words of the message. `not_discussed` are the
    points the rep was asked about and said nobody had talked of: known to be open, which is more than unknown.
    """

    account: str | None = None
    visit_date: datetime.date | None = None
    contacts: tuple[Contact, ...] = ()
    needs: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    competitors: tuple[str, ...] = ()
    budget: Budget | None = None
    authority: str | None = None
    timeline: Timeline | None = None
    decision_process: str | None = None
    decision_criteria: tuple[str, ...] = ()
    champion: str | None = None
    commitments: tuple[VisitCommitment, ...] = ()
    relations: tuple[Relation, ...] = ()
    stage: Stage | None = None
    sentiment: Sentiment = Sentiment.NEUTRAL
    evidence: Mapping[str, str] = field(default_factory=dict)
    not_discussed: tuple[OpenPoint, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when the note says nothing beyond account, date, stage and mood."""
        return not any(getattr(self, name) for name in CONTENT_FIELDS)


def with_values(note: VisitNote, values: Mapping[str, object], evidence: Mapping[str, str]) -> VisitNote:
    """The note with these fields and this evidence in place of its own; names and types are the caller's care."""
    return replace(note, evidence=evidence, **values)  # type: ignore[arg-type]


LIST_FIELDS = (
    *("contacts", "needs", "pains", "metrics", "objections", "competitors", "decision_criteria", "commitments"),
    "relations",
)
SINGLE_FIELDS = ("budget", "authority", "timeline", "decision_process", "champion")
CONTENT_FIELDS = LIST_FIELDS + SINGLE_FIELDS


def pointers_of(note: VisitNote) -> tuple[str, ...]:
    """The JSON pointers of all values of the note that must have evidence."""
    singles = ("account", "visit_date", *SINGLE_FIELDS, "stage")
    found = [f"/{name}" for name in singles if getattr(note, name) is not None]
    found += [f"/{name}/{index}" for name in LIST_FIELDS for index in range(len(getattr(note, name)))]
    return tuple(found)
