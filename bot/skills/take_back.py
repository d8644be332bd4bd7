"""Undo: a card that was saved, accounts that were merged, a name that was changed."""

from dataclasses import dataclass, field

from bot.domain.changes import Change, ChangeKind
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.domain.writes import Audit, TakeBack, Write
from bot.errors import WordsForRep
from bot.ports import Floor, Outcome, Turn

OPEN_AGAIN = {ChangeKind.SAVED: ("debrief", "draft"), ChangeKind.CONTACT: ("contact", "file")}
"""The skill that has the floor over a card which is open again, and what it calls the card."""


@dataclass(frozen=True, slots=True)
class TakeBackChange:
    """Takes back the change whose button is pressed, or by words the rep's latest one."""

    name: str = "undo"
    commands: tuple[str, ...] = ("undo",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 1.0 if wish.says("undo.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """What was taken back; a card is open again and may be corrected at once."""
        made = await turn.repository.changes()
        if turn.message.kind is MessageKind.BUTTON:
            wanted = turn.message.button.rpartition(":")[2]
            change = next((one for one in made if one.id == wanted), None)
        else:
            change = next((one for one in made if not one.undone), None)
        if change is None:
            raise WordsForRep("undo.nothing")
        if change.undone:
            raise WordsForRep("undo.gone")
        if not change.can_go_back(turn.now):
            raise WordsForRep("undo.too_late")
        return self._taken_back(turn, change)

    def _taken_back(self, turn: Turn, change: Change) -> Outcome:
        said = turn.words.say(f"undo.{change.kind.value}", subject=change.subject)
        writes: tuple[Write, ...] = (TakeBack(change.id), Audit(f"undo.{change.kind.value}", change.subject))
        if change.kind not in OPEN_AGAIN:
            return Outcome((Reply(said),), writes=writes, keeps_floor=True)
        skill, card = OPEN_AGAIN[change.kind]
        button = Button(turn.words.plain("undo.open_card"), f"{skill}:open:{change.id}")
        return Outcome((Reply(said, ((button,),)),), Floor(skill, {card: change.id}), writes)
