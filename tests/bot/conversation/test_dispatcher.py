"""Long turns show themselves and can be stopped; what cannot be answered is set aside with an apology."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from bot.assemble.memory import Memory, open_memory
from bot.assemble.program import Program
from bot.channels.telegram_messages import CHANNEL
from bot.commands.check import report
from bot.domain.message import IncomingMessage, MessageKind
from bot.ports import Skill
from bot.storage.tables import conversation, inbox
from config.settings import Settings
from tests.support.recording_channel import RecordingChannel
from tests.support.served import running, settled
from tests.support.trial_skills import Break, Recite, ThinkLong

LIN, WU = "7", "8"


class Chatting:
    """A program with trial skills behind a channel that records."""

    def __init__(self, program: Program, channel: RecordingChannel) -> None:
        self.program = program
        self.channel = channel
        self.updates = 0

    async def say(self, text: str, person: str = LIN, **more: object) -> None:
        self.updates += 1
        message = {"kind": MessageKind.TEXT, "text": text, "person_name": "小林", "language_hint": "zh", **more}
        incoming = IncomingMessage(CHANNEL, "bot", self.updates, person, person, **message)  # type: ignore[arg-type]
        await self.program.arrival.accept([incoming])

    async def ask(self, text: str, person: str = LIN, **more: object) -> list[str]:
        await self.say(text, person, **more)
        return await self.heard(person)

    async def heard(self, person: str = LIN) -> list[str]:
        await settled(self.program, CHANNEL)
        return [reply.text.text for reply in self.channel.screen(person).look()]

    async def until(self, claim: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not claim():
                await asyncio.sleep(0.005)


@pytest.fixture
def memory(settings_of: Callable[..., Settings]) -> Memory:
    limits = {f"TELEGRAM__MESSAGES_PER_{name}": 0 for name in ("SECOND", "CHAT_PER_SECOND")}
    return open_memory(settings_of(ACCESS__OPEN="true", **limits))


@asynccontextmanager
async def chatting(memory: Memory, *skills: Skill) -> AsyncIterator[Chatting]:
    channel = RecordingChannel()
    async with running(memory, (channel,), skills=skills) as program:
        chat = Chatting(program, channel)
        for person in (LIN, WU):
            await chat.ask("/start", person)
            await chat.ask("/help", person)
        yield chat


async def test_a_long_turn_shows_typing_then_its_draft_and_ends_in_one_reply(memory: Memory) -> None:
    think = ThinkLong()
    async with chatting(memory, think) as chat:
        await chat.say("/think")
        await chat.until(lambda: (LIN, "") in chat.channel.thinking)
        think.go_on.set()
        assert await chat.heard() == ["想好了"]
        think.go_on.clear()
        await chat.say("/think 想到一半")
        await chat.until(lambda: (LIN, "想到一半") in chat.channel.thinking)
        think.go_on.set()
        assert await chat.heard() == ["想好了"]


async def test_a_quick_turn_shows_nothing(memory: Memory) -> None:
    async with chatting(memory, Recite()) as chat:
        await chat.ask("/recite 快")
        assert chat.channel.thinking == []


async def test_a_pressed_button_is_acknowledged_before_the_thinking(memory: Memory) -> None:
    think = ThinkLong()
    async with chatting(memory, think) as chat:
        await chat.say("", kind=MessageKind.BUTTON, button="think:1", callback="Q7")
        await chat.until(lambda: think.started == 1)
        assert chat.channel.acknowledged[-1] == "Q7"
        think.go_on.set()
        assert await chat.heard() == ["想好了"]


@pytest.mark.parametrize(
    "stop",
    [
        {"text": "/cancel"},
        {"text": "停"},
        {"text": "", "kind": MessageKind.BUTTON, "button": "stop", "callback": "Q1"},
    ],
    ids=["command", "word", "button"],
)
async def test_a_long_turn_is_stopped_on_arrival_and_says_nothing_more(memory: Memory, stop: dict[str, object]) -> None:
    think = ThinkLong()
    async with chatting(memory, think) as chat:
        await chat.say("/think")
        await chat.until(lambda: think.started == 1)
        [answer] = await chat.ask(**stop)  # type: ignore[arg-type]
        assert think.was_stopped
        assert "停下了" in answer
        assert "现在没有在进行的事" in (await chat.ask("/cancel"))[0]


async def test_stopping_one_chat_leaves_the_others_alone(memory: Memory) -> None:
    think = ThinkLong()
    async with chatting(memory, think, Recite()) as chat:
        await chat.say("/think", LIN)
        await chat.until(lambda: think.started == 1)
        await chat.say("/cancel", WU)
        await chat.until(lambda: bool(chat.channel.screen(WU).new))
        await chat.say("/recite 我的", WU)
        await chat.until(lambda: len(chat.channel.screen(WU).new) == 2)
        assert not think.was_stopped
        think.go_on.set()
        assert await chat.heard(LIN) == ["想好了"]


async def test_the_next_message_of_a_chat_waits_for_the_turn(memory: Memory) -> None:
    think = ThinkLong()
    async with chatting(memory, think, Recite()) as chat:
        await chat.say("/think")
        await chat.until(lambda: think.started == 1)
        await chat.say("/recite 后来的")
        await asyncio.sleep(0.1)
        assert chat.channel.screen(LIN).new == []
        think.go_on.set()
        assert await chat.heard() == ["想好了", "text 3 0 后来的"]


async def test_the_lease_of_a_long_turn_is_renewed(memory: Memory) -> None:
    think = ThinkLong()
    async with chatting(memory, think) as chat:
        await chat.say("/think")
        await chat.until(lambda: think.started == 1)
        before = lease_until(memory)
        await chat.until(lambda: lease_until(memory) > before)
        think.go_on.set()
        assert await chat.heard() == ["想好了"]
        assert think.started == 1


def lease_until(memory: Memory) -> object:
    query = select(conversation.c.lease_until).where(conversation.c.chat == LIN)
    return memory.database.run_now(lambda connection: connection.scalar(query))


async def test_a_turn_given_up_at_the_stop_is_answered_after_the_start(memory: Memory) -> None:
    think = ThinkLong()
    async with chatting(memory, think) as chat:
        await chat.say("/think")
        await chat.until(lambda: think.started == 1)
    again = open_memory(memory.settings)
    async with running(again, (channel := RecordingChannel(),), skills=(Recite(name="think"),)) as program:
        await settled(program, CHANNEL)
        assert [reply.text.text for reply in channel.screen(LIN).look()] == ["text 0 0 "]


async def test_a_passing_failure_is_tried_again_unnoticed(memory: Memory) -> None:
    broken = Break(times=2)
    async with chatting(memory, broken) as chat:
        assert await chat.ask("/break") == ["这次好了"]
        assert broken.tries == 3


async def test_what_fails_three_times_is_set_aside_with_an_apology_and_told_by_check(memory: Memory) -> None:
    broken = Break()
    async with chatting(memory, broken, Recite()) as chat:
        await chat.ask("/recite")
        [apology] = await chat.ask("/break 客户机密")
        assert broken.tries == 3
        incident = memory.database.run_now(lambda c: c.scalar(select(inbox.c.incident).where(inbox.c.incident != "")))
        assert f"编号 {incident}" in apology
        assert await chat.ask("还在吗") == ["text 3 0 还在吗"]
        [line] = [line for line in await report(memory.settings) if line.part == "messages"]
        assert not line.is_fine
        assert "1 set aside" in line.says


async def test_a_burst_in_one_chat_is_answered_without_pauses(memory: Memory) -> None:
    async with chatting(memory, Recite()) as chat:
        await chat.ask("/recite")
        began = time.monotonic()
        for number in range(10, 22):
            await chat.say(f"第{number}句")
        assert await chat.heard() == [f"text 4 0 第{number}句" for number in range(10, 22)]
        assert time.monotonic() - began < 3, "every turn waited for the next look into the inbox"
