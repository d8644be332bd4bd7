"""Help, written by the skills themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import joined
from bot.domain.wish import Wish
from bot.ports import Outcome, Skill, Turn
from bot.wording.phrasebook import Phrasebook


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
        """The list, or a greeting for a greeting; whoever has the floor keeps it."""
        words = turn.words
        if not turn.message.button and Wish(turn.text, turn.today).says("help.greeting_cues"):
            return Outcome((Reply(words.say("help.greeting"), self._ways_in(words)),), keeps_floor=True)
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

    def _ways_in(self, words: Phrasebook) -> tuple[tuple[Button, ...], ...]:
        """An example to tap, a practice, and the list."""
        ways = (("notice.example_button", "debrief:example"), ("practice.button", "practice:list"))
        taps = [Button(words.plain(key), action) for key, action in (*ways, ("help.button", f"{self.name}:list"))]
        return tuple((tap,) for tap in taps)
