"""A rep takes along what is his: profile, practice, raw words and what was promised; nothing of other people's."""

from dataclasses import dataclass, field

from bot.domain.message import MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.ports import Outcome, Turn
from bot.presenting.own_data import own_data_file


@dataclass(frozen=True, slots=True)
class ExportOwn:
    """Sends a file with everything that is the rep's own."""

    name: str = "export"
    commands: tuple[str, ...] = ("export",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.9 if wish.says("export.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The file, with what is in it."""
        own = await turn.repository.everything_own()
        text = turn.words.say(
            "export.done",
            practices=len(own["practice"]),
            drafts=len(own["draft"]),
            commitments=len(own["commitment"]),
        )
        return Outcome((Reply(text, file=own_data_file(own, turn.now)),), keeps_floor=True)
