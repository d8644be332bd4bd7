"""One message to its answer: who is it, what do they want, which skill says what. Nothing is written here."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.admission import Admission
from bot.conversation.arrival import asks_to_stop
from bot.conversation.hearing import HeardNote, Hearing, KeptNote, Note
from bot.conversation.model_voice import named_by
from bot.conversation.routing import CHOOSING, NOTES, Route, Router, Unsure, check_readable
from bot.conversation.stopping import stopped
from bot.domain.documents import TEACHERS
from bot.domain.kept_file import length_of
from bot.domain.message import Attachment, Button, IncomingMessage, MessageKind, Reply
from bot.domain.rep import NOTICE_VERSION, Rep
from bot.domain.rich_text import joined, quoted
from bot.domain.weekly_report import next_report
from bot.domain.wish import Wish
from bot.domain.writes import RecordNotice, Write
from bot.errors import WordsForRep
from bot.ports import Clock, Conversation, Floor, LanguageModel, Lease, Outcome, Store, Turn
from bot.wording.phrasebook import LANGUAGES, Phrasebook, language_of

EXAMPLE = "debrief:example"
"""The action of the example that a new rep may tap."""
NOTICE = "notice"
"""Holds the floor while the notice was shown and not yet answered."""
READ = frozenset({MessageKind.VOICE, MessageKind.PHOTO})
"""What is read before a skill answers it."""
SHOWN = 3000
"""Characters of what was heard that are shown."""
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
    hearing: Hearing

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
                answer = await self._by_content(rep, message, None, words, progress)
            return replace(answer, replies=(notice_reply(words), *answer.replies), floor=answer.floor or Floor(NOTICE))
        writes: tuple[Write, ...] = ()
        if not rep.has_seen_notice and (talk.floor != floor or not rep.notice_version):
            report = next_report(rep, words.language, self.clock.now())
            writes = (RecordNotice(rep.id, NOTICE_VERSION, self.clock.now()), *((report,) if report else ()))
        if _is_greeting(message):
            return Answer((_greeting_reply(words, is_first=bool(writes)),), floor, words.language, writes)
        answer = await self._by_content(rep, message, floor, words, progress)
        return replace(answer, writes=(*writes, *answer.writes))

    async def _by_content(
        self, rep: Rep, message: IncomingMessage, floor: Floor | None, words: Phrasebook, progress: Progress
    ) -> Answer:
        """Words go to a skill at once; voice notes and photos are read first, and what was read is shown above."""
        if message.kind not in READ or _is_for_documents(rep, message, floor):
            return await self._by_skill(rep, message, floor, words, progress)
        note = Note(message, rep, self.store.repository(rep.viewer), words, floor, progress.fetch)
        try:
            check_readable(message)
            heard = await self.hearing.hear(note)
        except WordsForRep as sentence:
            return Answer((Reply(words.say(sentence.key, **_slots(sentence))),), floor, words.language)
        if isinstance(heard, KeptNote):
            return Answer(heard.replies, floor, words.language, heard.writes)
        return await self._by_heard_words(note, heard, progress)

    async def _by_heard_words(self, note: Note, heard: HeardNote, progress: Progress) -> Answer:
        """What was heard goes the way of typed words; a late note does not mix with what is said meanwhile."""
        words, is_aside = note.words, not heard.belongs_to(note.floor)
        spoken = replace(note.message, text=heard.said, attachments=())
        if not heard.file.is_photo:
            words = Phrasebook(note.rep.language or language_of(heard.said) or words.language)
            spoken = replace(spoken, kind=MessageKind.TEXT)
        answer = await self._by_skill(note.rep, spoken, None if is_aside else note.floor, words, progress)
        replies = (heard_reply(heard, words, ZoneInfo(note.rep.time_zone)), *answer.replies)
        writes = (*answer.writes, *self.hearing.settled(heard, note.rep, answer.writes))
        if is_aside and note.floor:
            return replace(answer, replies=replies, writes=writes, floor=note.floor)
        return replace(answer, replies=replies, writes=writes)

    async def _by_skill(
        self, rep: Rep, message: IncomingMessage, floor: Floor | None, words: Phrasebook, progress: Progress
    ) -> Answer:
        if message.kind is not MessageKind.PHOTO and asks_to_stop(message):
            done = await stopped(self.store, rep, words, had_floor=floor is not None)
            return Answer(done.replies, None, words.language, done.writes)
        try:
            route = await self._route(rep, message, floor)
            if isinstance(route, Unsure):
                route = await self._asked(route, rep, words)
            if isinstance(route, Unsure):
                floor = Floor(CHOOSING, {"text": route.text}, self.router.going_on(floor))
                return Answer((route.question(words),), floor, words.language)
            for skill in (route.skill, *route.others):
                outcome = await skill.answer(self._turn(rep, message, route.text, floor, skill.name, words, progress))
                if not outcome.passes_on:
                    break
        except WordsForRep as sentence:
            return Answer((Reply(words.say(sentence.key, **_slots(sentence))),), floor, words.language)
        after = self._after(outcome, floor, skill.name)
        replies = outcome.replies
        hands_over = outcome.floor is not None and outcome.floor.skill != skill.name
        if not hands_over and self._must_remind(message, after, floor, skill.name):
            replies = (*replies, Reply(words.say("route.back")))
        return Answer(replies, after, words.language, outcome.writes)

    async def _asked(self, unsure: Unsure, rep: Rep, words: Phrasebook) -> Route | Unsure:
        """What the rep's model makes of words that nobody is sure about."""
        skill = await named_by(self.model_for(rep), unsure.text, unsure.skills, words, rep=rep.id)
        return Route(skill, unsure.text) if skill else unsure

    def _after(self, outcome: Outcome, floor: Floor | None, skill: str) -> Floor | None:
        """Who has the floor next: what goes on stays, under what the skill asks for; once it is over it is over."""
        standing = self.router.going_on(floor)
        if outcome.keeps_floor:
            return floor
        rest = standing.without(skill) if standing else None
        return replace(outcome.floor, under=rest) if outcome.floor else rest

    def _must_remind(self, message: IncomingMessage, after: Floor | None, before: Floor | None, skill: str) -> bool:
        """True when something else goes on, and the words went past it or have just ended what lay over it."""
        standing = self.router.going_on(after)
        if standing is None or standing.skill == skill:
            return False
        return message.kind is not MessageKind.BUTTON or self.router.going_on(before) != standing

    async def _route(self, rep: Rep, message: IncomingMessage, floor: Floor | None) -> Route | Unsure:
        """Commands and buttons are plain; free words take reading, away from the event loop."""
        wish = await self._wish(rep, message)
        if not wish.text:
            return self.router.route(message, rep, floor, wish)
        return await asyncio.to_thread(self.router.route, message, rep, floor, wish)

    async def _wish(self, rep: Rep, message: IncomingMessage) -> Wish:
        today = rep.day_of(self._now(message))
        if not message.text or message.text.startswith("/") or message.kind is MessageKind.PHOTO:
            return Wish("", today)
        repository = self.store.repository(rep.viewer)
        wish = Wish(message.text, today, tuple(account.name for account in await repository.accounts()))
        if wish.says("todo.settling_cues"):
            return replace(wish, commitments=tuple(await repository.commitments()))
        return wish

    def _now(self, message: IncomingMessage) -> datetime:
        """The present; for words that were read late, when they were said."""
        return message.sent_at if message.file and message.sent_at else self.clock.now()

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
        chosen = message.button.startswith(f"{CHOOSING}:")
        said = replace(message, kind=MessageKind.TEXT, text=text, button="") if chosen else message
        return Turn(
            message=said,
            text=text,
            rep=rep,
            now=self._now(message),
            words=words,
            state=own.state if floor and (own := floor.of(skill)) else {},
            repository=self.store.repository(rep.viewer),
            model=self.model_for(rep),
            is_cancelled=progress.is_cancelled,
            show=progress.show,
            fetch=progress.fetch,
        )


def _is_for_documents(rep: Rep, message: IncomingMessage, floor: Floor | None) -> bool:
    """A photo with a command, or of somebody who teaches and has no card open, may be for the team's documents."""
    if message.kind is not MessageKind.PHOTO or message.file:
        return False
    return message.text.startswith("/") or (rep.role in TEACHERS and not (floor and floor.of(NOTES)))


def notice_reply(words: Phrasebook) -> Reply:
    """What is stored, why, who sees it, for how long, with whom; one tap or simply the next message goes on."""
    button = Button(words.plain("notice.button"), f"{NOTICE}:ok")
    return Reply(words.say("notice.text"), ((button,),))


def _greeting_reply(words: Phrasebook, *, is_first: bool) -> Reply:
    """The way in: at the first time one line and one example to tap."""
    if not is_first:
        return Reply(words.say("notice.welcome_back"))
    return Reply(words.say("notice.thanks"), ((Button(words.plain("notice.example_button"), EXAMPLE),),))


def heard_reply(heard: HeardNote, words: Phrasebook, zone: ZoneInfo) -> Reply:
    """What was heard, shown first; of a late note also which one it is."""
    file = heard.file
    title = words.say("photo.read" if file.is_photo else "voice.heard")
    if heard.is_late and not file.is_photo:
        slots = {"moment": words.moment(file.sent_at, zone), "length": length_of(file.attachment.seconds)}
        title = words.say("voice.heard_late", **slots)
    more = len(heard.said) - SHOWN
    shown = [title, quoted(heard.said if more <= 0 else f"{heard.said[:SHOWN]}…")]
    return Reply(joined([*shown, words.say("voice.heard_more", count=more)] if more > 0 else shown))


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
    """The one the rep chose; else the message's own, where it has no words the chat's last, the client's."""
    said = "" if message.text.startswith("/") else language_of(message.text)
    chosen = talk.rep.language if talk.rep else ""
    for language in (chosen, said, talk.language, message.language_hint):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
