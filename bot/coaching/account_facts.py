"""What is known of an account, by the fields of the methods: each with the words it rests on and the visit."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.account import AccountContact, Commitment, Visit
from bot.domain.visit import Contact, Role, VisitNote

_NOTE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "needs": ("spin.situation", "bant.need"),
    "pains": ("meddic.pain", "spin.problem", "bant.need", "six-questions.benefit"),
    "metrics": ("meddic.metrics", "spin.implication"),
    "authority": ("meddic.economic_buyer", "bant.authority", "downstairs.decision_layer"),
    "decision_process": ("meddic.decision_process",),
    "decision_criteria": ("meddic.decision_criteria",),
    "champion": ("meddic.champion", "downstairs.inside_coach"),
    "budget": ("bant.budget",),
    "timeline": ("bant.timeline", "six-questions.why_now"),
    "objections": (),
    "competitors": (),
}
_ROLE_FIELDS: Mapping[Role, tuple[str, ...]] = {
    Role.DECISION_MAKER: ("meddic.economic_buyer", "bant.authority", "downstairs.decision_layer"),
    Role.INFLUENCER: ("downstairs.influence_layer",),
    Role.PROCUREMENT: ("downstairs.influence_layer",),
    Role.USER: ("downstairs.execution_layer",),
    Role.COACH: ("meddic.champion", "downstairs.inside_coach"),
}


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the memory holds of one account; everything but the name may be missing.

    `person` is whom the rep is going to see, as he said it. `stage` is shown as it is.
    """

    account: str
    person: str = ""
    stage: str = ""
    contacts: tuple[AccountContact, ...] = ()
    visits: tuple[Visit, ...] = ()
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known: which part of a note it is, its value, the words it rests on, and the visit they come from.

    `fills` are the fields of methods it fills, as `method.field`.
    """

    topic: str
    text: str
    quote: str
    visit: str
    met_on: datetime.date
    fills: tuple[str, ...]


def known_of(facts: AccountFacts) -> tuple[Known, ...]:
    """Everything known of the account, the latest visit first, each value once."""
    found: dict[tuple[str, str], Known] = {}
    for visit in sorted(facts.visits, key=lambda visit: visit.met_on, reverse=True):
        for one in _of_visit(visit):
            found.setdefault((one.topic, one.text), one)
    return tuple(found.values())


def fields_filled(facts: AccountFacts, known: Sequence[Known]) -> frozenset[str]:
    """The fields of methods, as `method.field`, about which something is known."""
    by_role = (field for contact in facts.contacts for field in _fields_of(contact.role))
    return frozenset([*(field for one in known for field in one.fills), *by_role])


def _of_visit(visit: Visit) -> Iterator[Known]:
    for topic, fills in _NOTE_FIELDS.items():
        for pointer, text in _values(visit.note, topic):
            quote = visit.note.evidence.get(pointer, "")
            yield Known(topic, text, quote, visit.id, visit.met_on, fills)
    for at, contact in enumerate(visit.note.contacts):
        quote = visit.note.evidence.get(f"/contacts/{at}", "")
        text = f"{contact.name} {contact.title or ''}".strip()
        yield Known("contacts", text, quote, visit.id, visit.met_on, _fields_of(contact.role))


def _values(note: VisitNote, topic: str) -> Iterator[tuple[str, str]]:
    value = getattr(note, topic)
    if isinstance(value, tuple):
        for at, item in enumerate(value):
            yield f"/{topic}/{at}", item if isinstance(item, str) else item.text
    elif value is not None:
        yield f"/{topic}", value if isinstance(value, str) else value.text


def _fields_of(role: str) -> tuple[str, ...]:
    return _ROLE_FIELDS.get(Role(role), ()) if role in set(Role) else ()


def people_of(facts: AccountFacts) -> tuple[AccountContact, ...]:
    """Everybody known at the account, confirmed contacts first."""
    found = {contact.name: contact for contact in facts.contacts}
    for visit in facts.visits:
        for contact in visit.note.contacts:
            found.setdefault(contact.name, _confirmed(facts.account, contact))
    return tuple(found.values())


def _confirmed(account: str, contact: Contact) -> AccountContact:
    return AccountContact(account, contact.name, contact.title, contact.role.value)
