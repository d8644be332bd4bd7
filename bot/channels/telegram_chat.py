"""Telegram as a channel: sends replies, shows thinking, fetches files. Of python-telegram-bot: Bot and types."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from telegram import Bot, BotCommand, Message
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram_messages import CHANNEL, entities_of, fitted, keyboard_of
from bot.channels.telegram_transport import AiohttpRequest
from bot.domain.message import Attachment, Reply
from bot.errors import CannotStart, SendLater, SendRefused
from config.addresses import is_loopback, usual_proxy

SEND_SECONDS = 20.0
POLL_SECONDS = 30
"""How long Telegram keeps an empty poll open."""
CONNECTIONS = 64
WRONG_TOKEN = "Telegram does not know this token; check RIDEALONG_TELEGRAM__TOKEN with @BotFather."  # noqa: S105  a sentence about it
_DRAFT_ID = 1
_UNCHANGED = "not modified"
_GONE = re.compile(r"message to edit not found|message can't be edited|message_id_invalid", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands a client offers, in one language."""

    language: str
    commands: tuple[tuple[str, str], ...]


class TelegramChat:
    """One bot's chats; `bot_number` is Telegram's id of the bot, the first part of its token."""

    name = CHANNEL

    def __init__(self, token: str, base_url: str, proxy: str | None = None) -> None:
        """`proxy` None means what the usual variables say; loopback is reached without one."""
        proxy = None if is_loopback(urlsplit(base_url).hostname or "") else proxy or usual_proxy(base_url)
        self._requests = (
            AiohttpRequest(connections=CONNECTIONS, read_seconds=SEND_SECONDS, proxy=proxy),
            AiohttpRequest(connections=2, read_seconds=POLL_SECONDS + 10, proxy=proxy),
        )
        self.bot = Bot(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self.bot_number = token.partition(":")[0]

    def fit(self, reply: Reply) -> tuple[Reply, ...]:
        """The reply as messages of Telegram's size."""
        return fitted(reply)

    async def send(self, chat: str, reply: Reply) -> str:
        """Deliver one message and return its id. Raises SendLater, SendRefused."""
        try:
            reference = await self._deliver(int(chat), reply)
        except BadRequest as error:
            if _UNCHANGED in str(error).lower():
                return reply.edits
            if reply.edits and _GONE.search(str(error)):
                return await self.send(chat, replace(reply, edits=""))
            raise SendRefused(str(error)) from error
        except RetryAfter as error:
            after = error.retry_after
            raise SendLater("flood", float(after if isinstance(after, int) else after.total_seconds())) from error
        except (Forbidden, InvalidToken, ChatMigrated, Conflict) as error:
            raise SendRefused(str(error)) from error
        except TelegramError as error:
            raise SendLater(type(error).__name__) from error
        if reply.leaves_chat:
            with suppress(TelegramError):
                await self.bot.leave_chat(int(chat))
        return reference

    async def _deliver(self, chat: int, reply: Reply) -> str:
        text, entities, keyboard = reply.text.text, entities_of(reply.text), keyboard_of(reply)
        if reply.edits:
            await self.bot.edit_message_text(
                text, chat, int(reply.edits), entities=entities or None, reply_markup=keyboard
            )
            return reply.edits
        if reply.file is None:
            sent = await self.bot.send_message(chat, text, entities=entities or None, reply_markup=keyboard)
        else:
            put: Callable[..., Awaitable[Message]] = (
                self.bot.send_photo if reply.file.is_picture else self.bot.send_document
            )
            sent = await put(
                chat,
                reply.file.content,
                caption=text or None,
                caption_entities=entities or None,
                reply_markup=keyboard,
                filename=reply.file.name,
            )
        return str(sent.message_id)

    async def show_thinking(self, chat: str, draft: str) -> None:
        """Show the beginning of the answer where the client can, else that somebody types; best effort."""
        with suppress(TelegramError):
            if draft:
                await self.bot.send_message_draft(int(chat), _DRAFT_ID, draft[-2000:])
            else:
                await self.bot.send_chat_action(int(chat), ChatAction.TYPING)

    async def acknowledge(self, callback: str) -> None:
        """End the waiting of a pressed button; best effort."""
        with suppress(TelegramError):
            await self.bot.answer_callback_query(callback)

    async def fetch(self, attachment: Attachment) -> bytes:
        """The content of a file. Raises SendLater, SendRefused."""
        try:
            file = await self.bot.get_file(attachment.reference)
            return bytes(await file.download_as_bytearray())
        except (BadRequest, Forbidden) as error:
            raise SendRefused(str(error)) from error
        except TelegramError as error:
            raise SendLater(type(error).__name__) from error

    async def offer(self, menus: tuple[Menu, ...]) -> None:
        """Put the command menu into the clients; best effort."""
        for position, menu in enumerate(menus):
            commands = [BotCommand(name, text) for name, text in menu.commands]
            with suppress(TelegramError):
                await self.bot.set_my_commands(commands, language_code=menu.language if position else None)

    async def open(self) -> None:
        """Open the connections, without a call yet: a restarted program polls at once."""
        await asyncio.gather(*(request.initialize() for request in self._requests))

    async def user_name(self) -> str:
        """The bot's user name. Raises CannotStart for a wrong token, SendLater when Telegram cannot be reached."""
        try:
            return str((await self.bot.get_me()).username)
        except InvalidToken as error:
            raise CannotStart(WRONG_TOKEN) from error
        except TelegramError as error:
            raise SendLater(type(error).__name__) from error

    async def close(self) -> None:
        """Close the connections."""
        await asyncio.gather(*(request.shutdown() for request in self._requests))
