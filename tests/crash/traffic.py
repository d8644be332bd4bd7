"""People who talk to the bot whatever happens to it, and remember what they must have heard."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.wording.phrasebook import LANGUAGES, Phrasebook
from tests.support.telegram_client import TelegramControl

FIRST_CHAT = 5_000_000_001
PATIENCE = 60.0
"""How long an answer may take when kills and faults come together."""


def wordings(key: str) -> frozenset[str]:
    """The beginning of a sentence of ours in every language."""
    return frozenset(Phrasebook(language).say(key).text.splitlines()[0] for language in LANGUAGES)


NOTICE, THANKS = wordings("notice.text"), wordings("notice.thanks")
HELP, SETTINGS = wordings("help.tail"), wordings("settings.title")
CHOOSE_ZONE, CHANGED = wordings("settings.choose_zone"), wordings("settings.changed")


@dataclass(slots=True)
class Talker:
    """One chat; `said` counts its updates, `expected` lists for each of them what its one answer must contain."""

    control: TelegramControl
    chat: int
    chance: random.Random
    is_patient: bool
    said: int = 0
    expected: list[frozenset[str]] = field(default_factory=list)

    async def join(self) -> None:
        """Press Start, read the notice, tap it away."""
        await self._say("/start", NOTICE)
        await self._heard(NOTICE)
        await self._press("notice:ok", THANKS)

    async def talk(self, goes_on: Callable[[], bool]) -> None:
        """Say one thing after another while it goes on; the last answer is always waited for."""
        while goes_on():
            await self._burst() if not self.is_patient else await self._one_thing()
            await asyncio.sleep(self.chance.uniform(0.0, 0.08))

    async def ask_for_zone(self) -> None:
        """Leave the bot waiting for a time zone."""
        await self._say("/settings", SETTINGS)
        await self._heard(SETTINGS)
        await self._press("settings:zone", CHOOSE_ZONE)
        await self._heard(CHOOSE_ZONE)

    async def tell_zone(self) -> None:
        """Answer its question: a wrong zone, then a right one."""
        mark = frozenset({f"Nowhere/{self.said}x"})
        await self._say(f"Nowhere/{self.said}x", mark)
        await self._heard(mark)
        await self._say("Asia/Tokyo", CHANGED)
        await self._heard(CHANGED)

    async def _burst(self) -> None:
        """Several at once, without waiting in between."""
        marks = [await self._nonsense() for _ in range(self.chance.randint(1, 5))]
        await self._heard(marks[-1])

    async def _one_thing(self) -> None:
        match self.chance.randrange(4):
            case 0:
                await self._say("/help", HELP)
                await self._heard(HELP)
            case 1:
                await self._heard(await self._nonsense())
            case 2:
                await self._say("/settings", SETTINGS)
                await self._heard(SETTINGS)
            case _:  # turns that hang together: the bot has to remember across them, and across its death
                await self.ask_for_zone()
                await self.tell_zone()

    async def _nonsense(self) -> frozenset[str]:
        command = f"/nothing{self.said}x"
        await self._say(command, frozenset({command}))
        return frozenset({command})

    async def _say(self, text: str, expected: frozenset[str]) -> None:
        self._expect(expected)
        await self.control.say(self.chat, text)

    async def _press(self, button: str, expected: frozenset[str]) -> None:
        self._expect(expected)
        await self.control.press(self.chat, button)

    def _expect(self, expected: frozenset[str]) -> None:
        self.said += 1
        self.expected.append(expected)

    async def _heard(self, expected: frozenset[str]) -> None:
        while True:
            [reply] = await self.control.replies(self.chat, 1, PATIENCE)
            if any(words in reply["message"]["text"] for words in expected):
                return


def talkers(control: TelegramControl, chats: int, seed: int) -> list[Talker]:
    """So many people; every third sends bursts, the others wait for each answer."""
    return [
        Talker(control, FIRST_CHAT + number, random.Random(seed * 1000 + number), is_patient=number % 3 != 2)
        for number in range(chats)
    ]
