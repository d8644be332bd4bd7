"""What a chat model reads in the clauses of a message that the rules left over: labels only, one call an account."""

from datetime import date

from bot.debriefing.extraction import unread_in
from bot.debriefing.matching import KnownNames
from bot.debriefing.proposals import Proposal, proposals_from_reply
from bot.debriefing.reading_sense import ReadingSense
from bot.errors import ModelUnavailable
from bot.ports import LanguageModel

PROMPT = "debrief_proposals"


async def model_proposals(
    model: LanguageModel,
    said: str,
    known: KnownNames,
    *,
    today: date,
    language: str,
    rep: str,
    sense: ReadingSense | None = None,
) -> tuple[tuple[Proposal, ...], bool]:
    """The model's proposals, one call an account; False beside those it made before it failed."""
    if model.is_offline:
        return (), True
    proposals: list[Proposal] = []
    for unread in unread_in(said, reference=today, known=known, sense=sense):
        inputs = {"account": unread.account or "", "message": said, "clauses": unread.numbered()}
        try:
            reply = await model.propose(PROMPT, inputs, language=language, rep=rep, schema=unread.reply_schema())
        except ModelUnavailable:
            return tuple(proposals), False
        proposals += proposals_from_reply(reply, unread)
    return tuple(proposals), True
