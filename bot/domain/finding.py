"""What a visit tells of a method's field, with the words it rests on, and how sure we may be of it."""

import datetime
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Speaker(StrEnum):
    """Whose words they are; only the customer's can be confirmed."""

    CUSTOMER = "customer"
    REP = "rep"
    THIRD_PARTY = "third_party"


class FindingState(StrEnum):
    """How a finding stands beside what other visits told."""

    HEARD = "heard"
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"


class LetterState(StrEnum):
    """How a method's field stands: nothing known, said to be not discussed, or as its findings are."""

    EMPTY = "empty"
    NOT_DISCUSSED = "not_discussed"
    HEARD = "heard"
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"


ONE_VALUE = frozenset({"budget", "authority", "timeline"})
"""The topics that have one true value at a time; of the others there may be several."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One value a visit brought.

    `topic` is the field of the note; `fields` are the fields of methods it fills, as `method.field`. `value` is as
    shown; what code compares are `amount_cny`, `day` and `detail` (a contact's role, a budget's status, the kind of a
    relation, whom words on who decides or helps name). `quote` is
    "" for whoever may not read the author's words. `against` is the finding that confirmed or contradicted it.
    """

    id: str
    account: str
    visit: str
    rep: str
    met_on: datetime.date
    topic: str
    fields: tuple[str, ...]
    value: str
    quote: str
    said_by: Speaker
    detail: str = ""
    amount_cny: float | None = None
    day: datetime.date | None = None
    state: FindingState = FindingState.HEARD
    against: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One field of a method: how it stands, and what it rests on, the latest first (both sides where they differ)."""

    field: str
    state: LetterState
    findings: tuple[Finding, ...] = ()


def letters_of(
    method: str, fields: Iterable[str], findings: Sequence[Finding], not_discussed: Container[str] = ()
) -> tuple[Letter, ...]:
    """The fields of a method in their order, from the account's findings, the latest first.

    `not_discussed` are fields, as `method.field`, that a rep said nobody had talked of.
    """
    return tuple(_letter(field, f"{method}.{field}", findings, not_discussed) for field in fields)


def _letter(field: str, key: str, newest: Sequence[Finding], not_discussed: Container[str]) -> Letter:
    filling = [one for one in newest if key in one.fields]
    current = current_of(filling)
    if not current:
        return Letter(field, LetterState.NOT_DISCUSSED if key in not_discussed else LetterState.EMPTY)
    disputed = next((one for one in current if one.state is FindingState.CONTRADICTED), None)
    if disputed:
        other = next((one for one in filling if one.id == disputed.against), None)
        return Letter(field, LetterState.CONTRADICTED, (disputed, other) if other else (disputed,))
    confirmed = [one for one in current if one.state is FindingState.CONFIRMED]
    state = LetterState.CONFIRMED if confirmed else LetterState.HEARD
    return Letter(field, state, (*confirmed, *(one for one in current if one not in confirmed)))


def current_of(newest: Sequence[Finding]) -> tuple[Finding, ...]:
    """What holds now: of a topic with one true value the latest, of the others each value once."""
    kept: dict[tuple[str, str], Finding] = {}
    for one in newest:
        kept.setdefault((one.topic, "" if one.topic in ONE_VALUE else one.value), one)
    return tuple(kept.values())
