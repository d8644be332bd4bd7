"""The program with its real parts, for tests: in this process behind any channel, or as a process of its own."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.assemble.memory import Memory, open_memory
from bot.assemble.program import Program, assemble
from bot.channels.telegram_chat import TelegramChat
from bot.channels.telegram_polling import Polling
from bot.commands import invitations
from bot.conversation.arrival import Arrival
from bot.conversation.dispatcher import Dispatcher
from bot.conversation.routing import Router
from bot.ports import Channel, Skill
from config.settings import PREFIX, Settings
from tests.support.telegram_server import TelegramServer

SETTLE_SECONDS = 30.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The environment and the folder of a `ridealong` process."""

    data_dir: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, said: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """The command with these arguments, ended, with all it wrote."""
        return subprocess.run(
            self.command(*arguments),
            input=said,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """The command running, with pipes."""
        pipe = asyncio.subprocess.PIPE
        command = self.command(*arguments)
        return await asyncio.create_subprocess_exec(
            *command, env=self.environment(), stdin=pipe, stdout=pipe, stderr=pipe
        )

    def command(self, *arguments: str) -> list[str]:
        """The words of the command."""
        return [sys.executable, "-m", "bot.cli", *arguments]

    def environment(self) -> dict[str, str]:
        """This process's variables without its settings, and with those given."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        mine = {PREFIX + name: value for name, value in self.variables.items()}
        return {**kept, f"{PREFIX}DATA_DIR": str(self.data_dir), "PYTHONPATH": str(ROOT), **mine}


def telegram_variables(server: TelegramServer, **more: str) -> dict[str, str]:
    """The settings that lead a program to this server, without sending limits."""
    return {
        "TELEGRAM__TOKEN": server.token,
        "TELEGRAM__BASE_URL": server.base_url,
        "TELEGRAM__MESSAGES_PER_SECOND": "0",
        "TELEGRAM__MESSAGES_PER_CHAT_PER_SECOND": "0",
        **more,
    }


def with_skills(program: Program, more: Sequence[Skill]) -> Program:
    """The same program with more skills than it is shipped with."""
    door = replace(program.dispatcher._door, router=Router((*program.skills, *more), default="help"))
    dispatcher = Dispatcher(program.store, door, program.channels, program.sender.take)
    return replace(program, dispatcher=dispatcher, arrival=Arrival(program.store, dispatcher.wake))


@asynccontextmanager
async def running(
    memory: Memory,
    channels: Sequence[Channel],
    *,
    skills: Sequence[Skill] = (),
    parts: Callable[[Program], Sequence[Callable[[], Awaitable[None]]]] = lambda program: (),
) -> AsyncIterator[Program]:
    """A program at work; it is stopped as by a signal when the block ends, and its own failure is raised there."""
    program = assemble(memory, channels)
    if skills:
        program = with_skills(program, skills)
    await program.store.take_over()
    await program.memory.administrator()
    try:
        async with at_work(program.run(*parts(program))):
            yield program
    finally:
        memory.database.close()


@asynccontextmanager
async def polling(
    server: TelegramServer, settings: Settings, *, skills: Sequence[Skill] = (), memory: Memory | None = None
) -> AsyncIterator[Program]:
    """A program that polls this server."""
    token = settings.telegram.token
    assert token is not None
    chat = TelegramChat(token.get_secret_value(), server.base_url)
    await chat.open()
    try:
        async with running(
            memory or open_memory(settings),
            (chat,),
            skills=skills,
            parts=lambda program: (Polling(chat, program.arrival).run,),
        ) as program:
            yield program
    finally:
        await chat.close()


@asynccontextmanager
async def at_work(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Something that runs until the block ends; raises what it raised before."""
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        if task.done():
            task.result()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def joined(server: TelegramServer, settings: Settings, *people: int, role: str = "rep") -> None:
    """These people come in by invitation, and have read the notice, when this returns."""
    for person in people:
        link, _ = await invitations.invite(settings, role, timedelta(days=1), None)
        await server.open_link(person, link)
        notice = await server.reply(person)
        await server.press(person, notice.buttons[0])
        await server.reply(person)


async def settled(program: Program, channel: str) -> None:
    """Return when everything is answered and sent; fails after half a minute."""
    async with asyncio.timeout(SETTLE_SECONDS):
        while not await program.store.is_settled(channel):
            await asyncio.sleep(0.002)
