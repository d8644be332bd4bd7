"""Telegram over a strict server and the terminal keep the same contract."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram_chat import TelegramChat
from bot.channels.terminal_chat import OWNER, TerminalChat
from bot.domain.message import Attachment
from tests.contracts.channel_contract import ChannelContract
from tests.support import telegram_files
from tests.support.telegram_server import TelegramServer

ANNA = 1001


class TelegramReceiver:
    """Anna's phone."""

    chat = str(ANNA)

    def __init__(self, server: TelegramServer) -> None:
        self.server = server

    def texts(self) -> list[str]:
        return [sent.text for sent in self.server.sent_to(ANNA)]

    def labels(self) -> list[str]:
        return [button["text"] for row in self.server.last_keyboard(ANNA) for button in row]


class PrintedReceiver:
    """What the terminal printed."""

    chat = OWNER

    def __init__(self) -> None:
        self.out = io.StringIO()

    def texts(self) -> list[str]:
        return [part for part in self.out.getvalue().split("\n\n") if part]

    def labels(self) -> list[str]:
        line = self.texts()[-1].splitlines()[-1]
        return [part.partition("] ")[2] for part in line.split("  ")]


class TestTelegram(ChannelContract):
    @pytest.fixture
    async def receiver(self) -> AsyncIterator[TelegramReceiver]:
        async with TelegramServer() as server:
            await server.start(ANNA)
            yield TelegramReceiver(server)
            assert server.violations == []

    @pytest.fixture
    async def channel(self, receiver: TelegramReceiver) -> AsyncIterator[TelegramChat]:
        chat = TelegramChat(receiver.server.token, receiver.server.base_url)
        await chat.open()
        yield chat
        await chat.close()

    @pytest.fixture
    def readable(self, receiver: TelegramReceiver, content: bytes) -> Attachment:
        file = telegram_files.store(receiver.server.world, "voice", content, mime="audio/ogg")
        return Attachment(file.file_id, "voice", "audio/ogg", len(content), 3)


class TestTerminal(ChannelContract):
    @pytest.fixture
    def receiver(self) -> PrintedReceiver:
        return PrintedReceiver()

    @pytest.fixture
    def channel(self, receiver: PrintedReceiver, tmp_path: Path) -> TerminalChat:
        return TerminalChat(receiver.out, tmp_path / "sent")

    @pytest.fixture
    def readable(self, tmp_path: Path, content: bytes) -> Attachment:
        path = tmp_path / "voice.ogg"
        path.write_bytes(content)
        return Attachment(str(path), "voice.ogg", "audio/ogg", len(content), 3)
