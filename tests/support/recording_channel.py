"""A channel that keeps what it is given, cut to Telegram's sizes; what a rep's phone would show."""

from dataclasses import dataclass, field

from bot.channels.telegram_messages import CHANNEL, fitted
from bot.domain.message import Attachment, Button, Reply
from bot.errors import SendRefused


@dataclass(slots=True)
class Screen:
    """One chat as its rep sees it: the messages since last looked at, and the buttons still on the screen."""

    new: list[Reply] = field(default_factory=list)
    sent: list[Reply] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def look(self) -> list[Reply]:
        """The messages that came since the last look."""
        seen, self.new = self.new, []
        return seen


class RecordingChannel:
    """Takes everything; the files a test puts into `files` can be fetched."""

    name = CHANNEL

    def __init__(self) -> None:
        self.screens: dict[str, Screen] = {}
        self.files: dict[str, bytes] = {}
        self.acknowledged: list[str] = []
        self.thinking: list[tuple[str, str]] = []

    def screen(self, chat: str) -> Screen:
        """What this chat shows."""
        return self.screens.setdefault(chat, Screen())

    def fit(self, reply: Reply) -> tuple[Reply, ...]:
        """The reply in Telegram's sizes."""
        return fitted(reply)

    async def send(self, chat: str, reply: Reply) -> str:
        """Keep it."""
        screen = self.screen(chat)
        screen.new.append(reply)
        screen.sent.append(reply)
        screen.buttons = [button for row in reply.buttons for button in row] + screen.buttons
        return reply.edits or str(len(screen.new))

    async def show_thinking(self, chat: str, draft: str) -> None:
        """Keep it."""
        self.thinking.append((chat, draft))

    async def acknowledge(self, callback: str) -> None:
        """Keep it."""
        self.acknowledged.append(callback)

    async def fetch(self, attachment: Attachment) -> bytes:
        """The content a test laid down under this reference. Raises SendRefused where it laid none."""
        if attachment.reference not in self.files:
            raise SendRefused("no such file")
        return self.files[attachment.reference]
