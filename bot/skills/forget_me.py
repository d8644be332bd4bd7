"""A rep leaves: he sees what goes and what stays, and only then, with one tap, it is done."""

from dataclasses import dataclass, field

from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.domain.writes import ForgetRep
from bot.errors import WordsForRep
from bot.ports import Outcome, Turn


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Shows what would be deleted, and deletes it when the rep insists."""

    name: str = "forget_me"
    commands: tuple[str, ...] = ("forget_me",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words; nothing is deleted without a tap."""
        return 0.95 if wish.says("forget_me.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """What goes and what stays, or what the button says."""
        if turn.message.kind is not MessageKind.BUTTON:
            return await self._shown(turn)
        _, action, rep_id = (turn.message.button + "::").split(":")[:3]
        if action == "no":
            return Outcome((Reply(turn.words.say("forget_me.kept")),), keeps_floor=True)
        if action != "yes":
            return await self._shown(turn)
        if rep_id != turn.rep.id:
            raise WordsForRep("trouble.old_button")
        return Outcome((Reply(turn.words.say("forget_me.done")),), writes=(ForgetRep(turn.rep.id),))

    async def _shown(self, turn: Turn) -> Outcome:
        """The button carries the rep's id: one from before an earlier leaving deletes nothing."""
        words = turn.words
        own = await turn.repository.everything_own()
        accounts = await turn.repository.accounts()
        text = words.say(
            "forget_me.shown",
            practices=len(own["practice"]),
            drafts=len(own["draft"]) + len(own["file"]),
            accounts=sum(account.owner == turn.rep.id for account in accounts),
        )
        rows = (
            (Button(words.plain("forget_me.no_button"), f"{self.name}:no"),),
            (Button(words.plain("forget_me.yes_button"), f"{self.name}:yes:{turn.rep.id}"),),
        )
        return Outcome((Reply(text, rows),), keeps_floor=True)
