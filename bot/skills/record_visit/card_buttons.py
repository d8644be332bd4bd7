"""The buttons of a card: save, discard, the menus to change it, and what changes at a tap."""

from dataclasses import replace

from bot.debriefing.draft_taps import Tap, after_tap
from bot.debriefing.meant_account import known_names
from bot.debriefing.reading_sense import ReadingSense
from bot.domain.account import Draft
from bot.domain.message import Button, Reply
from bot.domain.visit_json import fingerprint_of
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Outcome, State, Turn
from bot.presenting.draft_card import SKILL, field_menu, note_menu, value_menu
from bot.skills.record_visit.card_outcomes import card_shown, discarded
from bot.skills.record_visit.first_words import heard
from bot.skills.record_visit.review import review_begun
from bot.skills.record_visit.saving import SAVING, saved

_MENUS = frozenset({"edit", "note", "field"})


async def pressed(turn: Turn, ids: Ids, sense: ReadingSense | None) -> Outcome:
    """What a button does; one of a card that has changed since only shows how it stands now."""
    _, action, draft_id, fingerprint, rest = (turn.message.button + "::::").split(":", 4)
    if action == "example":
        return await heard(turn, turn.words.plain("debrief.example"), ids, sense)
    if action == "review":
        return await review_begun(turn, draft_id, ids)
    draft = await turn.repository.draft(draft_id)
    if draft is None or draft.status != "open":
        return _closed(turn, draft, action)
    known = await known_names(turn.repository)
    if action == "discard":
        return discarded(turn, draft)
    if fingerprint and fingerprint != fingerprint_of(draft.notes):
        return _in_place(turn, card_shown(turn, draft, known, above=[turn.words.say("debrief.stale")]))
    if action == "save":
        return await saved(turn, draft, known, ids)
    if action in _MENUS:
        return _menu(turn, draft, action, rest.rstrip(":"))
    changed = after_tap(draft, Tap(action, rest.rstrip(":")), known)
    if action == "pick" and turn.state.get(SAVING):
        return await saved(turn, changed, known, ids)
    if not changed.notes:
        return discarded(turn, draft)
    return _in_place(turn, card_shown(turn, changed, known))


def _menu(turn: Turn, draft: Draft, action: str, rest: str) -> Outcome:
    """What to change; with a field chosen the next words are its value."""
    note, name, item = (*rest.split(":"), "", "")[:3]
    at = int(note) if note.isdecimal() and int(note) < len(draft.notes) else 0
    state: dict[str, object] = {"draft": draft.id}
    if action == "edit" and len(draft.notes) > 1:
        menu = note_menu(draft, turn.words)
    elif action == "field":
        place = int(item) if item.isdecimal() else None
        menu, state = value_menu(draft, at, name, place, turn.words), {**state, **_place(draft, at, name, place)}
    else:
        menu = field_menu(draft, at, turn.words)
    outcome = Outcome((menu,), Floor(SKILL, state))
    return outcome if action == "edit" else _in_place(turn, outcome)


def _closed(turn: Turn, draft: Draft | None, action: str) -> Outcome:
    """The button of a card that is saved offers to take it back. Raises WordsForRep for one that is gone."""
    if draft is None or draft.status != "saved":
        raise WordsForRep("debrief.gone")
    back = Button(turn.words.plain("undo.button"), f"undo:take:{draft.id}")
    said = turn.words.say("debrief.saved_already" if action == "save" else "debrief.saved_before")
    return Outcome((Reply(said, ((back,),)),), keeps_floor=True)


def _in_place(turn: Turn, outcome: Outcome) -> Outcome:
    """The answer in place of the message whose button was pressed."""
    first, *others = outcome.replies
    return replace(outcome, replies=(replace(first, edits=turn.message.reference), *others))


def _place(draft: Draft, at: int, name: str, item: int | None) -> State:
    """Which value the next words are, as the floor remembers it."""
    values = getattr(draft.notes[at], name, None)
    only = isinstance(values, tuple) and len(values) == 1
    return {"note": at, "field": name, **({"item": item or 0} if item is not None or only else {})}
