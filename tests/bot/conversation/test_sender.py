"""Sending keeps to the limits and to the order, and gives up only what can never be sent."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from bot.conversation.sender import Pace, Sender
from bot.domain.message import Reply
from bot.domain.rich_text import RichText
from bot.errors import SendLater, SendRefused
from bot.ports import Outgoing
from tests.support.recording_channel import RecordingChannel
from tests.support.served import at_work


class Outbox:
    """The part of a store that the sender uses, kept in memory."""

    def __init__(self, *replies: Outgoing) -> None:
        self.waiting = list(replies)
        self.sent: dict[int, str] = {}
        self.failed: dict[int, str] = {}
        self.later: dict[int, float] = {}

    async def outgoing(
        self,
        *,
        sent: Mapping[int, str],
        failed: Mapping[int, str],
        later: Mapping[int, float],
        held: Sequence[int] = (),
        limit: int,
    ) -> Sequence[Outgoing]:
        self.sent |= sent
        self.failed |= failed
        self.later |= later
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return taken

    async def until_recorded(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.sent) + len(self.failed) + len(self.later) < count:
                await asyncio.sleep(0.002)


class Moody(RecordingChannel):
    """Does with a reply what its words say."""

    async def send(self, chat: str, reply: Reply) -> str:
        match reply.text.text:
            case "never":
                raise SendRefused("blocked")
            case "later":
                raise SendLater("trouble")
            case "in 7":
                raise SendLater("flood", 7.0)
            case "broken":
                raise ZeroDivisionError
        return await super().send(chat, reply)


def going(row: int, text: str, chat: str = "7", attempts: int = 0) -> Outgoing:
    return Outgoing(row, "telegram", chat, Reply(RichText(text)), attempts)


async def sent_by(outbox: Outbox, pace: Pace, count: int) -> None:
    channel = Moody()
    sender = Sender(outbox, {"telegram": channel}, {"telegram": pace})  # type: ignore[arg-type]
    async with at_work(sender.run()):
        await outbox.until_recorded(count)
    assert sender.is_idle


async def test_each_end_of_a_reply_is_recorded_as_what_it_was() -> None:
    outbox = Outbox(*(going(n, text) for n, text in enumerate(["fine", "never", "later", "in 7", "broken"])))
    await sent_by(outbox, Pace(0, 0), 5)
    assert list(outbox.sent) == [0]
    assert outbox.failed == {1: "blocked", 4: "ZeroDivisionError"}
    assert outbox.later == {2: 1.0, 3: 7.0}


async def test_patience_grows_to_a_minute() -> None:
    outbox = Outbox(*(going(n, "later", attempts=n) for n in range(9)))
    await sent_by(outbox, Pace(0, 0), 9)
    assert [outbox.later[n] for n in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_one_chat_waits_its_second_and_others_do_not_wait_for_it() -> None:
    pace = Pace(0, 10)
    began = time.monotonic()
    await asyncio.gather(*(pace.wait(chat) for chat in "abcdef"))
    assert time.monotonic() - began < 0.09
    for _ in range(2):
        await pace.wait("a")
    assert time.monotonic() - began >= 0.19


async def test_no_limit_is_no_wait() -> None:
    pace = Pace(0, 0)
    began = time.monotonic()
    for _ in range(500):
        await pace.wait("a")
    assert time.monotonic() - began < 0.2


async def test_all_chats_together_keep_the_limit() -> None:
    pace = Pace(20, 0)
    began = time.monotonic()
    await asyncio.gather(*(pace.wait(str(number)) for number in range(26)))
    assert time.monotonic() - began >= 0.2
