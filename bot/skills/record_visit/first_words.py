"""The first words of a visit become a draft with its card; no words, an invitation to say some."""

from bot.debriefing.draft_changes import with_questions
from bot.debriefing.extraction import notes_from
from bot.debriefing.meant_account import known_names
from bot.debriefing.model_reading import model_proposals
from bot.debriefing.names_meant import with_known_names
from bot.debriefing.reading_sense import ReadingSense
from bot.domain.account import LISTED_FOR, Draft
from bot.domain.message import Button, Reply
from bot.domain.visit import VisitNote
from bot.domain.wish import Wish
from bot.ports import Floor, Ids, Outcome, Turn
from bot.presenting.draft_card import SKILL, open_drafts_reply
from bot.skills.record_visit.card_outcomes import card_shown


async def invited(turn: Turn) -> Outcome:
    """What to say; and the cards that were never saved."""
    since = turn.today - LISTED_FOR
    left = [draft for draft in await turn.repository.open_drafts() if draft.heard_on >= since]
    if left:
        return Outcome((open_drafts_reply(left, turn.words),), Floor(SKILL, {"invited": True}))
    example = Button(turn.words.plain("debrief.example_button"), f"{SKILL}:example")
    return Outcome((Reply(turn.words.say("debrief.empty"), ((example,),)),), Floor(SKILL, {"invited": True}))


async def heard(turn: Turn, said: str, ids: Ids, sense: ReadingSense | None) -> Outcome:
    """A card for these words."""
    today, known = turn.today, await known_names(turn.repository)
    proposals, is_helped = await model_proposals(
        turn.model, said, known, today=today, language=turn.words.language, rep=turn.rep.id, sense=sense
    )
    notes = with_known_names(notes_from(said, reference=today, known=known, proposals=proposals, sense=sense), known)
    if not notes and not turn.state.get("invited") and Wish(said, today).says("debrief.cues"):
        return await invited(turn)
    if not notes:
        return Outcome((Reply(turn.words.say("debrief.nothing")),))
    draft = Draft(ids.new(), turn.rep.id, said, today, notes)
    above = [] if is_helped else [turn.words.say("debrief.offline_note")]
    asked = with_questions(draft, [await _told_before(turn, note) for note in notes])
    return card_shown(turn, asked, known, above=above)


async def _told_before(turn: Turn, note: VisitNote) -> list[VisitNote]:
    """The notes of earlier visits to this account."""
    account = await turn.repository.account(note.account) if note.account else None
    return [visit.note for visit in await turn.repository.visits(account.id)] if account else []
