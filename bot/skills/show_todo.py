"""What is due: the list of open commitments, and the buttons under a reminder."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.account import Commitment
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.reminders import Reminder
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Party
from bot.domain.wish import Wish
from bot.domain.writes import CloseCommitment, MoveCommitment
from bot.errors import WordsForRep
from bot.ports import Outcome, Turn

SHOWN = 12


@dataclass(frozen=True, slots=True)
class ShowTodo:
    """Lists open commitments by day; marks them done, moves them to tomorrow, and takes that back."""

    name: str = "todo"
    commands: tuple[str, ...] = ("today",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.85 if wish.says("todo.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The list, or what a button does to one commitment."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        open_ones = await turn.repository.commitments()
        if not open_ones:
            return Outcome((Reply(turn.words.say("todo.none")),), keeps_floor=True)
        lines = [turn.words.say("todo.title"), *(_line(one, turn) for one in open_ones[:SHOWN])]
        return Outcome((Reply(joined(lines)),), keeps_floor=True)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, commitment_id = (turn.message.button + "::").split(":")[:3]
        commitment = await turn.repository.commitment(commitment_id)
        if commitment is None:
            raise WordsForRep("todo.gone")
        if action == "done":
            back = Button(turn.words.plain("todo.reopen_button"), f"{self.name}:reopen:{commitment.id}")
            reply = Reply(turn.words.say("todo.done"), ((back,),))
            return Outcome((reply,), writes=(CloseCommitment(commitment.id),), keeps_floor=True)
        if action == "reopen":
            writes = (CloseCommitment(commitment.id, done=False),)
            return Outcome((Reply(turn.words.say("todo.reopened")),), writes=writes, keeps_floor=True)
        return self._moved(turn, commitment)

    def _moved(self, turn: Turn, commitment: Commitment) -> Outcome:
        zone = ZoneInfo(turn.rep.time_zone)
        tomorrow = turn.now.astimezone(zone).date() + timedelta(days=1)
        again = Reminder(commitment.id, turn.rep, turn.words.language).on(tomorrow)
        writes = (MoveCommitment(commitment.id, tomorrow), again)
        reply = Reply(turn.words.say("todo.moved", day=turn.words.day(tomorrow)))
        return Outcome((reply,), writes=writes, keeps_floor=True)


def _line(commitment: Commitment, turn: Turn) -> RichText:
    words = turn.words
    key = "theirs" if commitment.who is Party.CUSTOMER else "ours"
    if commitment.due is None and key == "ours":
        return words.say("todo.undated", action=commitment.action, account=commitment.account_name)
    day = words.day(commitment.due) if commitment.due else words.plain("todo.no_day")
    return words.say(f"todo.{key}", day=day, action=commitment.action, account=commitment.account_name)
