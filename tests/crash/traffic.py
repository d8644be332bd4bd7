"""People who talk to the bot whatever happens to it, and remember what they must have heard."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.wording.phrasebook import LANGUAGES, Phrasebook
from tests.support.telegram_client import TelegramControl
from tests.support.telegram_wire import Json

FIRST_CHAT = 5_000_000_001
PATIENCE = 60.0
"""How long an answer may take when kills and faults come together."""


def wordings(key: str) -> frozenset[str]:
    """The beginning of a sentence of ours in every language."""
    return frozenset(Phrasebook(language).say(key).text.splitlines()[0] for language in LANGUAGES)


NOTICE, THANKS = wordings("notice.text"), wordings("notice.thanks")
HELP, SETTINGS = wordings("help.tail"), wordings("settings.title")
CHOOSE_ZONE, CHANGED = wordings("settings.choose_zone"), wordings("settings.changed")
SORRY = frozenset(Phrasebook(language).plain("trouble.incident", incident="|").split("|")[0] for language in LANGUAGES)
SAVED = frozenset(Phrasebook(language).plain("debrief.saved", accounts="|").split("|")[0] for language in LANGUAGES)
SAVED_ALREADY = wordings("debrief.saved_already")
_FIRST, _SECOND, _TRADES = "云海江川金银东西南北", "鹤峰林泉岭湖桥原台城", ("阀门", "药业", "轴承", "水泥", "包装")
"""An account's name is one of each, and like no other's: the bot asks about names that may be the same."""


@dataclass(frozen=True, slots=True)
class Told:
    """One draft: its accounts, every word said in it in order, and whether Save was pressed."""

    accounts: tuple[str, ...]
    words: tuple[str, ...]
    is_saved: bool


@dataclass(slots=True)
class Talker:
    """One chat; `said` counts its updates, `expected` lists for each of them what its one answer must contain."""

    control: TelegramControl
    chat: int
    chance: random.Random
    is_patient: bool
    said: int = 0
    expected: list[frozenset[str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    visits: int = 0
    answers: int = 0
    apologies: set[str] = field(default_factory=set)
    """Each names its incident, so one that was sent twice counts once."""

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

    async def tell_visits(self, goes_on: Callable[[], bool]) -> None:
        """Tell one visit after another while it goes on, each to its end."""
        while goes_on():
            await self._tell_visit()

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

    async def _tell_visit(self) -> None:
        """Tell a visit to an account of its own, add a remark, mostly save; over an unsaved card it comes beside it."""
        decade, one = divmod(self.visits, 10)
        account = f"{_FIRST[one]}{_SECOND[one]}{_TRADES[decade % len(_TRADES)]}"
        first = f"刚从{account}出来，见了邱总，说换第{self.visits}副模具要停半天，约好下周二我带样机去试"
        budget = f"{self.visits + 10}万"
        remark = f"{account}预算大概{budget}，还没批"
        self.visits += 1
        is_new = not self.told or self.told[-1].is_saved
        before = Told((), (), is_saved=False) if is_new else self.told.pop()
        about, about_remark = frozenset({account}), frozenset({budget})  # the first card sent twice has no budget
        await self._until_answered(about, lambda: self._say(first, about))
        card = await self._until_answered(about_remark, lambda: self._say(remark, about_remark))
        is_saved = self.chance.random() < 0.7
        if is_saved:
            await self._save(card, about)
        self.told.append(Told((*before.accounts, account), (*before.words, first, remark), is_saved))

    async def _save(self, card: Json, about: frozenset[str]) -> None:
        """Press Save until it is saved: on a card sent twice, which is no longer the newest, it shows the newest."""
        while True:
            await self._press(_button(card, "debrief:save"), about | SAVED_ALREADY)
            answer = await self._heard(about | SAVED_ALREADY | SORRY)
            if any(answer["text"].startswith(words) for words in SAVED | SAVED_ALREADY):
                self.answers += 1
                return
            if not self._is_apology(answer):
                card = answer

    async def _until_answered(self, about: frozenset[str], say: Callable[[], Awaitable[None]]) -> Json:
        """Say something, again after each apology for a message that died three times with the bot."""
        while True:
            await say()
            answer = await self._heard(about | SORRY)
            if not self._is_apology(answer):
                self.answers += 1
                return answer

    def _is_apology(self, answer: Json) -> bool:
        """True for an apology, which then is what the last thing said was answered with."""
        if not any(words in answer["text"] for words in SORRY):
            return False
        self.expected[-1] = SORRY
        self.apologies.add(answer["text"])
        return True

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

    async def _heard(self, expected: frozenset[str]) -> Json:
        """The first message from now on with one of these words."""
        while True:
            [reply] = await self.control.replies(self.chat, 1, PATIENCE)
            message: Json = reply["message"]
            is_new = message["text"] not in self.apologies
            if is_new and any(words in message["text"] for words in expected):
                return message


def _button(message: Json, beginning: str) -> str:
    """What the button of a message sends whose data begin so."""
    rows = message["reply_markup"]["inline_keyboard"]
    return next(
        str(button["callback_data"]) for row in rows for button in row if button["callback_data"].startswith(beginning)
    )


def talkers(control: TelegramControl, chats: int, seed: int) -> list[Talker]:
    """So many people; every third sends bursts, the others wait for each answer."""
    return [
        Talker(control, FIRST_CHAT + number, random.Random(seed * 1000 + number), is_patient=number % 3 != 2)
        for number in range(chats)
    ]
