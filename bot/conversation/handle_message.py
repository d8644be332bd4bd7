"""One message to its answer: who is it, what do they want, which skill says what. Nothing is written here."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.conversation.admission import Admission
from bot.conversation.arrival import asks_to_stop
from bot.conversation.routing import CHOOSING, Route, Router, Unsure
from bot.domain.message import Attachment, Button, IncomingMessage, MessageKind, Reply
from bot.domain.rep import NOTICE_VERSION, Rep
from bot.domain.wish import Wish
from bot.domain.writes import RecordNotice, Write
from bot.errors import WordsForRep
from bot.ports import Clock, Conversation, Floor, LanguageModel, Lease, Store, Turn
from bot.wording.phrasebook import LANGUAGES, Phrasebook, language_of

EXAMPLE = "debrief:example"
"""The action of the example that a new rep may tap."""
NOTICE = "notice"
"""Holds the floor while the notice was shown and not yet answered."""
STOPPED = "stopped"
"""Holds the floor after a turn was stopped before it said anything, until the words that stopped it are answered."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a running turn talks to whoever waits for it."""

    is_cancelled: Callable[[], bool]
    show: Callable[[str], None]
    fetch: Callable[[Attachment], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the turn's transaction needs."""

    replies: tuple[Reply, ...]
    floor: Floor | None
    language: str
    writes: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """Answers messages; every channel and every test goes through here."""

    store: Store
    clock: Clock
    admission: Admission
    router: Router
    model_for: Callable[[Rep], LanguageModel]

    async def answer(self, lease: Lease, progress: Progress) -> Answer:
        """The answer to the leased message; what a rep can cause is answered in words, never raised."""
        talk, message = lease.conversation, lease.message
        language = _language(message, talk)
        words = Phrasebook(language)
        if message.kind is MessageKind.GROUP:
            return Answer((Reply(words.say("access.group"), leaves_chat=True),), None, language)
        try:
            rep = talk.rep or await self.admission.admit(message)
        except WordsForRep as sentence:
            return Answer((Reply(words.say(sentence.key, **_slots(sentence))),), talk.floor, language)
        return await self._answer_rep(rep, lease, words, progress)

    async def _answer_rep(self, rep: Rep, lease: Lease, words: Phrasebook, progress: Progress) -> Answer:
        talk, message = lease.conversation, lease.message
        floor = None if talk.floor and talk.floor.skill == NOTICE else talk.floor
        if _must_show_notice(rep, talk.floor):
            answer = Answer((), None, words.language)
            if not _is_greeting(message):
                answer = await self._by_skill(rep, message, None, words, progress)
            return replace(answer, replies=(notice_reply(words), *answer.replies), floor=answer.floor or Floor(NOTICE))
        writes: tuple[Write, ...] = ()
        if not rep.has_seen_notice and (talk.floor != floor or not rep.notice_version):
            writes = (RecordNotice(rep.id, NOTICE_VERSION, self.clock.now()),)
        if _is_greeting(message):
            return Answer((_greeting_reply(words, is_first=bool(writes)),), floor, words.language, writes)
        answer = await self._by_skill(rep, message, floor, words, progress)
        return replace(answer, writes=(*writes, *answer.writes))

    async def _by_skill(
        self, rep: Rep, message: IncomingMessage, floor: Floor | None, words: Phrasebook, progress: Progress
    ) -> Answer:
        if asks_to_stop(message):
            key = "cancel.stopped" if floor else "cancel.nothing"
            return Answer((Reply(words.say(key)),), None, words.language)
        try:
            route = await self._route(rep, message, floor)
            if isinstance(route, Unsure):
                return Answer((route.question(words),), Floor(CHOOSING, {"text": route.text}), words.language)
            turn = self._turn(rep, message, route.text, floor, route.skill.name, words, progress)
            outcome = await route.skill.answer(turn)
        except WordsForRep as sentence:
            return Answer((Reply(words.say(sentence.key, **_slots(sentence))),), floor, words.language)
        next_floor = floor if outcome.keeps_floor or route.aside else outcome.floor
        replies = (*outcome.replies, Reply(words.say("route.back"))) if route.aside else outcome.replies
        return Answer(replies, next_floor, words.language, outcome.writes)

    async def _route(self, rep: Rep, message: IncomingMessage, floor: Floor | None) -> Route | Unsure:
        """Commands and buttons are plain; free words take reading, away from the event loop."""
        wish = await self._wish(rep, message)
        if not wish.text:
            return self.router.route(message, rep, floor, wish)
        return await asyncio.to_thread(self.router.route, message, rep, floor, wish)

    async def _wish(self, rep: Rep, message: IncomingMessage) -> Wish:
        today = self.clock.now().astimezone(ZoneInfo(rep.time_zone)).date()
        if not message.text or message.text.startswith("/"):
            return Wish("", today)
        accounts = await self.store.repository(rep.viewer).accounts()
        return Wish(message.text, today, tuple(account.name for account in accounts))

    def _turn(
        self,
        rep: Rep,
        message: IncomingMessage,
        text: str,
        floor: Floor | None,
        skill: str,
        words: Phrasebook,
        progress: Progress,
    ) -> Turn:
        return Turn(
            message=message,
            text=text,
            rep=rep,
            now=self.clock.now(),
            words=words,
            state=floor.state if floor and floor.skill == skill else {},
            repository=self.store.repository(rep.viewer),
            model=self.model_for(rep),
            is_cancelled=progress.is_cancelled,
            show=progress.show,
            fetch=progress.fetch,
        )


def notice_reply(words: Phrasebook) -> Reply:
    """What is stored, why, who sees it, for how long, with whom; one tap or simply the next message goes on."""
    button = Button(words.plain("notice.button"), f"{NOTICE}:ok")
    return Reply(words.say("notice.text"), ((button,),))


def _greeting_reply(words: Phrasebook, *, is_first: bool) -> Reply:
    """The way in: at the first time one line and one example to tap."""
    if not is_first:
        return Reply(words.say("notice.welcome_back"))
    return Reply(words.say("notice.thanks"), ((Button(words.plain("notice.example_button"), EXAMPLE),),))


def apology(language: str, incident: str) -> Reply:
    """The words for a message that could not be answered."""
    return Reply(Phrasebook(language).say("trouble.incident", incident=incident))


def _must_show_notice(rep: Rep, floor: Floor | None) -> bool:
    """A notice not yet seen is shown when nothing else is going on; its floor, or any later one, means it was shown."""
    return not rep.has_seen_notice and (floor is None or floor.skill == STOPPED)


def _is_greeting(message: IncomingMessage) -> bool:
    if message.kind is MessageKind.BUTTON:
        return message.button.startswith(f"{NOTICE}:")
    return message.text.split("@")[0].split(" ")[0].lower() == "/start"


def _slots(sentence: WordsForRep) -> dict[str, str]:
    return {name: str(value) for name, value in sentence.slots.items()}


def _language(message: IncomingMessage, talk: Conversation) -> str:
    """The message's own language; where there are no words, the rep's setting, the chat's last, the client's."""
    said = "" if message.text.startswith("/") else language_of(message.text)
    chosen = talk.rep.language if talk.rep else ""
    for language in (said, chosen, talk.language, message.language_hint):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
