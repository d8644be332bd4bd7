"""A field said anew over a card, and another day for what was agreed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.debriefing import correction_words as words
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.field_values import Unreadable, Wording, day_near, values_of, written
from bot.domain.visit import LIST_FIELDS, VisitCommitment, VisitNote


def rewritten(note: VisitNote, field: str, wording: Wording) -> VisitNote:
    """The field with this value; of a list with one item, that item."""
    held = values_of(note, field)
    if field == "timeline" and not held and len(_dated(note)) == 1:
        return with_day(note, "", wording)
    try:
        return written(note, field, wording, 0 if field in LIST_FIELDS and len(held) == 1 else None)
    except Unreadable:
        return note


def moved(note: VisitNote, said: str, base: date) -> VisitNote:
    """The note with something agreed on another day (「样机推到周四」)."""
    match = words.MOVE.search(said)
    if not match:
        return note
    what, day = match["what"] or match["what2"] or "", match["day"] or match["day2"]
    return with_day(note, what, Wording(day, said, base))


def due_anew(note: VisitNote, said: str, base: date) -> VisitNote:
    """The note with the day on which something agreed is due (「样机应该是下周四」, "the quote is due Monday")."""
    match = words.DUE.match(said.strip())
    if not match or not days_in(match["day"], base):
        return note
    is_meant = any(_shared(one.action, match["what"]) for one in note.commitments)
    return with_day(note, match["what"], Wording(match["day"], said, base)) if is_meant else note


def with_day(note: VisitNote, wrong: str, wording: Wording) -> VisitNote:
    """Another day for what is meant: by its old day, by its words, or because it is the only one."""
    old = days_in(wrong, wording.base)
    for index in commitment_meant(note.commitments, wrong, old[0] if old else None):
        one = note.commitments[index]
        day = day_near(_date_words(wording), one.due, wording.base)
        if day is None:
            return note
        moved = (*note.commitments[:index], replace(one, due=day), *note.commitments[index + 1 :])
        return replace(note, commitments=moved, evidence={**note.evidence, f"/commitments/{index}": wording.said})
    if note.timeline and (not old or note.timeline.date in old):
        return rewritten(note, "timeline", wording)
    if note.visit_date and note.visit_date in days_in(wrong, wording.base, Leaning.PAST):
        return rewritten(note, "visit_date", wording)
    return note


def commitment_meant(commitments: Sequence[VisitCommitment], said: str, due: date | None) -> list[int]:
    """Which commitment the words are about, at most one: due that day, sharing words, or the only one with a day."""
    if due:
        return [index for index, one in enumerate(commitments) if one.due == due][:1]
    alike = [(_shared(one.action, said), index) for index, one in enumerate(commitments)]
    best = sorted((pair for pair in alike if pair[0]), reverse=True)
    if best and (len(best) == 1 or best[0][0] > best[1][0]):
        return [best[0][1]]
    dated = [index for index, one in enumerate(commitments) if one.due] or list(range(len(commitments)))
    return dated if len(dated) == 1 and not best else []


def _shared(action: str, said: str) -> int:
    """How much two wordings share: pairs of signs in Chinese, words of four letters and more in English."""
    pairs = {action[at : at + 2] for at in range(len(action) - 1) if re.search("[\u4e00-\u9fff]", action[at : at + 2])}
    told = set(re.findall(r"[a-z]{4,}", action.lower())) & set(re.findall(r"[a-z]{4,}", said.lower()))
    return len([pair for pair in pairs if pair in said]) + len(told)


def _dated(note: VisitNote) -> list[VisitCommitment]:
    return [one for one in note.commitments if one.due]


def days_in(text: str, base: date, leaning: Leaning = Leaning.FUTURE) -> list[date]:
    """The days these words fix, in order."""
    return [found.day for found in dates_in(text, base, leaning) if found.day]


def _date_words(wording: Wording) -> str:
    found = dates_in(wording.text, wording.base, Leaning.FUTURE)
    return found[0].words if found else wording.text
