"""Which skill answers: button, command, the skill that holds the floor, else the one the free words are for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.coaching.likeness import Likeness, by_words
from bot.conversation.classification import choice_for
from bot.domain.message import Button, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Floor, Skill
from bot.wording.phrasebook import Phrasebook

DOWNLOAD_BYTES = 20 * 1024 * 1024
"""What a bot may download from Telegram."""
CHOOSING = "route"
"""Holds the floor while the rep is asked which skill he means."""

_PLAIN = frozenset({MessageKind.TEXT, MessageKind.EDITED})


@dataclass(frozen=True, slots=True)
class Route:
    """The chosen skill and what is left of the text for it: the words after a command, else all.

    `aside` when the words go past the skill that holds the floor, which keeps it.
    """

    skill: Skill
    text: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody knows which of these skills the words are for; the rep is asked."""

    text: str
    skills: tuple[Skill, ...]

    def question(self, words: Phrasebook) -> Reply:
        """The question with a button for each skill."""
        buttons = [Button(words.plain(f"{skill.name}.button"), f"{CHOOSING}:{skill.name}") for skill in self.skills]
        return Reply(words.say("route.unsure"), tuple((button,) for button in buttons))


class Router:
    """Chooses among the skills, in the order they are listed."""

    def __init__(
        self, skills: Sequence[Skill], *, default: str, likeness: Callable[[], Likeness] = lambda: by_words
    ) -> None:
        self._likeness = likeness
        self._skills = {skill.name: skill for skill in skills}
        self._commands = {command: skill for skill in skills for command in skill.commands}
        self._default = self._skills[default]

    def route(self, message: IncomingMessage, rep: Rep, floor: Floor | None, wish: Wish) -> Route | Unsure:
        """The skill for this message. Raises WordsForRep for an unknown command or a skill not for this role."""
        route = self._choose(message, floor, wish)
        if isinstance(route, Route) and rep.role not in route.skill.roles:
            raise WordsForRep("access.role")
        return route

    def _choose(self, message: IncomingMessage, floor: Floor | None, wish: Wish) -> Route | Unsure:
        if message.kind is MessageKind.BUTTON:
            return self._by_button(message.button, floor)
        if message.text.startswith("/"):
            return self._by_command(message.text)
        _check_readable(message)
        holder = self._skills.get(floor.skill) if floor else None
        if message.kind not in _PLAIN:
            return Route(self._taker(message.kind, holder), message.text)
        if holder is not None and holder.holds(wish):
            return Route(holder, message.text)
        return self._by_words(wish, aside=holder is not None and holder.keeps_talking)

    def _by_button(self, action: str, floor: Floor | None) -> Route:
        name, _, rest = action.partition(":")
        if name == CHOOSING and floor is not None and floor.skill == CHOOSING and rest in self._skills:
            return Route(self._skills[rest], str(floor.state["text"]))
        if name not in self._skills:
            raise WordsForRep("trouble.old_button")
        return Route(self._skills[name], action)

    def _by_command(self, text: str) -> Route:
        command, *rest = text.split(maxsplit=1)
        skill = self._commands.get(command[1:].split("@")[0].lower())
        if skill is None:
            raise WordsForRep("trouble.unknown_command", {"command": command[:40]})
        return Route(skill, "".join(rest).strip())

    def _taker(self, kind: MessageKind, holder: Skill | None) -> Skill:
        takers = [skill for skill in (holder, *self._skills.values()) if skill is not None and kind in skill.kinds]
        if not takers:
            raise WordsForRep(f"trouble.{kind.value}")
        return takers[0]

    def _by_words(self, wish: Wish, *, aside: bool) -> Route | Unsure:
        choice = choice_for(wish, list(self._skills.values()), likeness=self._likeness())
        if choice.skills and not choice.is_sure:
            return Unsure(wish.text, choice.skills)
        return Route(choice.skills[0] if choice.skills else self._default, wish.text, aside)


def _check_readable(message: IncomingMessage) -> None:
    """Raises WordsForRep for what no skill can make anything of."""
    for attachment in message.attachments:
        if attachment.size > DOWNLOAD_BYTES:
            raise WordsForRep("trouble.too_large", {"megabytes": round(attachment.size / 1024 / 1024)})
    if message.kind is MessageKind.VOICE and not all(a.size and a.seconds for a in message.attachments):
        raise WordsForRep("trouble.empty_voice")
    if message.kind in _PLAIN and not any(character.isalnum() for character in message.text):
        raise WordsForRep("trouble.no_words")
