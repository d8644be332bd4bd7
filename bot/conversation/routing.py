"""Which skill answers: button, command, the skill that holds the floor, else the one asked by free words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.message import IncomingMessage, MessageKind
from bot.domain.rep import Rep
from bot.errors import WordsForRep
from bot.ports import Floor, Skill

DOWNLOAD_BYTES = 20 * 1024 * 1024
"""What a bot may download from Telegram."""

_PLAIN = frozenset({MessageKind.TEXT, MessageKind.EDITED})


@dataclass(frozen=True, slots=True)
class Route:
    """The chosen skill and what is left of the text for it: the words after a command, else all."""

    skill: Skill
    text: str


class Router:
    """Chooses among the skills, in the order they are listed."""

    def __init__(self, skills: Sequence[Skill], *, default: str) -> None:
        self._skills = {skill.name: skill for skill in skills}
        self._commands = {command: skill for skill in skills for command in skill.commands}
        self._default = self._skills[default]

    def route(self, message: IncomingMessage, rep: Rep, floor: Floor | None) -> Route:
        """The skill for this message. Raises WordsForRep for an unknown command or a skill not for this role."""
        route = self._choose(message, floor)
        if rep.role not in route.skill.roles:
            raise WordsForRep("access.role")
        return route

    def _choose(self, message: IncomingMessage, floor: Floor | None) -> Route:
        if message.kind is MessageKind.BUTTON:
            skill = self._skills.get(message.button.partition(":")[0])
            if skill is None:
                raise WordsForRep("trouble.old_button")
            return Route(skill, message.button)
        if message.text.startswith("/"):
            return self._by_command(message.text)
        _check_readable(message)
        holder = self._skills.get(floor.skill) if floor else None
        if message.kind in _PLAIN or (holder and message.kind in holder.kinds):
            return Route(holder or self._default, message.text)
        takers = [skill for skill in self._skills.values() if message.kind in skill.kinds]
        if not takers:
            raise WordsForRep(f"trouble.{message.kind.value}")
        return Route(takers[0], message.text)

    def _by_command(self, text: str) -> Route:
        command, _, rest = text.partition(" ")
        skill = self._commands.get(command[1:].split("@")[0].lower())
        if skill is None:
            raise WordsForRep("trouble.unknown_command", {"command": command[:40]})
        return Route(skill, rest.strip())


def _check_readable(message: IncomingMessage) -> None:
    """Raises WordsForRep for what no skill can make anything of."""
    for attachment in message.attachments:
        if attachment.size > DOWNLOAD_BYTES:
            raise WordsForRep("trouble.too_large", {"megabytes": round(attachment.size / 1024 / 1024)})
    if message.kind is MessageKind.VOICE and not all(a.size and a.seconds for a in message.attachments):
        raise WordsForRep("trouble.empty_voice")
    if message.kind in _PLAIN and not any(character.isalnum() for character in message.text):
        raise WordsForRep("trouble.no_words")
