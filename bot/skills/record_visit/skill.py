"""Which words and buttons are a debrief's, and which card they are about."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.debriefing.deal_corrections import corrects_deal
from bot.debriefing.extraction import notes_from
from bot.debriefing.own_affairs import is_own_affair
from bot.debriefing.reading_sense import ReadingSense
from bot.domain.message import MessageKind
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.ports import Ids, Outcome, Turn
from bot.presenting.draft_card import SKILL
from bot.skills.record_visit.card_buttons import pressed
from bot.skills.record_visit.card_outcomes import may_pass_on, open_draft
from bot.skills.record_visit.first_words import heard, invited
from bot.skills.record_visit.words_over_card import said_over_card


@dataclass(frozen=True, slots=True)
class RecordVisit:
    """Hears a visit, shows the card, takes corrections, saves."""

    ids: Ids
    sense: Callable[[], ReadingSense | None]
    name: str = SKILL
    commands: tuple[str, ...] = ("debrief",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = True

    def claim(self, wish: Wish) -> float:
        """Certain of its own words; what reads like a note may be news, or a question about the account."""
        if is_own_affair(wish):
            return 0.0
        if wish.says("debrief.cues"):
            return 0.85
        return 0.5 if notes_from(wish.text, reference=wish.today) else 0.0

    def holds(self, wish: Wish) -> float:
        """Over an open card all adds or corrects, but for a question, own affairs, and what another is certain of."""
        if is_own_affair(wish) or any(
            wish.says(key) for key in ("practice.cues", "prep.cues", "prep.needs", "merge.asked")
        ):
            return 0.0
        own = ("debrief.save_cues", "debrief.discard_cues", "debrief.not_discussed_cues", "undo.cues")
        if wish.says("route.correction") or wish.says("prep.soon") or any(wish.says(key) for key in own):
            return 1.0
        if corrects_deal(wish):
            return 1.0
        return 0.0 if wish.says("ask.cues") else 0.9

    async def answer(self, turn: Turn) -> Outcome:
        """A card for new words, a changed card for corrections, or what a button does."""
        if turn.message.kind is MessageKind.BUTTON:
            return await pressed(turn, self.ids, self.sense())
        said = turn.text.strip()
        draft = await open_draft(turn, _card_replied_to(turn)) or await open_draft(turn, _card_held(turn))
        wish = Wish(said, turn.today)
        if not draft and may_pass_on(turn) and (wish.says("undo.cues") or corrects_deal(wish)):
            return Outcome((), passes_on=True)
        if draft and said:
            return await said_over_card(turn, draft, said, self.ids, self.sense())
        return await heard(turn, said, self.ids, self.sense()) if said else await invited(turn)


def _card_replied_to(turn: Turn) -> str:
    """The draft whose card the rep replies to, as the card's first button names it."""
    return (turn.message.answers + "::").split(":")[2]


def _card_held(turn: Turn) -> str:
    return str(turn.state.get("draft", ""))
