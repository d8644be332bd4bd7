"""What one tap on a card does to its draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.debriefing.draft_changes import (
    Place,
    field_struck,
    handed_over,
    remembered,
    skipped,
    undone,
    without_note,
)
from bot.debriefing.matching import KnownNames
from bot.debriefing.names_meant import chosen, doubts_in, with_known_names
from bot.domain.account import Draft
from bot.domain.open_points import OpenPoint
from bot.domain.visit import Stage


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's action and what it is about, as its card wrote them: `skip`, `0:budget`."""

    action: str
    about: str

    @property
    def note(self) -> int:
        """The position of the note, or of the choice."""
        return int(self.about.partition(":")[0] or 0)

    @property
    def rest(self) -> str:
        """What follows it."""
        return self.about.partition(":")[2]

    @property
    def place(self) -> Place:
        """The field and the item that are meant."""
        name, _, item = self.rest.partition(":")
        return Place(self.note, name, int(item) if item.isdecimal() else None)


def after_tap(draft: Draft, tap: Tap, known: KnownNames) -> Draft:
    """The draft after a tap; as it is where the button means nothing any more."""
    change = _TAPS.get(tap.action)
    return change(draft, tap, known) if change and _is_possible(draft, tap, known) else draft


def _is_possible(draft: Draft, tap: Tap, known: KnownNames) -> bool:
    count = len(doubts_in(draft, known)) if tap.action == "pick" else len(draft.notes)
    return tap.note < count


def _pick(draft: Draft, tap: Tap, known: KnownNames) -> Draft:
    doubt = doubts_in(draft, known)[tap.note]
    name = doubt.candidates[int(tap.rest)] if tap.rest.isdecimal() else doubt.heard
    after = chosen(draft, doubt, name)
    return remembered(draft, replace(after, notes=with_known_names(after.notes, known, after.meant)))


def _stage(draft: Draft, tap: Tap, known: KnownNames) -> Draft:
    note = draft.notes[tap.note]
    name = tap.rest.rpartition(":")[2]
    stage = Stage[name] if name in Stage.__members__ else note.stage
    changed = (*draft.notes[: tap.note], replace(note, stage=stage), *draft.notes[tap.note + 1 :])
    return remembered(draft, replace(draft, notes=changed))


_TAPS: Mapping[str, Callable[[Draft, Tap, KnownNames], Draft]] = {
    "pick": _pick,
    "skip": lambda draft, tap, known: skipped(draft, tap.note, (OpenPoint(tap.rest),)),
    "strike": lambda draft, tap, known: field_struck(draft, tap.place),
    "side": lambda draft, tap, known: handed_over(draft, tap.place),
    "stage": _stage,
    "drop": lambda draft, tap, known: without_note(draft, tap.note),
    "undo": lambda draft, tap, known: undone(draft),
}
