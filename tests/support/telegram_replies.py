"""Looking at the bot's answers as a person would: waiting for them, reading them, pressing their buttons."""

import asyncio
import time
from collections.abc import Callable

from tests.support.telegram_groups import Groups
from tests.support.telegram_people import Somebody
from tests.support.telegram_wire import Json
from tests.support.telegram_world import Chat, Person, Press, Sent

PATIENCE = 5.0


class Replies(Groups):
    """What people see of the bot."""

    async def replies(self, somebody: Somebody, count: int = 1, timeout: float = PATIENCE) -> list[Sent]:
        """The next `count` messages of the bot in this chat, each returned once; fails when they do not come."""
        chat = self.chat(somebody)
        start = chat.read
        if not await self.world.wait_for(lambda: len(chat.sent) >= start + count, timeout):
            seen = [sent.text for sent in chat.sent[start:]]
            raise AssertionError(f"waited {timeout} s for {count} messages in chat {chat.id}, got {seen}")
        chat.read = start + count
        return chat.sent[start : chat.read]

    async def reply(self, somebody: Somebody, timeout: float = PATIENCE) -> Sent:
        """The next message of the bot in this chat."""
        return (await self.replies(somebody, 1, timeout))[0]

    async def ask(self, somebody: Somebody, text: str, timeout: float = PATIENCE) -> Sent:
        """Say something and wait for the next message of the bot."""
        await self.say(somebody, text)
        return await self.reply(somebody, timeout)

    async def silence(self, somebody: Somebody, seconds: float = 0.2) -> None:
        """Fails if the bot writes anything unread in this chat within this time."""
        chat = self.chat(somebody)
        if await self.world.wait_for(lambda: len(chat.sent) > chat.read, seconds):
            raise AssertionError(f"expected silence in chat {chat.id}, got {chat.sent[-1].text!r}")

    async def until(self, claim: Callable[[], bool], timeout: float = PATIENCE) -> None:
        """Wait until this is true of the record; asked again after every call of the bot."""
        if not await self.world.wait_for(claim, timeout):
            raise AssertionError(f"waited {timeout} s in vain")

    async def settled(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot has acknowledged every update."""
        deadline = time.monotonic() + timeout
        while self.updates.waiting():
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.updates.waiting())} updates still wait after {timeout} s")
            await asyncio.sleep(0.005)

    def chat(self, somebody: Somebody) -> Chat:
        """The chat with this person, or the group with this id."""
        chat_id = somebody.id if isinstance(somebody, Person) else somebody
        return self.world.chats[chat_id] if chat_id < 0 else self._chat(somebody)

    def sent_to(self, somebody: Somebody) -> list[Sent]:
        """Every message of the bot in this chat, in order, as it stands now."""
        return self.chat(somebody).sent

    def last_keyboard(self, somebody: Somebody) -> list[list[Json]]:
        """The inline buttons of the newest message that has some; none: an empty list."""
        standing = (sent for sent in reversed(self.sent_to(somebody)) if not sent.deleted and sent.rows)
        return next((sent.rows for sent in standing), [])

    async def press(self, somebody: Somebody, button: str, *, by: Person | None = None) -> Press:
        """Press the newest button with this text or data; fails if there is none. Its answers arrive in the result."""
        sent, data = self._find(somebody, button)
        chat = self.chat(somebody)
        press = Press(str(4_382_000_000_000_000 + next(self.world.serials)), self.world.clock())
        self.world.presses[press.query_id] = press
        content = {
            "id": press.query_id,
            "from": (by or self.world.people[chat.id]).as_user(),
            "message": sent.message,
            "chat_instance": str(-6_000_000_000 - chat.id),
            "data": data,
        }
        self.updates.push("callback_query", content, chat.id)
        return press

    async def answered(self, press: Press, timeout: float = PATIENCE) -> Json:
        """The bot's answer to a pressed button."""
        await self.until(lambda: bool(press.answers), timeout)
        return press.answers[0]

    def _find(self, somebody: Somebody, wanted: str) -> tuple[Sent, str]:
        seen: list[str] = []
        for sent in reversed(self.sent_to(somebody)):
            for button in [] if sent.deleted else [button for row in sent.rows for button in row]:
                seen.append(button["text"])
                if wanted in {button["text"], button.get("callback_data")} and "callback_data" in button:
                    return sent, button["callback_data"]
        raise AssertionError(f"no button {wanted!r} to press; there are {seen}")
