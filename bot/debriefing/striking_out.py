"""What the words strike out of a card: a value, a field, somebody who was not there."""

import re
from datetime import date

from bot.debriefing import correction_words as words
from bot.debriefing.field_values import kept_of, struck, values_of, words_of
from bot.domain.visit import LIST_FIELDS, VisitNote


def without(note: VisitNote, said: str, base: date) -> VisitNote:
    """The note without the value, the field or the person that the words strike out."""
    absent = words.ABSENT.match(said.strip())
    if absent and (who := next((group for group in absent.groups() if group), "")):
        gone = [index for index, one in enumerate(note.contacts) if _is_named(one.name, who)]
        return kept_of(note, "contacts", [i for i in range(len(note.contacts)) if i not in gone])
    match = words.NO_SUCH.match(said.strip()) or words.DROP.search(said.strip())
    what = next((group for group in match.groups() if group), "").strip(" 「」“”\"'") if match else ""
    return _struck(note, what) if what else note


def _struck(note: VisitNote, what: str) -> VisitNote:
    ordinal = words.ORDINAL.search(what)
    place = words.ORDINALS.get((ordinal["zh"] or ordinal["en"] or "last").lower()) if ordinal else None
    bare = re.sub(r"^的", "", words.ORDINAL.sub("", what).strip()).strip() if ordinal else what
    field = words.field_named(bare.removesuffix("那条").removesuffix("这条"))
    if ordinal and place is not None:
        name = field or "commitments"
        count = len(values_of(note, name))
        return struck(note, name, place % count) if count and place < count else note
    if field and field != "account":
        return struck(note, field) if values_of(note, field) else note
    for name in LIST_FIELDS:
        values = values_of(note, name)
        kept = [index for index, value in enumerate(values) if not _is_named(words_of(value), bare)]
        if len(kept) < len(values):
            return kept_of(note, name, kept)
    for name in ("budget", "authority", "timeline", "decision_process", "champion"):
        if any(bare.lower() in words_of(value).lower() for value in values_of(note, name)):
            return struck(note, name)
    return note


def _is_named(value: str, what: str) -> bool:
    said = what.strip().removesuffix("那条").removesuffix("这条").lower()
    return bool(said) and (said in value.lower() or (len(value) > 1 and value.lower() in said))
