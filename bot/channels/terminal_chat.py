"""The terminal as a channel: one line is one message, a number presses a button; also through a pipe."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TextIO

from bot.domain.message import Attachment, Button, IncomingMessage, MessageKind, Reply
from bot.errors import SendRefused

CHANNEL = "terminal"
OWNER = "owner"


class TerminalChat:
    """Prints replies to a stream and remembers the buttons of the last one."""

    name = CHANNEL

    def __init__(self, out: TextIO, downloads: Path) -> None:
        self._out = out
        self._downloads = downloads
        self._buttons: list[Button] = []
        self._sent = 0

    def fit(self, reply: Reply) -> tuple[Reply, ...]:
        """A terminal takes any length."""
        return (reply,)

    async def send(self, chat: str, reply: Reply) -> str:
        """Print a reply; its buttons get numbers."""
        self._sent += 1
        lines = [reply.text.text] if reply.text else []
        if reply.file:
            self._downloads.mkdir(parents=True, exist_ok=True)
            path = self._downloads / Path(reply.file.name).name
            path.write_bytes(reply.file.content)
            lines.append(f"[{path}]")
        buttons = [button for row in reply.buttons for button in row]
        if buttons:
            self._buttons = buttons
            lines.append("  ".join(f"[{number}] {button.label}" for number, button in enumerate(buttons, 1)))
        self._out.write("\n".join(lines) + "\n\n")
        self._out.flush()
        return str(self._sent)

    async def show_thinking(self, chat: str, draft: str) -> None:
        """Nothing: the answer itself comes soon enough."""

    async def acknowledge(self, callback: str) -> None:
        """Nothing waits."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """The content of a local file. Raises SendRefused when it cannot be read."""
        try:
            return await asyncio.to_thread(Path(attachment.reference).read_bytes)
        except OSError as error:
            raise SendRefused(str(error)) from error

    def message_from(self, line: str) -> IncomingMessage:
        """What a line says: a number presses the button of that number, all else is text."""
        pressed = self._pressed(line.strip())
        return IncomingMessage(
            channel=CHANNEL,
            bot=CHANNEL,
            update=time.time_ns(),
            chat=OWNER,
            person=OWNER,
            kind=MessageKind.BUTTON if pressed else MessageKind.TEXT,
            text="" if pressed else line.strip(),
            button=pressed.action if pressed else "",
        )

    def _pressed(self, line: str) -> Button | None:
        if line.isdecimal() and 1 <= int(line) <= len(self._buttons):
            return self._buttons[int(line) - 1]
        return None


async def lines_of(stream: TextIO, prompt: Callable[[], None]) -> AsyncIterator[str]:
    """The lines of a stream as they come, without the empty ones; `prompt` is called before each wait."""
    while True:
        prompt()
        line = await asyncio.to_thread(stream.readline)
        if not line:
            return
        if line.strip():
            yield line.rstrip("\n")


def is_person(stream: TextIO) -> bool:
    """True when somebody types, False for a pipe or a file."""
    return stream.isatty() and sys.stdout.isatty()
