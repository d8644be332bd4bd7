"""What the double knows: people, chats, messages, files and presses, and the record of what the bot sent."""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.telegram_wire import Json, bad_request, forbidden

_KEPT = 4
"""How many messages of a chat are still known while nothing is recorded: enough to edit the last one."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Telegram account; a private chat has the same id."""

    id: int
    first_name: str = "小林"
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "zh-hans"

    def as_user(self) -> Json:
        """The `from` of this person's messages."""
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | self._optional(
            "last_name", "username", "language_code"
        )

    def as_chat(self) -> Json:
        """The private chat with this person."""
        return {"id": self.id, "type": "private", "first_name": self.first_name} | self._optional(
            "last_name", "username"
        )

    def _optional(self, *names: str) -> Json:
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(slots=True)
class Chat:
    """One chat as the server sees it; `shut` is the 403 that keeps the bot out, if any."""

    about: Json
    started: bool = False
    shut: str | None = None
    read: int = 0
    sent: list["Sent"] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The chat's id."""
        return int(self.about["id"])

    @property
    def is_private(self) -> bool:
        """Whether this is the bot's chat with one person."""
        return bool(self.about["type"] == "private")


@dataclass(slots=True)
class Sent:
    """One message of the bot as the person sees it now: edits change `message`, deleting sets `deleted`."""

    method: str
    chat_id: int
    message_id: int
    parameters: Json
    message: Json
    at: float
    edits: int = 0
    deleted: bool = False

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def rows(self) -> list[list[Json]]:
        """The inline buttons, row by row."""
        markup: Json = self.message.get("reply_markup") or {}
        rows: list[list[Json]] = markup.get("inline_keyboard") or []
        return rows

    @property
    def buttons(self) -> list[str]:
        """The words on the inline buttons, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    def as_json(self) -> Json:
        """What another process is told about this message."""
        return {
            "method": self.method,
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "parameters": self.parameters,
            "message": self.message,
            "at": self.at,
            "edits": self.edits,
            "deleted": self.deleted,
        }


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on Telegram's side; `size` may exceed the content kept here."""

    file_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    size: int
    path: str

    @property
    def unique_id(self) -> str:
        """The id that stays the same for every bot."""
        return "AgAD" + self.file_id[-11:]


@dataclass(slots=True)
class Press:
    """A pressed button that waits for `answerCallbackQuery`."""

    query_id: str
    at: float
    answers: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot, whatever became of it; status 0 means that the answer never left."""

    method: str
    parameters: Json
    status: int
    at: float


class World:
    """The state behind the server; every id in it is given out once."""

    def __init__(self, bot: Json, clock: Callable[[], float] = time.monotonic) -> None:
        self.bot = bot
        self.bot_user = {name: bot[name] for name in ("id", "is_bot", "first_name", "username")}
        self.clock = clock
        self.press_seconds = 15.0
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.sent: list[Sent] = []
        self.drafts: list[Json] = []
        self.actions: list[tuple[int, str]] = []
        self.calls: list[Call] = []
        self.counts: dict[str, int] = defaultdict(int)
        self.violations: list[str] = []
        self.files: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.settings: dict[tuple[str, ...], object] = {}
        self.recording = True
        self.listeners: dict[int, Callable[[], None]] = {}
        self.message_ids = itertools.count(1)
        self.serials = itertools.count(1)
        self._changed = asyncio.Event()

    def chat_for(self, chat_id: object) -> Chat:
        """The chat a bot may write to; otherwise Telegram's 400 or 403."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat_id is None:
            raise bad_request("chat_id is empty")
        if chat is None:
            raise bad_request("chat not found")
        if chat.shut:
            raise forbidden(chat.shut)
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """A message in this chat, kept under a fresh id."""
        message_id = next(self.message_ids)
        message = {"message_id": message_id, "from": sender, "chat": chat.about, "date": int(time.time()), **content}
        self.messages[chat.id, message_id] = message
        return message

    def record(self, method: str, chat: Chat, parameters: Json, message: Json) -> None:
        """Note a message of the bot, for tests to read."""
        sent = Sent(method, chat.id, message["message_id"], parameters, message, self.clock())
        chat.sent.append(sent)
        if self.recording:
            self.sent.append(sent)
            self.changed()
            return
        while len(chat.sent) > _KEPT:
            self.messages.pop((chat.id, chat.sent.pop(0).message_id), None)
        if listener := self.listeners.get(chat.id):
            listener()

    def sent_message(self, chat_id: int, message_id: int) -> Sent | None:
        """The bot's message with this id, if it still stands."""
        chat = self.chats.get(chat_id)
        found = (sent for sent in reversed(chat.sent if chat else []) if sent.message_id == message_id)
        return next((sent for sent in found if not sent.deleted), None)

    def changed(self) -> None:
        """Wake everybody who waits for something to happen."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for(self, claim: Callable[[], bool], timeout: float) -> bool:
        """Whether the claim came true in time; it is asked again whenever something happens."""
        deadline = time.monotonic() + timeout
        while not claim():
            changed = self._changed
            try:
                await asyncio.wait_for(changed.wait(), deadline - time.monotonic())
            except TimeoutError:
                return claim()
        return True
