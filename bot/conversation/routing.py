"""Which skill answers: button, command, a skill that holds the floor, else the one the free words are for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from bot.coaching.understanding import BY_WORDS, Understanding
from bot.conversation.classification import Choice, choice_for
from bot.debriefing.business_cards import is_card
from bot.domain.kept_file import PAGE_BREAK
from bot.domain.message import Button, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Floor, Skill
from bot.wording.phrasebook import Phrasebook, is_gibberish

DOWNLOAD_BYTES = 20 * 1024 * 1024
"""What a bot may download from Telegram."""
CHOOSING = "route"
"""Holds the floor while the rep is asked which skill he means."""

CARDS, NOTES = "contact", "debrief"
"""Whom a photo's text is for: it is read as facts, and never as a wish or a command."""
EMOJI = "So"
"""Unicode's category of most of them."""

CERTAIN = 0.9
"""Who claims words so surely gets them when their holder passes them on."""
_PLAIN = frozenset({MessageKind.TEXT, MessageKind.EDITED})


@dataclass(frozen=True, slots=True)
class Route:
    """The chosen skill and what is left of the text for it: the words after a command, else all.

    `others` take it when the skill passes it on.
    """

    skill: Skill
    text: str
    others: tuple[Skill, ...] = ()


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
        self,
        skills: Sequence[Skill],
        *,
        default: str,
        understanding: Callable[[], Understanding] = lambda: BY_WORDS,
    ) -> None:
        self._understanding = understanding
        self._skills = {skill.name: skill for skill in skills}
        self._commands = {command: skill for skill in skills for command in skill.commands}
        self._default = self._skills[default]

    def route(self, message: IncomingMessage, rep: Rep, floor: Floor | None, wish: Wish) -> Route | Unsure:
        """The skill for this message. Raises WordsForRep for an unknown command or a skill not for this role."""
        route = self._choose(message, rep, floor, wish)
        if isinstance(route, Unsure):
            return Unsure(route.text, tuple(skill for skill in route.skills if rep.role in skill.roles))
        if rep.role not in route.skill.roles:
            raise WordsForRep("access.role")
        return route

    def _choose(self, message: IncomingMessage, rep: Rep, floor: Floor | None, wish: Wish) -> Route | Unsure:
        if message.kind is MessageKind.BUTTON:
            return self._by_button(message.button, floor)
        if message.text.startswith("/") and not message.file:
            return self._by_command(message.text)
        check_readable(message)
        if message.file and message.kind is MessageKind.PHOTO:
            are_cards = all(is_card(page.splitlines()) for page in message.text.split(PAGE_BREAK))
            return Route(self._skills[CARDS if are_cards else NOTES], message.text)
        holders = list(self._holders(floor))
        for name in (NOTES, CARDS):
            if message.answers.startswith(f"{name}:") and self._skills[name].holds(wish):
                return self._held_by(self._skills[name], wish)
        if message.kind not in _PLAIN:
            taker, *others = self._takers(message.kind, rep, holders)
            return Route(taker, message.text, others=tuple(others))
        return self._by_words(wish, holders)

    def going_on(self, floor: Floor | None) -> Floor | None:
        """The topmost floor that goes on after something else in between, with those under it."""
        while floor and not (floor.skill in self._skills and self._skills[floor.skill].keeps_talking):
            floor = floor.under
        return floor

    def _holders(self, floor: Floor | None) -> Iterator[Skill]:
        while floor:
            if floor.skill in self._skills:
                yield self._skills[floor.skill]
            floor = floor.under

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

    def _takers(self, kind: MessageKind, rep: Rep, holders: Sequence[Skill]) -> Sequence[Skill]:
        """Who takes this kind, who has the floor first; those this role may use, if there are any."""
        able = [skill for skill in self._skills.values() if kind in skill.kinds]
        first = [holder for holder in holders if holder in able]
        asked = [*first, *(skill for skill in able if skill not in first)]
        takers = [skill for skill in asked if rep.role in skill.roles] or asked
        if not takers:
            raise WordsForRep(f"trouble.{kind.value}")
        return takers

    def _by_words(self, wish: Wish, holders: Sequence[Skill]) -> Route | Unsure:
        """A holder keeps the words unless another skill is surer of them."""
        held = [(holder.holds(wish), holder) for holder in holders]
        hold, holder = max(held, key=lambda one: one[0], default=(0.0, self._default))
        if hold >= 1:
            return self._held_by(holder, wish)
        choice = choice_for(wish, list(self._skills.values()), understanding=self._understanding())
        if hold and not _outweighs(choice, hold):
            return self._held_by(holder, wish)
        if choice.strength < 1 and is_gibberish(wish.text):
            raise WordsForRep("trouble.no_words")
        if choice.is_sure or not choice.skills:
            return Route(choice.skills[0] if choice.skills else self._default, wish.text)
        return Unsure(wish.text, choice.skills)

    def _held_by(self, holder: Skill, wish: Wish) -> Route:
        """The words are the holder's, and those who are certain of them may have what it passes on."""
        certain = [one for one in self._skills.values() if one is not holder and one.claim(wish) >= CERTAIN]
        return Route(holder, wish.text, others=tuple(certain))


def _outweighs(choice: Choice, hold: float) -> bool:
    """True when a skill is surer of the words than who has the floor; what sounds like chat only if it surely is."""
    if not choice.is_sure or choice.strength <= hold:
        return False
    return bool(choice.skills[0].commands) or choice.strength >= 1


def check_readable(message: IncomingMessage) -> None:
    """Raises WordsForRep for what no skill can make anything of."""
    for attachment in message.attachments:
        if attachment.size > DOWNLOAD_BYTES:
            raise WordsForRep("trouble.too_large", {"megabytes": round(attachment.size / 1024 / 1024)})
    if message.kind is MessageKind.VOICE and not all(a.size and a.seconds for a in message.attachments):
        raise WordsForRep("trouble.empty_voice")
    if message.kind in _PLAIN and not any(sign.isalnum() or category(sign) == EMOJI for sign in message.text):
        raise WordsForRep("trouble.no_words")
