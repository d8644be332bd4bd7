"""What a rep says while a card is open: it corrects the draft (「是周总不是邹总」, "the budget is 1.5m") or adds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.debriefing import correction_words as words
from bot.debriefing.extraction import note_about
from bot.debriefing.field_values import (
    Unreadable,
    Wording,
    values_of,
    words_of,
    written,
)
from bot.debriefing.merging import merged
from bot.debriefing.money import amounts_in
from bot.debriefing.name_sounds import near_sound
from bot.debriefing.people import people_in
from bot.debriefing.person import surname_of
from bot.debriefing.renaming import renamed
from bot.debriefing.rewording import commitment_meant, days_in, due_anew, moved, rewritten, with_day
from bot.debriefing.striking_out import without
from bot.debriefing.sums import status_of
from bot.debriefing.titles import role_by_title
from bot.domain.visit import BudgetStatus, Party, VisitNote

_ENDS = re.compile(r"^(?:客户|公司|the |name )|(?:吧|啊|哦|呢|的|了)$", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[。；;！!\n])|(?<=[.!;])\s+(?=[A-Z])")
_ENGLISH_NAME = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*")
_SHORT = 14
_SEVERAL = ("contacts", "commitments", "needs", "pains", "objections")
"""Fields of which a new sentence more likely tells another one."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The new draft and what was done to it; `understood` is False where the words changed nothing."""

    note: VisitNote
    understood: bool


def corrected(note: VisitNote, said: str, *, reference: date) -> Corrected:
    """The draft as it reads after these words: wrong values replaced, struck ones gone, new ones added.

    Replaced and new values rest on `said`, so evidence may quote the message or the correction.
    """
    changed = note
    for sentence in _SENTENCES.split(said):
        if sentence.strip():
            changed = _after(changed, sentence.strip(), reference)
    return Corrected(changed, changed != note)


def _after(note: VisitNote, said: str, base: date) -> VisitNote:
    """The note after one sentence: the first way of reading it that changes something."""
    for read in _WAYS:
        changed = read(note, said, base)
        if changed != note:
            return changed
    return note


def adds_something(said: str) -> bool:
    """True for words that put something beside what the card says (「还有李工」), whatever field is open."""
    return words.ADDED.match(said.strip()) is not None


def pairs_in(said: str) -> list[tuple[str, str]]:
    """What is right and what was wrong, as the words put them, bare of what does not belong to a name."""
    found = (match for pattern in words.PAIRS for match in pattern.finditer(said))
    return [(_bare(match["right"]), _bare(match["wrong"])) for match in found]


def _put_right(note: VisitNote, said: str, base: date) -> VisitNote:
    for right, wrong in pairs_in(said):
        changed = _replaced(note, wrong, Wording(right, said, base))
        if changed != note:
            return changed
    return note


def _replaced(note: VisitNote, wrong: str, wording: Wording) -> VisitNote:
    if field := words.field_named(wrong):
        is_there = wording.text in map(words_of, values_of(note, field))
        return note if is_there else rewritten(note, field, wording)
    if amounts_in(wording.text) and (amounts_in(wrong) or note.budget):
        return rewritten(note, "budget", wording)
    if days_in(wrong, wording.base) and days_in(wording.text, wording.base):
        return with_day(note, wrong, wording)
    return renamed(note, wrong, wording.text, wording.said)


def _named_anew(note: VisitNote, said: str, base: date) -> VisitNote:
    """A field called by its name with a new value (「阶段是报价」), a title, or only the right name."""
    if named := words.FIELD_IS.match(said):
        field = words.field_named(named["field"])
        text = said if field == "budget" else named["value"]
        if field and field not in _SEVERAL:
            return rewritten(note, field, Wording(text, said, base))
    titled = words.TITLE_IS.match(said.strip(" 。.!！"))
    name, title = (titled["name"] or titled["name2"], titled["title"] or titled["title2"]) if titled else ("", "")
    for index, one in enumerate(note.contacts):
        if name and (one.name == name or name in one.name.split()) and not people_in(title):
            people = list(note.contacts)
            people[index] = replace(one, title=title, role=role_by_title(title))
            return replace(note, contacts=tuple(people), evidence={**note.evidence, f"/contacts/{index}": said})
    account = (
        words.ACCOUNT_IS.search(said)
        if note.account is None or "客户" in said or "公司" in said or not note.contacts
        else None
    )
    if account and not people_in(account[0]):
        return rewritten(note, "account", Wording(account["name"] or account["name2"] or account["name3"], said, base))
    return _only_right(note, said)


def _only_right(note: VisitNote, said: str) -> VisitNote:
    """The one person who fits the name said, or the only one there is."""
    match = words.ONLY_RIGHT.match(said.strip())
    right = _bare((match["right"] or match["right2"]) if match else "")
    if not right or not (people_in(right) or len(right) == 1 or _ENGLISH_NAME.fullmatch(right)):
        return note
    near = [one.name for one in note.contacts if near_sound(surname_of(one.name), surname_of(right))]
    fits = near if len(near) == 1 else [one.name for one in note.contacts]
    if len(fits) != 1 or right == fits[0]:
        return note
    name = right + fits[0][1:] if len(right) == 1 and re.search("[\u4e00-\u9fff]", fits[0]) else right
    return renamed(note, fits[0], name, said)


def _handed_over(note: VisitNote, said: str, base: date) -> VisitNote:
    """A commitment of ours that is theirs after all, or the other way round."""
    theirs, ours = words.THEIRS.search(said), words.OURS.search(said)
    if bool(theirs) == bool(ours) and not (theirs and ours):
        return note
    who = Party.CUSTOMER if theirs and (not ours or theirs.start() > ours.start() or "不是我" in said) else Party.US
    others = [index for index, one in enumerate(note.commitments) if one.who is not who]
    left = [note.commitments[index] for index in others]
    chosen = commitment_meant(left, said, None) or ([0] if len(left) == 1 else [])
    if not chosen:
        return note
    index = others[chosen[0]]
    changed = replace(note.commitments[index], who=who)
    commitments = (*note.commitments[:index], changed, *note.commitments[index + 1 :])
    return replace(note, commitments=commitments, evidence={**note.evidence, f"/commitments/{index}": said})


def _status_only(note: VisitNote, said: str, base: date) -> VisitNote:
    """「还没批」 or a bare sum while the card has a budget."""
    amounts = amounts_in(said)
    is_sum = bool(amounts) and len(said) - len(amounts[0].words) <= 4
    is_status = status_of(said) is not BudgetStatus.UNKNOWN and len(said) <= _SHORT and not days_in(said, base)
    about_it = is_sum or is_status or re.search(r"预算|\bbudget\b", said, re.IGNORECASE)
    if note.budget is None or not about_it:
        return note
    return rewritten(note, "budget", Wording(said, said, base))


def _added(note: VisitNote, said: str, base: date) -> VisitNote:
    """The note with what these words say beside it; single fields are overwritten, lists grow."""
    fresh = merged(note, note_about(note.account, said, reference=base), said)
    if fresh != note:
        return fresh
    match = words.ADDED.match(said)
    rest = next((group for group in match.groups() if group), "") if match else ""
    name, _, value = rest.partition("：") if "：" in rest else rest.partition(":")
    if value and (field := words.field_named(name)):
        return _rewritten_beside(note, field, Wording(value, said, base))
    if people_in(rest) or re.fullmatch(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)+(?:,.*)?", rest):
        return _rewritten_beside(note, "contacts", Wording(rest.split(",")[0], said, base))
    return note


def _rewritten_beside(note: VisitNote, field: str, wording: Wording) -> VisitNote:
    try:
        return written(note, field, wording)
    except Unreadable:
        return note


def _bare(said: str) -> str:
    return _ENDS.sub("", said.strip(" 「」“”\"'。.!！"))


_WAYS: tuple[Callable[[VisitNote, str, date], VisitNote], ...] = (
    due_anew,
    _put_right,
    _handed_over,
    without,
    moved,
    _named_anew,
    _status_only,
    _added,
)
