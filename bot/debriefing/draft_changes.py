"""A draft after what the rep says or taps over its card; every change can be taken back, every word is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.debriefing.corrections import corrected, pairs_in
from bot.debriefing.deal_corrections import amount_corrected, corrects_deal
from bot.debriefing.extraction import notes_from
from bot.debriefing.field_values import Wording, struck, written
from bot.debriefing.matching import KnownNames
from bot.debriefing.names_meant import with_known_names
from bot.debriefing.questions_back import MOST, questions_back
from bot.debriefing.replies_to_questions import REASONS, answered
from bot.domain.account import Draft
from bot.domain.open_points import OpenPoint
from bot.domain.points_told import is_open
from bot.domain.visit import Party, VisitNote
from bot.domain.wish import Wish

_LEAVE_OUT = re.compile(
    r"^(?:(?:不要|去掉|删掉|删了|不存|别存)(?P<name>[^，。,]{2,20}?)(?:[那这](?:张|家|个|条)|的)?(?:了|吧)?"
    r"|(?:please )?(?:leave out|drop|skip|remove|without) (?:the )?"
    r"(?P<english>[\w&' .-]{2,40}?)(?: (?:one|card|visit|note))?)[。.!！]*$",
    re.IGNORECASE,
)
_STEPS = 12
"""How many changes of one card can be taken back."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft is changed: which note, which of its fields, which item of a list."""

    note: int
    field: str
    item: int | None = None


def with_questions(draft: Draft, before: Sequence[Sequence[VisitNote]]) -> Draft:
    """The draft with what is asked back: at most two points in all; `before` are the notes told of each account."""
    left, asked = MOST, []
    for note, told in zip(draft.notes, before, strict=True):
        points = questions_back(note, told)[:left]
        left -= len(points)
        asked.append(points)
    return replace(draft, asked=tuple(asked))


def still_open(draft: Draft, at: int) -> tuple[OpenPoint, ...]:
    """What was asked of this note and is neither answered nor skipped."""
    note = draft.notes[at]
    asked = draft.asked[at] if at < len(draft.asked) else ()
    return tuple(point for point in asked if point not in note.not_discussed and is_open(point, note))


def said_over(draft: Draft, said: str, known: KnownNames) -> tuple[Draft, bool]:
    """The draft corrected, added to, or with a note for another account; False when nothing was understood."""
    told = replace(draft, words=f"{draft.words}\n{said}")
    at = _meant(draft.notes, said)
    names = {note.account for note in draft.notes}
    wish = Wish(said, draft.heard_on, tuple(name for name in names if name))
    if not corrects_deal(wish) and not _names_wrong_account(draft.notes, said):
        fresh = with_known_names(notes_from(said, reference=draft.heard_on, known=known), known, draft.meant)
        others = tuple(note for note in fresh if note.account and note.account not in names)
        if others and draft.notes[at].account is not None:
            return _changed(told, (*draft.notes, *others)), True
    note = draft.notes[at]
    after = _told_over(note, still_open(draft, at), wish, draft.heard_on)
    return (told, False) if after == note else (_with_note(told, at, after, known), True)


def _told_over(note: VisitNote, asked: Sequence[OpenPoint], wish: Wish, base: date) -> VisitNote:
    """The note corrected or added to, else with what answers a point asked, else with the sum that is right."""
    said = wish.text
    after = corrected(note, said, reference=base).note
    if after == note:
        after = answered(note, asked, said, base)
    elif replace(after, contacts=note.contacts, evidence=note.evidence) == note:
        after = answered(after, [point for point in asked if point in REASONS], said, base)
    if after == note and (amount := amount_corrected(wish)):
        return written(note, "budget", Wording(amount.right.words, said, base))
    return after


def left_out(draft: Draft, said: str) -> Draft | None:
    """The draft without the note that words like 「不要恒力泵业那张」 mean, None where they mean none of several."""
    found = _LEAVE_OUT.match(said.strip())
    if found is None or len(draft.notes) < 2:
        return None
    name = (found["name"] or found["english"]).strip().lower()
    meant = [at for at, note in enumerate(draft.notes) if note.account and name in note.account.lower()]
    return without_note(draft, meant[0]) if len(name) > 1 and len(meant) == 1 else None


def skipped(draft: Draft, at: int, points: Sequence[OpenPoint]) -> Draft:
    """The draft in which these points were not discussed."""
    note = draft.notes[at]
    new = tuple(point for point in points if point not in note.not_discussed)
    changed = replace(note, not_discussed=(*note.not_discussed, *new))
    return _changed(draft, (*draft.notes[:at], changed, *draft.notes[at + 1 :]))


def without_note(draft: Draft, at: int) -> Draft:
    """The draft without one of its notes; its words stay."""
    asked = (*draft.asked[:at], *draft.asked[at + 1 :])
    return replace(_changed(draft, (*draft.notes[:at], *draft.notes[at + 1 :])), asked=asked)


def field_written(draft: Draft, place: Place, said: str, known: KnownNames) -> Draft:
    """The draft with a field as the rep words it. Raises Unreadable where the words hold no such value."""
    note = written(draft.notes[place.note], place.field, Wording(said, said, draft.heard_on), place.item)
    return _with_note(replace(draft, words=f"{draft.words}\n{said}"), place.note, note, known)


def field_struck(draft: Draft, place: Place) -> Draft:
    """The draft without a field or one item of it."""
    changed = struck(draft.notes[place.note], place.field, place.item)
    return _changed(draft, (*draft.notes[: place.note], changed, *draft.notes[place.note + 1 :]))


def handed_over(draft: Draft, place: Place) -> Draft:
    """The draft in which a commitment is the other side's."""
    note = draft.notes[place.note]
    commitments = list(note.commitments)
    one = commitments[place.item or 0]
    commitments[place.item or 0] = replace(one, who=Party.US if one.who is Party.CUSTOMER else Party.CUSTOMER)
    changed = replace(note, commitments=tuple(commitments))
    return _changed(draft, (*draft.notes[: place.note], changed, *draft.notes[place.note + 1 :]))


def undone(draft: Draft) -> Draft:
    """The draft before the last change of its notes; no word is unsaid."""
    if not draft.earlier:
        return draft
    before = draft.earlier[-1]
    asked = draft.asked if len(before) == len(draft.notes) else ()
    return replace(draft, notes=before, asked=asked, earlier=draft.earlier[:-1])


def remembered(before: Draft, after: Draft) -> Draft:
    """The draft after a change, with the notes before it kept for going back."""
    if after.notes == before.notes:
        return after
    return replace(after, earlier=(*before.earlier, before.notes)[-_STEPS:])


def _changed(draft: Draft, notes: tuple[VisitNote, ...]) -> Draft:
    return remembered(draft, replace(draft, notes=notes))


def _with_note(draft: Draft, at: int, note: VisitNote, known: KnownNames) -> Draft:
    """The draft with a note in place of another; new names in it become the team's where that is clear."""
    old = draft.notes[at]
    [named] = with_known_names([note], known, draft.meant)
    if old.account == note.account:
        named = replace(named, account=old.account)
    same = {contact.name for contact in old.contacts}
    people = tuple(one if one.name in same else other for one, other in zip(note.contacts, named.contacts, strict=True))
    changed = replace(named, contacts=people)
    return _changed(draft, (*draft.notes[:at], changed, *draft.notes[at + 1 :]))


def _names_wrong_account(notes: Sequence[VisitNote], said: str) -> bool:
    """True for 「不是远山阀门，是恒力泵业」: another account named in order to put this one right."""
    return any(wrong and note.account and wrong in note.account for note in notes for _, wrong in pairs_in(said))


def _meant(notes: Sequence[VisitNote], said: str) -> int:
    """Which note the words are about: the one whose account or person they name, perhaps in short, else the first."""
    for position, note in enumerate(notes):
        names = [note.account or "", *(contact.name for contact in note.contacts)]
        if any(name and name in said for name in names):
            return position
    short = [at for at, note in enumerate(notes) if note.account and _short(note.account) in said]
    return short[0] if len(short) == 1 else 0


def _short(account: str) -> str:
    """How a rep shortens a name: its first two signs, or its first word."""
    return account.split()[0] if account.isascii() else account[:2]
