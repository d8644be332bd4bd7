"""One field of a note as the rep words it anew: read by code, with his words as evidence, or struck out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.debriefing.clauses import clauses_of
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.extraction import note_about
from bot.debriefing.money import amounts_in
from bot.debriefing.people import people_in
from bot.debriefing.person import full_name
from bot.debriefing.standing import stage_in
from bot.debriefing.sums import status_of
from bot.debriefing.timing import visit_day
from bot.debriefing.titles import role_by_title
from bot.domain.visit import (
    LIST_FIELDS,
    Budget,
    BudgetStatus,
    Contact,
    Objection,
    Party,
    Relation,
    Stage,
    Timeline,
    VisitCommitment,
    VisitNote,
    with_values,
)

_MARKS = " 　，,。.；;：:「」“”\"'"
_LONGEST_NAME = 40
_LEAD = re.compile(r"^(?:(?:应该|其实)?(?:是|叫|姓|为|改成|改为)|it'?s|it is|should be|make it|the)\s*", re.IGNORECASE)
_ENGLISH_NAME = re.compile(r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,3}")


class Unreadable(ValueError):
    """These words hold no value for this field: no day, no sum, no stage. The rep should say it once more."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the rep says a field is: the bare words, all he said, and the day of the visit's message."""

    text: str
    said: str
    base: date


def values_of(note: VisitNote, field: str) -> tuple[object, ...]:
    """What the field holds: the items of a list, or the one value; empty when nothing."""
    value = getattr(note, field)
    if field in LIST_FIELDS:
        return tuple(value)
    return () if value is None else (value,)


def written(note: VisitNote, field: str, wording: Wording, item: int | None = None) -> VisitNote:
    """The note with this value in the field: in place of the item of a list, else beside the others.

    Raises Unreadable where the words hold no such value.
    """
    old = values_of(note, field)
    at = item if item is not None and item < len(old) else None
    before = old[at] if at is not None else (old[0] if old and field not in LIST_FIELDS else None)
    bare = replace(wording, text=_LEAD.sub("", wording.text.strip(_MARKS)).strip(_MARKS))
    if not bare.text:
        raise Unreadable(field)
    value = _READ.get(field, _text)(bare, before, note)
    if field not in LIST_FIELDS:
        return with_values(note, {field: value}, {**note.evidence, f"/{field}": wording.said})
    place = len(old) if at is None else at
    values = (*old[:place], value, *old[place + 1 :])
    return with_values(note, {field: values}, {**note.evidence, f"/{field}/{place}": wording.said})


def struck(note: VisitNote, field: str, item: int | None = None) -> VisitNote:
    """The note without the field, or without one item of it; the evidence of the others stays with them."""
    if field not in LIST_FIELDS:
        evidence = {key: quote for key, quote in note.evidence.items() if key != f"/{field}"}
        return with_values(note, {field: None}, evidence)
    count = len(values_of(note, field))
    return kept_of(note, field, [place for place in range(count) if item is not None and place != item])


def kept_of(note: VisitNote, field: str, kept: Sequence[int]) -> VisitNote:
    """The note with only these items of a list."""
    values = values_of(note, field)
    evidence = {key: quote for key, quote in note.evidence.items() if not key.startswith(f"/{field}/")}
    for place, index in enumerate(kept):
        if quote := note.evidence.get(f"/{field}/{index}"):
            evidence[f"/{field}/{place}"] = quote
    return with_values(note, {field: tuple(values[index] for index in kept)}, evidence)


def words_of(value: object) -> str:
    """The words of a value as the card shows them."""
    return str(getattr(value, "text", None) or getattr(value, "action", None) or getattr(value, "name", None) or value)


def _text(wording: Wording, before: object, note: VisitNote) -> str:
    return wording.text


def _account(wording: Wording, before: object, note: VisitNote) -> str:
    if len(wording.text) > _LONGEST_NAME:
        raise Unreadable("account")
    return wording.text


def _visit_date(wording: Wording, before: object, note: VisitNote) -> date:
    found = [one.day for one in dates_in(wording.text, wording.base, Leaning.PAST) if one.day]
    day = found[0] if found else visit_day(wording.text, wording.text, wording.base)
    if day is None or day > wording.base:
        raise Unreadable("visit_date")
    return day


def _contact(wording: Wording, before: object, note: VisitNote) -> Contact:
    people = [person for person in people_in(wording.text) if not person.ours]
    known = before if isinstance(before, Contact) else None
    if not people and len(wording.text) > 12 and not _ENGLISH_NAME.fullmatch(wording.text):
        raise Unreadable("contacts")
    name = full_name(people[0]) if people else wording.text
    title = (people[0].title if people else None) or (known.title if known else None)
    role = role_by_title(title)
    return Contact(name, title, known.role if known and role.value == "unknown" else role)


def _objection(wording: Wording, before: object, note: VisitNote) -> Objection:
    return replace(before, text=wording.text) if isinstance(before, Objection) else Objection(wording.text)


def _budget(wording: Wording, before: object, note: VisitNote) -> Budget:
    amounts, status = amounts_in(wording.text), status_of(wording.text)
    known = before if isinstance(before, Budget) else None
    if not amounts and status is BudgetStatus.UNKNOWN:
        raise Unreadable("budget")
    if not amounts:
        keeps = known is not None and status is not BudgetStatus.NONE
        return replace(known, status=status) if known and keeps else Budget(wording.text, None, status)
    firm = known.status if known and status is BudgetStatus.UNKNOWN else status
    in_yuan = amounts[0].currency is None and known is not None and known.amount_cny is not None
    amount = amounts[0].figure if in_yuan else amounts[0].yuan
    return Budget(wording.text, amount, BudgetStatus.UNKNOWN if firm is BudgetStatus.NONE else firm)


def _timeline(wording: Wording, before: object, note: VisitNote) -> Timeline:
    return Timeline(wording.text, first_day(wording.text, wording.base))


def _commitment(wording: Wording, before: object, note: VisitNote) -> VisitCommitment:
    known = before if isinstance(before, VisitCommitment) else None
    found = dates_in(wording.text, wording.base, Leaning.FUTURE)
    if known and found and len(found[0].words) + 2 >= len(wording.text):
        return replace(known, due=day_near(found[0].words, known.due, wording.base))
    heard = note_about(note.account, wording.text, reference=wording.base).commitments
    if heard:
        return heard[0]
    action = wording.text
    for one in found[:1]:
        action = (action[: one.start] + action[one.end :]).strip(_MARKS) or action
    due = found[0].day if found else (known.due if known else None)
    return VisitCommitment(known.who if known else Party.US, action, due)


def _relation(wording: Wording, before: object, note: VisitNote) -> Relation:
    heard = note_about(note.account, wording.text, reference=wording.base).relations
    if not heard:
        raise Unreadable("relations")
    return heard[0]


def first_day(words: str, base: date) -> date | None:
    """The first day these words fix, seen from the base date."""
    return next((one.day for one in dates_in(words, base, Leaning.FUTURE) if one.day), None)


def day_near(words: str, old: date | None, base: date) -> date | None:
    """The day these words mean in place of another: a bare weekday is one of the same week."""
    if old and re.fullmatch(
        r"(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tues|wednes|thurs|fri|satur|sun)day", words, re.IGNORECASE
    ):
        monday = old - timedelta(days=old.weekday())
        return first_day(words, max(monday, base))
    return first_day(words, base)


def _stage(wording: Wording, before: object, note: VisitNote) -> Stage:
    said = wording.text.lower()
    for stage in Stage:
        if (
            stage.value in said
            or (len(said) > 1 and said in stage.value)
            or stage.name.lower().replace("_", " ") in said
        ):
            return stage
    heard = next((Stage(proposal.value) for proposal in stage_in(clauses_of(wording.text))), None)
    if heard is None:
        raise Unreadable("stage")
    return heard


_READ: Mapping[str, Callable[[Wording, object, VisitNote], object]] = {
    "account": _account,
    "visit_date": _visit_date,
    "contacts": _contact,
    "objections": _objection,
    "budget": _budget,
    "timeline": _timeline,
    "commitments": _commitment,
    "relations": _relation,
    "stage": _stage,
}
