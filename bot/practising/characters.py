"""Who the customer is and what is at stake: personas, scenarios with hidden facts, read from library entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.practice import Dimension, Resistance, Spin, resistance_named
from bot.practising.errors import UnfitEntry

Entry = Mapping[str, Any]


class Reaction(StrEnum):
    """How the customer takes a rep turn; every persona has lines for each."""

    OPEN_UP = "open_up"
    DEFLECT = "deflect"
    PLAIN = "plain"
    WARM = "warm"
    NEUTRAL = "neutral"
    COOL = "cool"
    ANNOYED = "annoyed"
    OBJECT = "object"
    INSIST = "insist"
    SATISFIED = "satisfied"
    ACCEPT = "accept"
    REFUSE = "refuse"
    VAGUE = "vague"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Mood:
    """What the customer feels, each from 0 to 10; at patience 0 he leaves."""

    trust: int
    interest: int
    patience: int

    def moved(self, trust: int = 0, interest: int = 0, patience: int = 0) -> "Mood":
        """This mood after a change, kept within bounds."""
        return Mood(
            _bounded(self.trust + trust), _bounded(self.interest + interest), _bounded(self.patience + patience)
        )


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of customer: how he starts, what moves him, how he talks."""

    id: str
    name: str
    voice: str
    signs: tuple[str, ...]
    advice: tuple[str, ...]
    start: Mood
    likes: Mapping[str, int]
    dislikes: Mapping[str, int]
    lines: Mapping[Reaction, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the customer knows and tells only when it is earned."""

    id: str
    line: str
    keywords: tuple[str, ...]
    earned_by: tuple[Spin, ...]
    trust: int


@dataclass(frozen=True, slots=True)
class CustomerObjection:
    """An objection the customer will raise, from which rep turn on, and what he says until it is settled.

    `because` is what lies behind it, told when the rep asks instead of answering at once.
    """

    id: str
    kind: Resistance
    after: int
    lines: tuple[str, ...]
    because: tuple[str, ...]
    insists: tuple[str, ...]
    settled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A check that only this scenario makes; `limit` and `words` are read according to `kind`."""

    id: str
    kind: str
    name: str
    limit: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation to practise in one language."""

    id: str
    language: str
    name: str
    briefing: str
    customer: str
    goal: str
    personas: tuple[str, ...]
    rubric: str
    opening: tuple[str, ...]
    facts: tuple[Fact, ...]
    objections: tuple[CustomerObjection, ...]
    accepts_at_trust: int
    off: tuple[Dimension, ...] = ()
    own_checks: tuple[OwnCheck, ...] = ()
    level: str = "beginner"


def persona_from(entry: Entry, language: str) -> Persona:
    """The persona of a library entry. Raises UnfitEntry when it lacks something."""
    text, lines = _text(entry, language), _get(entry, language, "lines")
    missing = [
        reaction.value for reaction in Reaction if reaction is not Reaction.OBJECT and not lines.get(reaction.value)
    ]
    if missing:
        raise UnfitEntry(f"{entry.get('id')}: [{language}.lines] lacks {', '.join(missing)}")
    start = entry.get("start", {})
    return Persona(
        id=entry["id"],
        name=text["name"],
        voice=_get(entry, language, "voice"),
        signs=tuple(text.get("signs", ())),
        advice=tuple(text.get("advice", ())),
        start=Mood(start.get("trust", 3), start.get("interest", 3), start.get("patience", 6)),
        likes=dict(entry.get("likes", {})),
        dislikes=dict(entry.get("dislikes", {})),
        lines={Reaction(name): tuple(found) for name, found in lines.items()},
    )


def scenario_from(entry: Entry, language: str) -> Scenario:
    """The scenario of a library entry. Raises UnfitEntry when it lacks something."""
    text = _text(entry, language)
    return Scenario(
        id=entry["id"],
        language=language,
        name=text["name"],
        briefing=_get(entry, language, "briefing"),
        customer=_get(entry, language, "customer"),
        goal=_get(entry, language, "goal"),
        personas=tuple(entry["personas"]),
        rubric=entry["rubric"],
        opening=tuple(_get(entry, language, "opening")),
        facts=tuple(_fact(entry, language, fact) for fact in entry.get("facts", ())),
        objections=tuple(_objection(entry, language, one) for one in entry.get("objections", ())),
        accepts_at_trust=entry.get("accepts_at_trust", 4),
        off=tuple(Dimension(name) for name in entry.get("off", ())),
        own_checks=tuple(_own_check(entry, language, one) for one in entry.get("checks", ())),
        level=entry.get("level", "beginner"),
    )


def _fact(entry: Entry, language: str, fact: Mapping[str, Any]) -> Fact:
    text = _get(entry, language, "facts", fact["id"])
    return Fact(
        id=fact["id"],
        line=text["line"],
        keywords=tuple(word.lower() for word in text["keywords"]),
        earned_by=tuple(Spin(kind) for kind in fact["earned_by"]),
        trust=fact.get("trust", 0),
    )


def _objection(entry: Entry, language: str, objection: Mapping[str, Any]) -> CustomerObjection:
    text = _get(entry, language, "objections", objection["id"])
    if missing := {"lines", "because", "insists", "settled"} - set(text):
        raise UnfitEntry(f"{entry.get('id')}: {language}.objections.{objection['id']} lacks {', '.join(missing)}")
    return CustomerObjection(
        id=objection["id"],
        kind=resistance_named(objection["kind"]),
        after=objection["after"],
        lines=tuple(text["lines"]),
        because=tuple(text["because"]),
        insists=tuple(text["insists"]),
        settled=tuple(text["settled"]),
    )


def _own_check(entry: Entry, language: str, check: Mapping[str, Any]) -> OwnCheck:
    text = _get(entry, language, "checks", check["id"])
    return OwnCheck(check["id"], check["kind"], text["name"], check.get("limit", 0), tuple(text.get("words", ())))


def _text(entry: Entry, language: str) -> Mapping[str, Any]:
    text: Mapping[str, Any] = _get(entry, language)
    return text


def _get(entry: Entry, *path: str) -> Any:  # noqa: ANN401 - the values of a TOML table
    found: Any = entry
    for key in path:
        if not isinstance(found, Mapping) or key not in found:
            raise UnfitEntry(f"{entry.get('id')}: {'.'.join(path)} is missing")
        found = found[key]
    return found


def _bounded(number: int) -> int:
    return max(0, min(10, number))


def as_entry(header: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> Entry:
    """One mapping from an entry's header and its texts by language, as the readers here take it."""
    return {**header, **texts}


def lines_of(persona: Persona, reaction: Reaction) -> Sequence[str]:
    """What this persona may say for a reaction."""
    return persona.lines[reaction]
