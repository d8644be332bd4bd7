"""People at their phones: everything they do becomes the update that Telegram would send for it."""

import re
import time
from collections.abc import Sequence
from typing import TypeAlias

from tests.support import telegram_files
from tests.support.telegram_text import MAX_TEXT, cut_as_client, typed_entities, utf16_length
from tests.support.telegram_updates import UpdateQueue
from tests.support.telegram_wire import Json
from tests.support.telegram_world import Chat, Person, StoredFile, World

Somebody: TypeAlias = Person | int
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LINK = re.compile(r"(?:https?://t\.me/|tg://resolve\?domain=)(\w+)[?&]start=([^&]*)")
OGG = b"OggS" + bytes(60)
"""A stand-in for a recorded voice note."""


class People:
    """What people can do to the bot in private chats."""

    world: World
    updates: UpdateQueue

    def person(
        self,
        person_id: int,
        *,
        first_name: str = "小林",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "zh-hans",
    ) -> Person:
        """Somebody the bot has not heard from yet; calling it again changes the profile."""
        person = Person(person_id, first_name, last_name, username, language_code)
        self.world.people[person_id] = person
        chat = self.world.chats.setdefault(person_id, Chat(person.as_chat()))
        chat.about = person.as_chat()
        return person

    async def say(self, somebody: Somebody, text: str, *, reply_to: int | None = None) -> Json:
        """A text message; returns it as the bot will see it."""
        if not 1 <= utf16_length(text) <= MAX_TEXT:
            raise ValueError(f"a client sends 1 to {MAX_TEXT} characters at once; use say_long")
        entities = typed_entities(text)
        return self.message(somebody, {"text": text, **({"entities": entities} if entities else {})}, reply_to=reply_to)

    async def say_long(self, somebody: Somebody, text: str, *, piece: int = 4000) -> list[Json]:
        """A long text the way a client sends it: cut into pieces, one message each, right after one another."""
        return [await self.say(somebody, part) for part in cut_as_client(text, piece)]

    async def start(self, somebody: Somebody, payload: str = "") -> Json:
        """The Start button, with the payload of the link that led here; it also ends a block."""
        if payload and not _PAYLOAD.fullmatch(payload):
            raise ValueError(f"not a payload that a t.me link can carry: {payload!r}")
        if self._chat(somebody).shut:
            await self.unblock(somebody)
        return await self.say(somebody, f"/start {payload}".strip())

    async def open_link(self, somebody: Somebody, link: str) -> Json:
        """A tap on a deep link to this bot, then on Start."""
        found = _LINK.search(link)
        if not found or found[1] != self.world.bot["username"]:
            raise ValueError(f"not a deep link to this bot: {link}")
        return await self.start(somebody, found[2])

    async def edit(self, somebody: Somebody, message_id: int, text: str) -> Json:
        """An earlier message of this person, corrected."""
        chat = self._chat(somebody)
        kept = {
            name: value
            for name, value in self.world.messages[chat.id, message_id].items()
            if name not in {"text", "entities"}
        }
        entities = typed_entities(text)
        message = kept | {"edit_date": int(time.time()), "text": text} | ({"entities": entities} if entities else {})
        self.world.messages[chat.id, message_id] = message
        self.updates.push("edited_message", message, chat.id)
        return message

    async def voice(
        self, somebody: Somebody, content: bytes = OGG, *, duration: int = 3, size: int | None = None
    ) -> Json:
        """A voice note; `size` claims a larger file than is really held."""
        file = telegram_files.store(self.world, "voice", content, mime="audio/ogg", size=size)
        return self.message(somebody, {"voice": telegram_files.voice(file, duration)})

    async def document(
        self,
        somebody: Somebody,
        content: bytes,
        name: str,
        *,
        mime: str = "text/plain",
        caption: str = "",
        size: int | None = None,
    ) -> Json:
        """A file sent as a document; `size` claims a larger file than is really held."""
        file = telegram_files.store(self.world, "document", content, name=name, mime=mime, size=size)
        return self.message(somebody, {"document": telegram_files.document(file), **_caption(caption)})

    async def photo(self, somebody: Somebody, content: bytes, *, caption: str = "", album: str | None = None) -> Json:
        """A photo in the sizes that Telegram makes of it."""
        sizes = [self._photo_size(content, edge) for edge in (90, 320, 800)]
        grouped = {"media_group_id": album} if album else {}
        return self.message(somebody, {"photo": sizes, **grouped, **_caption(caption)})

    async def album(self, somebody: Somebody, photos: Sequence[bytes], *, caption: str = "") -> list[Json]:
        """Several photos sent as one; the caption hangs on the first."""
        album = str(14_000_000_000_000_000 + next(self.world.serials))
        return [
            await self.photo(somebody, content, caption=caption if first else "", album=album)
            for first, content in zip([True, *[False] * len(photos)], photos, strict=False)
        ]

    async def sticker(self, somebody: Somebody, emoji: str = "👍") -> Json:
        """A sticker."""
        file = telegram_files.store(self.world, "sticker", b"RIFF\0\0\0\0WEBP")
        about = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.message(somebody, {"sticker": telegram_files.plain(file) | about | {"emoji": emoji}})

    async def share_contact(self, somebody: Somebody, first_name: str, phone_number: str) -> Json:
        """A contact from the phone's address book."""
        return self.message(somebody, {"contact": {"first_name": first_name, "phone_number": phone_number}})

    async def block(self, somebody: Somebody) -> None:
        """Stop the bot; from now on it gets 403."""
        self._switch(self._chat(somebody), "bot was blocked by the user", "member", "kicked")

    async def unblock(self, somebody: Somebody) -> None:
        """Let the bot write again."""
        self._switch(self._chat(somebody), None, "kicked", "member")

    def message(self, somebody: Somebody, content: Json, *, reply_to: int | None = None) -> Json:
        """Any message of this person, queued for the bot; returns it as the bot will see it."""
        chat = self._chat(somebody)
        if chat.shut:
            raise ValueError(f"who blocked the bot cannot write to it: {chat.id}")
        chat.started = True
        if reply_to is not None:
            content["reply_to_message"] = self.world.messages[chat.id, reply_to]
        message = self.world.new_message(chat, self.world.people[chat.id].as_user(), content)
        self.updates.push("message", message, chat.id)
        return message

    def _chat(self, somebody: Somebody) -> Chat:
        person_id = somebody.id if isinstance(somebody, Person) else somebody
        if person_id not in self.world.people:
            self.person(person_id)
        return self.world.chats[person_id]

    def _switch(self, chat: Chat, shut: str | None, before: str, after: str) -> None:
        chat.shut = shut
        self.announce(chat, self.world.people[chat.id].as_user(), before, after)

    def announce(self, chat: Chat, actor: Json, before: str, after: str) -> None:
        """Queue the `my_chat_member` update about the bot's place in this chat."""
        content = {
            "chat": chat.about,
            "from": actor,
            "date": int(time.time()),
            "old_chat_member": self._membership(before),
            "new_chat_member": self._membership(after),
        }
        self.updates.push("my_chat_member", content, chat.id)

    def _membership(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.world.bot_user, "status": status, **until}

    def _photo_size(self, content: bytes, edge: int) -> Json:
        file: StoredFile = telegram_files.store(self.world, "photo", content, mime="image/jpeg")
        return telegram_files.picture_size(file, edge, edge * 3 // 4)


def _caption(text: str) -> Json:
    entities = typed_entities(text)
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})
