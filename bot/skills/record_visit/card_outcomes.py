"""How a draft is shown, found open, and leaves the floor."""

from collections.abc import Sequence
from dataclasses import replace

from bot.debriefing.draft_changes import still_open
from bot.debriefing.matching import KnownNames
from bot.debriefing.names_meant import doubts_in
from bot.debriefing.new_people import new_people
from bot.domain.account import Draft
from bot.domain.message import MessageKind, Reply
from bot.domain.rich_text import RichText
from bot.domain.writes import DiscardDraft, KeepDraft
from bot.ports import Floor, Outcome, Turn
from bot.presenting.draft_card import SKILL, Choice, DraftView, draft_reply


def may_pass_on(turn: Turn) -> bool:
    """True for words that came without a command and off no photo: another skill may be meant by them."""
    return not turn.message.text.startswith("/") and turn.message.kind is not MessageKind.PHOTO


async def open_draft(turn: Turn, draft_id: str) -> Draft | None:
    """The rep's draft of this id while it is neither saved nor discarded."""
    draft = await turn.repository.draft(draft_id) if draft_id else None
    return draft if draft and draft.status == "open" else None


def card_shown(turn: Turn, draft: Draft, known: KnownNames, *, above: Sequence[RichText] = ()) -> Outcome:
    """The draft's card, with the floor, kept as it is now."""
    floor = Floor(SKILL, {"draft": draft.id})
    return Outcome((draft_reply(view_of(draft, known), turn.words, above=above),), floor, (KeepDraft(draft),))


def discarded(turn: Turn, draft: Draft) -> Outcome:
    """The draft is not wanted."""
    outcome = Outcome((Reply(turn.words.say("debrief.discarded")),), writes=(DiscardDraft(draft.id),))
    return off_the_floor(turn, draft, outcome)


def off_the_floor(turn: Turn, draft: Draft, outcome: Outcome) -> Outcome:
    """A closed card leaves the floor, if it has it; a newer card or a practice keeps it."""
    return replace(outcome, keeps_floor=turn.state.get("draft") != draft.id)


def view_of(draft: Draft, known: KnownNames) -> DraftView:
    """The draft with what its card shows beside it."""
    names = {account.name for account in known.accounts}
    doubts = doubts_in(draft, known)
    new = ([(one.name, one.quote) for one in people] for people in new_people(draft, known, doubts))
    return DraftView(
        draft,
        tuple(note.account not in names for note in draft.notes),
        tuple(still_open(draft, at) for at in range(len(draft.notes))),
        tuple(map(tuple, new)),
        tuple(Choice(one.note, one.heard, one.candidates, one.person) for one in doubts),
    )
