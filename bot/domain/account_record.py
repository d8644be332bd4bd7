"""All that may be shown of one account, and what of it the last visit changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.account import Account, AccountContact, Commitment, Visit
from bot.domain.finding import Finding, FindingState
from bot.domain.method_fields import fields_of_role
from bot.domain.opportunity import Diagnosis, Opportunity, OpportunityChange
from bot.domain.visit import Stage

LAYERS = ("decision_layer", "influence_layer", "execution_layer", "inside_coach")
"""The layers of a stakeholder map from the top down, by their ids in the library, and who helps from inside."""


_NOBODY = re.compile(r"[他她]|(?:s?he|they)\b", re.IGNORECASE)
"""How a value begins that names nobody (他拍板)."""


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """Everything of an account, visits and findings newest first, `commitments` the open ones.

    `names` are the reps whose names may be shown, by id; `today` decides what is overdue. It is not `is_whole` for
    who only visited an account that somebody else looks after: he sees what he told himself.
    """

    account: Account
    today: date
    contacts: tuple[AccountContact, ...] = ()
    visits: tuple[Visit, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    findings: tuple[Finding, ...] = ()
    deal: Opportunity = field(default_factory=Opportunity)
    diagnosis: Diagnosis | None = None
    is_whole: bool = True
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def quiet_days(self) -> int:
        """Days since the last visit, 0 before the first."""
        return (self.today - self.visits[0].met_on).days if self.visits else 0


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account in a list: when somebody was there last, and how far the deal is."""

    account: Account
    last_met: date | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the account, with what he was heard to be."""

    name: str
    title: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the stakeholder map; nobody in it is worth saying."""

    field: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What the last visit changed: whom it met first, how the deal moved, what it told anew, confirmed or disputed."""

    on: date
    new_people: tuple[str, ...] = ()
    moves: tuple[OpportunityChange, ...] = ()
    new: tuple[Finding, ...] = ()
    confirmed: tuple[Finding, ...] = ()
    contradicted: tuple[tuple[Finding, Finding | None], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """True when all is as it was."""
        return not (self.new_people or self.moves or self.new or self.confirmed or self.contradicted)


def layers_of(record: AccountRecord) -> tuple[tuple[Layer, ...], tuple[Person, ...]]:
    """The four layers with their people, and those of whom nobody knows yet where they stand.

    Who was said to decide or to help is in his layer even if nobody has met him.
    """
    people = [Person(one.name, one.title, one.role) for one in record.contacts]
    heard = [one for one in record.findings if one.topic in ("authority", "champion")]
    layers = tuple(
        Layer(layer, (*_met(layer, people), *_heard_of(f"downstairs.{layer}", heard, people))) for layer in LAYERS
    )
    placed = {person.name for layer in layers for person in layer.people}
    return layers, tuple(person for person in people if person.name not in placed)


def since_last(record: AccountRecord) -> SinceLast | None:
    """What the last visit changed; None before the second."""
    if len(record.visits) < 2:
        return None
    last, earlier = record.visits[0], record.visits[1:]
    known = {contact.name for visit in earlier for contact in visit.note.contacts}
    told = [one for one in record.findings if one.visit == last.id and one.topic != "contacts"]
    by_id = {one.id: one for one in record.findings}
    return SinceLast(
        on=last.met_on,
        new_people=tuple(one.name for one in last.note.contacts if one.name not in known),
        moves=tuple(one for one in record.deal.changes if one.visit == last.id and one.before),
        new=tuple(one for one in told if one.state is FindingState.HEARD),
        confirmed=tuple(one for one in told if one.state is FindingState.CONFIRMED),
        contradicted=tuple((one, by_id.get(one.against)) for one in told if one.state is FindingState.CONTRADICTED),
    )


def _met(layer: str, people: list[Person]) -> list[Person]:
    return [person for person in people if f"downstairs.{layer}" in fields_of_role(person.role)]


def _heard_of(key: str, heard: list[Finding], people: list[Person]) -> list[Person]:
    """Those the findings put here who are nobody of the people met."""
    named = dict.fromkeys(one.value for one in heard if key in one.fields and not _NOBODY.match(one.value))
    return [Person(name, None, "") for name in named if not any(person.name in name for person in people)]
