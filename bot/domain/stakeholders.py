"""The stakeholder map of an account (下楼式): who stands on which layer, and who moves whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.account import AccountContact
from bot.domain.account_record import AccountRecord
from bot.domain.finding import Finding, current_of
from bot.domain.method_fields import fields_of_role
from bot.domain.visit import RelationKind, Role, relation_of

LAYERS = ("decision_layer", "influence_layer", "execution_layer", "inside_coach")
"""The layers from the top down, by their ids in the library, and who helps from inside."""

_NOBODY = re.compile(r"[他她]|(?:s?he|they)\b", re.IGNORECASE)
"""How a value begins that names nobody (他拍板)."""
_PURCHASING = re.compile(r"采购|purchasing|procurement", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the account, with what he was heard to be; not `is_met` when somebody only named him."""

    name: str
    title: str | None
    role: str
    is_met: bool = True


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the map; nobody in it is worth saying."""

    field: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Who listens or reports to whom, by their names on the map or else as said, and the finding it rests on."""

    who: str
    to: str
    kind: RelationKind
    finding: Finding


@dataclass(frozen=True, slots=True)
class StakeholderMap:
    """The four layers with their people, those of whom nobody knows yet where they stand, and who moves whom."""

    layers: tuple[Layer, ...]
    unplaced: tuple[Person, ...]
    ties: tuple[Tie, ...]

    @property
    def empty(self) -> tuple[str, ...]:
        """The layers in which we know nobody."""
        return tuple(layer.field for layer in self.layers if not layer.people)


def stakeholder_map(record: AccountRecord) -> StakeholderMap:
    """The map of an account; who was said to decide or to help is in his layer even if nobody has met him."""
    people = [Person(one.name, one.title, one.role) for one in record.contacts]
    heard = [one for one in record.findings if one.topic in ("authority", "champion")]
    layers = tuple(
        Layer(layer, (*_met(layer, people), *_heard_of(f"downstairs.{layer}", heard, people))) for layer in LAYERS
    )
    placed = {person.name for layer in layers for person in layer.people}
    unplaced = tuple(person for person in people if person.name not in placed)
    return StakeholderMap(layers, unplaced, _ties(record))


def _met(layer: str, people: Sequence[Person]) -> list[Person]:
    return [person for person in people if f"downstairs.{layer}" in fields_of_role(person.role)]


def _heard_of(key: str, heard: Sequence[Finding], people: Sequence[Person]) -> list[Person]:
    """Those the findings put here who are nobody of the people met."""
    told = [one for one in heard if key in one.fields and not _NOBODY.match(one.value)]
    named = dict.fromkeys(one.detail or one.value for one in told)
    return [Person(name, None, "", is_met=False) for name in named if not any(one.name in name for one in people)]


def _ties(record: AccountRecord) -> tuple[Tie, ...]:
    """What holds now, the latest first: of two superiors of one person the one told last."""
    found: list[Tie] = []
    for one in current_of([finding for finding in record.findings if finding.topic == "relations"]):
        said = relation_of(one.value, one.detail)
        who, to = (_on_the_map(name, record.contacts) for name in (said.who, said.to))
        is_superseded = said.kind is RelationKind.REPORTS_TO and any(
            tie.kind is said.kind and (tie.who == who or (tie.who, tie.to) == (to, who)) for tie in found
        )
        if who != to and not is_superseded:
            found.append(Tie(who, to, said.kind, one))
    return tuple(found)


def _on_the_map(said: str, people: Sequence[AccountContact]) -> str:
    """The one person these words mean: by name, another name or a part of it, or as the only one of that department.

    Else the words themselves.
    """
    named = [one.name for one in people if said == one.name or said in one.aliases]
    in_part = [one.name for one in people if said.isascii() and said in one.name.split()]
    if named or len(in_part) == 1:
        return [*named, *in_part][0]
    in_title = [one.name for one in people if one.title and said.lower() in one.title.lower()]
    buying = [one.name for one in people if _PURCHASING.match(said) and one.role == Role.PROCUREMENT]
    of_department = {*in_title, *buying}
    return of_department.pop() if len(of_department) == 1 else said
