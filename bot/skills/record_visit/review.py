"""Looking back on a deal lost or won: a card that asks why, filled by what the rep says, saved like a visit's."""

from bot.debriefing.meant_account import known_names
from bot.domain.account import Draft
from bot.domain.open_points import OpenPoint
from bot.domain.visit import Stage, VisitNote
from bot.errors import WordsForRep
from bot.ports import Ids, Outcome, Turn
from bot.presenting.deal_review import review_of
from bot.skills.record_visit.card_outcomes import card_shown

_ASKED = {
    Stage.LOST: (OpenPoint.LOSS_REASON, OpenPoint.COMPETITOR),
    Stage.CONTRACT: (OpenPoint.WIN_REASON, OpenPoint.CHAMPION),
}


async def review_begun(turn: Turn, account_id: str, ids: Ids) -> Outcome:
    """An open card of the account with the questions of its review. Raises WordsForRep where there is none."""
    account = next((one for one in await turn.repository.accounts() if one.id == account_id), None)
    if account is None:
        raise WordsForRep("accounts.gone")
    stage = (await turn.repository.opportunity(account.id)).stage
    review = review_of(stage)
    if review is None:
        raise WordsForRep("record.no_review")
    note = VisitNote(account=account.name, visit_date=turn.today, stage=stage)
    draft = Draft(ids.new(), turn.rep.id, "", turn.today, (note,), asked=(_ASKED[review],))
    return card_shown(turn, draft, await known_names(turn.repository), above=[turn.words.say("debrief.review")])
