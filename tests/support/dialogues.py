"""Dialogues as data: said and answered, read from `tests/dialogues/<language>/<skill>.toml`, through the real door.

The format is described in `tests/dialogues/README.md`.
"""

import asyncio
import itertools
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.assemble.program import Program
from bot.channels.telegram_messages import CHANNEL
from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Role
from bot.domain.writes import CreateInvitation
from bot.storage.people import administrator_of, create_team
from tests.support.recording_channel import RecordingChannel
from tests.support.served import SETTLE_SECONDS, settled

FOLDER = Path(__file__).resolve().parents[1] / "dialogues"
BOT = "4200000001"
OUTSIDER = "outsider"
_HINTS = {"zh": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Sent:
    """Something other than words: its kind, and the size and length its channel would tell."""

    kind: str
    text: str = ""
    name: str = "file"
    media_type: str = "application/octet-stream"
    bytes: int = 1000
    seconds: int = 0
    content: str = ""

    def attachments(self) -> tuple[Attachment, ...]:
        """What hangs on the message."""
        if self.kind in {MessageKind.OTHER, MessageKind.EDITED}:
            return ()
        return (Attachment(f"file:{self.name}", self.name, self.media_type, self.bytes, self.seconds),)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing said, pressed or sent, and what must come back."""

    said: str = ""
    pressed: str = ""
    pressed_action: str = ""
    sent: Sent | None = None
    replying_to: str = ""
    answered: tuple[str, ...] = ()
    answered_not: tuple[str, ...] = ()
    buttons: tuple[str, ...] | None = None
    replies: int = 1

    @property
    def shape(self) -> tuple[object, ...]:
        """What has to be the same in every language."""
        how = [bool(self.said), bool(self.pressed), self.pressed_action, self.sent.kind if self.sent else ""]
        many = len(self.buttons) if self.buttons is not None else None
        return (*how, self.replies, many, bool(self.answered))


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation of one person from the beginning."""

    skill: str
    language: str
    name: str
    turns: tuple[Exchange, ...]
    role: str = "rep"
    invitation: str = "fresh"

    @property
    def id(self) -> str:
        """How it is called among all."""
        return f"{self.language}/{self.skill}/{self.name}"


def dialogues_of(language: str) -> list[Dialogue]:
    """Every dialogue in a language, in the order of the files."""
    return [d for file in sorted((FOLDER / language).glob("*.toml")) for d in _read(file, language)]


def _read(file: Path, language: str) -> list[Dialogue]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(content) != {"dialogue"}:
        raise ValueError(f"{file}: only [[dialogue]] is known, not {sorted(content)}")
    return [_dialogue(file, language, dict(entry)) for entry in content["dialogue"]]


def _dialogue(file: Path, language: str, entry: dict[str, Any]) -> Dialogue:
    try:
        turns = tuple(_exchange(dict(turn)) for turn in entry.pop("turn"))
        return Dialogue(file.stem, language, turns=turns, **entry)
    except (TypeError, KeyError) as error:
        raise ValueError(f"{file}, dialogue {entry.get('name')!r}: {error}") from error


def _exchange(turn: dict[str, Any]) -> Exchange:
    lists = {name: tuple(turn.pop(name)) for name in ("answered", "answered_not", "buttons") if name in turn}
    sent = Sent(**turn.pop("sent")) if "sent" in turn else None
    exchange = Exchange(**turn, **lists, sent=sent)
    if sum(map(bool, (exchange.said, exchange.pressed, exchange.pressed_action, exchange.sent))) != 1:
        raise TypeError("a turn has exactly one of said, pressed, pressed_action and sent")
    return exchange


@dataclass(slots=True)
class Stage:
    """A running program on which dialogues are played one after the other, each in a team of its own."""

    program: Program
    channel: RecordingChannel
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    async def play(self, dialogue: Dialogue) -> None:
        """Every turn of it; raises AssertionError where the bot does not answer as written."""
        person = str(next(self._numbers))
        code = await self._invited(dialogue, person)
        if dialogue.role != OUTSIDER:
            await self._join(person, dialogue.language, code)
        for number, turn in enumerate(dialogue.turns, 1):
            replies = await self._answers(person, dialogue.language, turn, code)
            _check(f"{dialogue.id}, turn {number}", turn, replies)

    async def _invited(self, dialogue: Dialogue, person: str) -> str:
        memory = self.program.memory
        team, code, now = f"team-{person}", f"code-{person}", memory.clock.now()
        await memory.database.run(lambda connection: create_team(connection, team, team, now))
        role = Role.REP if dialogue.role == OUTSIDER else Role(dialogue.role)
        expires = now + timedelta(days=-1 if dialogue.invitation == "expired" else 1)
        admin = administrator_of(team)
        await self.program.store.write(admin, (CreateInvitation(code, team, role, expires, admin.rep),))
        if dialogue.invitation == "used":
            await self._join(f"{person}0000", dialogue.language, code)
        return code

    async def _join(self, person: str, language: str, code: str) -> None:
        await self._answers(person, language, Exchange(said=f"/start {code}"), code)
        await self._answers(person, language, Exchange(pressed_action="notice:ok"), code)

    async def _answers(self, person: str, language: str, turn: Exchange, code: str) -> list[Reply]:
        await self.program.arrival.accept([self._message(person, language, turn, code)])
        await settled(self.program, CHANNEL)
        await self._worked_off()
        return self.channel.screen(person).look()

    async def _worked_off(self) -> None:
        """Return when no scheduled work is due and what it said is sent."""
        program = self.program
        async with asyncio.timeout(SETTLE_SECONDS):
            while (due := await program.store.next_due()) is not None and due <= program.memory.clock.now():
                program.jobs.wake()
                await asyncio.sleep(0.01)
        await settled(program, CHANNEL)

    def _message(self, person: str, language: str, turn: Exchange, code: str) -> IncomingMessage:
        action = turn.pressed_action or self._action(person, turn.pressed)
        kind, text, attachments = MessageKind.TEXT, turn.said.replace("{code}", code), ()
        if action:
            kind = MessageKind.BUTTON
        elif turn.sent:
            kind, text, attachments = MessageKind(turn.sent.kind), turn.sent.text, turn.sent.attachments()
            self.channel.files |= {a.reference: turn.sent.content.encode() for a in attachments}
        return IncomingMessage(
            channel=CHANNEL,
            bot=BOT,
            update=next(self._numbers),
            chat=person,
            person=person,
            kind=kind,
            text=text,
            person_name="小林",
            language_hint=_HINTS[language],
            attachments=attachments,
            button=action,
            callback=f"callback-{person}" if action else "",
            answers=self._replied_to(person, turn.replying_to),
            sent_at=datetime.now(UTC),
        )

    def _replied_to(self, person: str, words: str) -> str:
        """The first button of the newest message on the screen that holds these words."""
        cards = [r for r in self.channel.screen(person).sent if words and words in r.text.text and r.buttons]
        return cards[-1].buttons[0][0].action if cards else ""

    def _action(self, person: str, label: str) -> str:
        if not label:
            return ""
        shown = self.channel.screen(person).buttons
        action = next((button.action for button in shown if button.label == label), None)
        assert action, f"no button {label!r} to press; there are {[button.label for button in shown]}"
        return action


def _check(where: str, turn: Exchange, replies: list[Reply]) -> None:
    texts = [reply.text.text for reply in replies]
    whole = "\n\n".join(texts)
    assert len(replies) == turn.replies, f"{where}: {len(replies)} replies instead of {turn.replies}: {texts}"
    assert all(reply.text or reply.file for reply in replies), f"{where}: an empty reply"
    missing = [words for words in turn.answered if words not in whole]
    assert not missing, f"{where}: {missing} is not in the answer:\n{whole}"
    unwanted = [words for words in turn.answered_not if words in whole]
    assert not unwanted, f"{where}: {unwanted} is in the answer:\n{whole}"
    if turn.buttons is not None:
        labels = tuple(button.label for reply in replies[-1:] for row in reply.buttons for button in row)
        assert labels == turn.buttons, f"{where}: buttons {labels} instead of {turn.buttons}"
