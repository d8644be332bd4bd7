"""Thanks, a joke, a sigh: nothing is created, and a person gets a person's line."""

import unicodedata
from dataclasses import dataclass, field

from bot.debriefing.own_affairs import is_own_affair
from bot.domain.message import MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.ports import Outcome, Turn

LONGEST_SIGH = 40
"""Who says more than that may have news among it."""
_MOODS = ("thanks", "elsewhere", "complaint", "joke", "farewell", "agreed")
_PICTURE = "So"
"""Unicode's category of emoji."""


@dataclass(frozen=True, slots=True)
class MakeSmallTalk:
    """Answers what is neither a wish nor news with one short line; it is never offered on a button."""

    name: str = "small_talk"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of thanks, yes, no, emoji, own affairs, what no sales coach is for, and a sigh or joke."""
        if wish.says("small_talk.cues") or _is_emoji(wish.text):
            return 0.9
        if is_own_affair(wish) and not wish.says("route.question") and not wish.says("route.advice"):
            return 0.88
        if wish.says("small_talk.elsewhere_cues") and not wish.says("route.customer"):
            return 0.85
        is_mood = wish.says("small_talk.complaint_cues") or wish.says("small_talk.joke_cues")
        is_more = wish.says("route.question") or wish.says("route.customer") or wish.says("route.advice")
        return 0.85 if is_mood and not is_more and len(wish.text) <= LONGEST_SIGH else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """A line that fits the mood; whoever has the floor keeps it."""
        said = Wish(turn.text, turn.today)
        mood = next((mood for mood in _MOODS if said.says(f"small_talk.{mood}_cues")), "other")
        return Outcome((Reply(turn.words.say(f"small_talk.{mood}")),), keeps_floor=True)


def _is_emoji(text: str) -> bool:
    signs = [sign for sign in text if not sign.isspace()]
    return not any(sign.isalnum() for sign in signs) and any(unicodedata.category(sign) == _PICTURE for sign in signs)
