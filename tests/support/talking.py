"""One rep talking with a running program: words, voice notes, photos and buttons, and what comes back."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.assemble.memory import open_memory
from bot.assemble.program import Program
from bot.channels.telegram_messages import CHANNEL
from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from config.settings import Settings
from tests.support.recording_channel import RecordingChannel
from tests.support.served import running, settled

BOT = "4200000001"
PATIENCE = 20.0


@dataclass(slots=True)
class Talk:
    """The chat of one person; `done` counts what this person had to do: messages and taps."""

    program: Program
    channel: RecordingChannel
    person: str = "7"
    language: str = "zh"
    done: list[str] = field(default_factory=list)
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    async def say(self, text: str) -> list[Reply]:
        """What comes back to these words."""
        return await self._send(MessageKind.TEXT, text=text)

    async def speak(
        self, content: bytes, seconds: int = 5, *, media_type: str = "audio/ogg", size: int | None = None
    ) -> list[Reply]:
        """What comes back to a voice note."""
        return await self._send(MessageKind.VOICE, self.upload(content, "voice", media_type, seconds, size))

    async def show(self, *photos: bytes, caption: str = "") -> list[Reply]:
        """What comes back to photos sent together, as Telegram sends an album: one message each."""
        album = f"album{next(self._numbers)}" if len(photos) > 1 else ""
        sent = [
            self._message(MessageKind.PHOTO, self.upload(photo, "photo.jpg", "image/jpeg"), part_of=album, text=text)
            for photo, text in zip(photos, itertools.chain([caption], itertools.repeat("")), strict=False)
        ]
        return await self._sent(*sent)

    async def press(self, label: str) -> list[Reply]:
        """What comes back to the newest button with this label."""
        shown = self.channel.screen(self.person).buttons
        action = next((button.action for button in shown if button.label == label), "")
        assert action, f"no button {label!r}; there are {[button.label for button in shown]}"
        return await self._send(MessageKind.BUTTON, button=action, callback="callback")

    async def later(self, is_enough: Callable[[list[Reply]], bool] = bool) -> list[Reply]:
        """What comes without being asked for, once it is enough."""
        seen: list[Reply] = []
        async with asyncio.timeout(PATIENCE):
            while not is_enough(seen):
                await asyncio.sleep(0.02)
                seen += self.channel.screen(self.person).look()
        return seen

    def upload(
        self, content: bytes, name: str, media_type: str, seconds: int = 0, size: int | None = None
    ) -> Attachment:
        """A file that lies with the channel."""
        reference = f"file:{next(self._numbers)}"
        self.channel.files[reference] = content
        return Attachment(reference, name, media_type, len(content) if size is None else size, seconds)

    async def _send(self, kind: MessageKind, *attachments: Attachment, **content: str) -> list[Reply]:
        return await self._sent(self._message(kind, *attachments, **content))

    async def _sent(self, *messages: IncomingMessage) -> list[Reply]:
        """What comes back to what the person sends in one go."""
        self.done.append("tap" if messages[0].kind is MessageKind.BUTTON else "message")
        await self.program.arrival.accept(messages)
        await settled(self.program, CHANNEL)
        return self.channel.screen(self.person).look()

    def _message(self, kind: MessageKind, *attachments: Attachment, **content: str) -> IncomingMessage:
        return IncomingMessage(
            CHANNEL,
            BOT,
            next(self._numbers),
            self.person,
            self.person,
            kind,
            person_name="小林",
            language_hint=self.language,
            attachments=attachments,
            sent_at=datetime.now(UTC),
            **content,
        )


def texts(replies: Sequence[Reply]) -> str:
    """All that is said in them."""
    return "\n\n".join(reply.text.text for reply in replies)


@asynccontextmanager
async def talking(settings: Settings, *, language: str = "zh", before: Talk | None = None) -> AsyncIterator[Talk]:
    """A rep who has joined and read the notice, and the program; stopped as by a signal when the block ends.

    `before` is a talk that goes on after a restart.
    """
    channel = before.channel if before else RecordingChannel()
    async with running(open_memory(settings), (channel,)) as program:
        if before:
            yield replace(before, program=program)
            return
        talk = Talk(program, channel, language=language)
        await talk.say("/start")
        await talk._send(MessageKind.BUTTON, button="notice:ok", callback="callback")
        talk.done.clear()
        yield talk
