"""The plain way, to measure against: one prompt, the whole note as structured output, taken as the model gives it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from bot.debriefing.evidence import quoted
from bot.domain.visit import (
    BudgetStatus,
    ObjectionKind,
    Party,
    Role,
    Sentiment,
    Stage,
    VisitNote,
    pointers_of,
    with_values,
)
from bot.domain.visit_json import note_from_json

PROMPT = "debrief_plain"
_TEXT: Mapping[str, object] = {"type": ["string", "null"]}
_TEXTS: Mapping[str, object] = {"type": "array", "items": {"type": "string"}}
_NUMBER: Mapping[str, object] = {"type": ["number", "null"]}
_STRING: Mapping[str, object] = {"type": "string"}
_CARRIED = 70.0


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _one_of(*values: object) -> dict[str, object]:
    return {"enum": [getattr(value, "value", value) for value in values]}


def _list_of(**properties: object) -> dict[str, object]:
    return {"type": "array", "items": _object(**properties)}


def _or_null(**properties: object) -> dict[str, object]:
    return {"anyOf": [{"type": "null"}, _object(**properties)]}


SCHEMA = _object(
    notes=_list_of(
        account=_TEXT,
        visit_date=_TEXT,
        contacts=_list_of(name=_STRING, title=_TEXT, role=_one_of(*Role)),
        needs=_TEXTS,
        pains=_TEXTS,
        objections=_list_of(text=_STRING, kind=_one_of(*ObjectionKind)),
        competitors=_TEXTS,
        budget=_or_null(text=_STRING, amount_cny=_NUMBER, status=_one_of(*BudgetStatus)),
        authority=_TEXT,
        timeline=_or_null(text=_STRING, date=_TEXT),
        decision_process=_TEXT,
        decision_criteria=_TEXTS,
        champion=_TEXT,
        commitments=_list_of(who=_one_of(*Party), action=_STRING, due=_TEXT),
        stage=_one_of(*Stage, None),
        sentiment=_one_of(*Sentiment),
    )
)  # fmt: skip


def plain_notes(reply: Mapping[str, object], message: str) -> tuple[VisitNote, ...]:
    """The notes of such a reply, nothing checked; a value's evidence is itself where the message carries it."""
    given = reply.get("notes")
    rows = cast(Sequence[Mapping[str, Any]], given if isinstance(given, list) else ())
    return tuple(_with_evidence(note_from_json(_tidied(row)), message) for row in rows)


def _tidied(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without empty texts and with dates only where they are dates, so that one slip costs one value."""
    tidy: dict[str, Any] = {name: value for name, value in row.items() if value not in ("", None)}
    tidy["visit_date"] = _day(row.get("visit_date"))
    if row.get("timeline"):
        tidy["timeline"] = {**row["timeline"], "date": _day(row["timeline"].get("date"))}
    tidy["commitments"] = [{**one, "due": _day(one.get("due"))} for one in row.get("commitments", ())]
    return tidy


def _day(words: object) -> str | None:
    try:
        return date.fromisoformat(str(words)).isoformat()
    except ValueError:
        return None


def _with_evidence(note: VisitNote, message: str) -> VisitNote:
    """A date, a stage and a mood have no words of their own and count as carried."""
    evidence = {pointer: _words_for(note, pointer, message) for pointer in pointers_of(note)}
    return with_values(note, {}, evidence)


def _words_for(note: VisitNote, pointer: str, message: str) -> str:
    from rapidfuzz import fuzz

    name, _, index = pointer[1:].partition("/")
    value = getattr(note, name)
    value = value[int(index)] if index else value
    words = next((str(getattr(value, part)) for part in ("text", "name", "action") if hasattr(value, part)), str(value))
    carried = (
        name in ("visit_date", "stage") or quoted(words, message) or fuzz.partial_ratio(words, message) >= _CARRIED
    )
    return message if carried else ""
