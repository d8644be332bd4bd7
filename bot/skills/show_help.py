"""Help, written by the skills themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.message import MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import joined
from bot.domain.wish import Wish
from bot.ports import Outcome, Skill, Turn


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Lists what this rep can ask for, each with a command and one example sentence."""

    skills: Sequence[Skill]
    name: str = "help"
    commands: tuple[str, ...] = ("help",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.85 if wish.says("help.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The list; whoever has the floor keeps it."""
        words = turn.words
        lines = [words.say("help.title")]
        for skill in (*self.skills, self):
            if turn.rep.role in skill.roles and skill.commands:
                line = words.say("help.line", command=skill.commands[0], what=words.say(f"{skill.name}.help"))
                examples = words.list_of(f"{skill.name}.examples")
                shown = [line, words.say("help.example", example=examples[0])] if examples else [line]
                lines.append(joined(shown))
        lines.append(words.say("help.line", command="cancel", what=words.say("cancel.help")))
        lines.append(words.say("help.tail"))
        return Outcome((Reply(joined(lines, "\n\n")),), keeps_floor=True)
