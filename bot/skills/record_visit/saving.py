"""A card becomes visits: what is unclear about whom they are of is asked first, what was promised is reminded of."""

from collections.abc import Iterator, Sequence

from bot.debriefing.account_reading import changes_to_come
from bot.debriefing.matching import KnownNames
from bot.debriefing.names_meant import learned_from
from bot.domain.account import Draft
from bot.domain.message import Button, Reply
from bot.domain.opportunity import Aspect, OpportunityChange
from bot.domain.reminders import reminders_of
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Stage, VisitNote
from bot.domain.writes import ConfirmedCommitment, ConfirmedVisit, KeepDraft, SaveVisits, Write
from bot.ports import Floor, Ids, Outcome, Turn
from bot.presenting.deal_lines import moved_lines
from bot.presenting.deal_review import review_buttons
from bot.presenting.draft_card import SKILL, choice_reply
from bot.skills.record_visit.card_outcomes import off_the_floor, view_of

SAVING = "saving"
"""What the floor remembers while a question stands between the rep and his saved card."""


async def saved(turn: Turn, draft: Draft, known: KnownNames, ids: Ids) -> Outcome:
    """The visits of the draft; first whatever is unclear about whom they are of."""
    view = view_of(draft, known)
    if view.choices or is_unnamed(draft):
        state = {"draft": draft.id, SAVING: True}
        return Outcome((choice_reply(view, turn.words),), Floor(SKILL, state), (KeepDraft(draft),))
    visits = tuple(_confirmed(note, draft, ids) for note in draft.notes)
    promised = [commitment for visit in visits for commitment in visit.commitments]
    reminders = [one for it in promised for one in reminders_of(it, turn.rep, turn.words, turn.now)]
    dated = sum(commitment.due is not None for commitment in promised)
    changes = [await changes_to_come(turn.repository, visit, draft.words, turn.today) for visit in visits]
    row = [Button(turn.words.plain("undo.button"), f"undo:take:{draft.id}")]
    if dated:
        row.insert(0, Button(turn.words.plain("todo.calendar_button"), f"todo:calendar_of:{draft.id}"))
    said = joined([*_saved_lines(turn, visits, reminded=dated if reminders else 0), *_moved(turn, visits, changes)])
    rows = (tuple(row), *_reviews(turn, changes))
    writes: tuple[Write, ...] = (KeepDraft(draft), SaveVisits(draft.id, visits), *reminders)
    return off_the_floor(turn, draft, Outcome((Reply(said, rows),), writes=writes))


def is_unnamed(draft: Draft) -> bool:
    """True while a note of the draft is of no account."""
    return any(note.account is None for note in draft.notes)


def _saved_lines(turn: Turn, visits: Sequence[ConfirmedVisit], *, reminded: int) -> Iterator[RichText]:
    """What was saved, and how much of it is reminded of."""
    accounts = turn.words.plain("card.and").join(visit.account for visit in visits)
    yield turn.words.say("debrief.saved", accounts=accounts)
    if reminded:
        yield turn.words.say("debrief.saved_reminders", count=reminded)


def _moved(
    turn: Turn, visits: Sequence[ConfirmedVisit], changes: Sequence[Sequence[OpportunityChange]]
) -> Iterator[RichText]:
    """How the deals move."""
    for visit, moves in zip(visits, changes, strict=True):
        yield from moved_lines(visit.account if len(visits) > 1 else "", moves, turn.words)


def _reviews(turn: Turn, changes: Sequence[Sequence[OpportunityChange]]) -> Iterator[tuple[Button, ...]]:
    """The review of a deal that this very visit tells to be lost or signed; of accounts that were there before."""
    ended = [one for moves in changes for one in moves if one.aspect is Aspect.STAGE]
    for move in ended[:1]:
        if Stage(move.after) in (Stage.LOST, Stage.CONTRACT) and (
            row := review_buttons(move.account, Stage(move.after), turn.words)
        ):
            yield row


def _confirmed(note: VisitNote, draft: Draft, ids: Ids) -> ConfirmedVisit:
    promised = tuple(ConfirmedCommitment(ids.new(), c.who, c.action, c.due) for c in note.commitments)
    account, met_on = note.account or "", note.visit_date or draft.heard_on
    return ConfirmedVisit(ids.new(), account, met_on, note, promised, learned_from(draft, note))
