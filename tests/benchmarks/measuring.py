"""One measurement: a bot in its own process under a closed loop of messages, and what that cost."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.running import WARM_UP_AFTER_SECONDS
from tests.support.bot_process import BotProcess, ending, settings_for, start_polling
from tests.support.telegram_client import TelegramControl, telegram_process
from tests.support.telegram_server import TOKEN

LOADED_WITHIN_SECONDS = 60.0
LOOK_SECONDS = 1.0
IDLE_SHARE = 0.1
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Contender:
    """Who is measured, and what it is told; `opening` is said first in every chat, outside the measurement."""

    name: str
    text: str = "/help"
    command: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()

    def process(self, control: TelegramControl, folder: Path) -> BotProcess:
        """The contender on this server."""
        command = tuple(part.format(base_url=control.base_url, token=TOKEN) for part in self.command)
        return BotProcess(settings_for(control.base_url, folder / "data"), folder / "log", *command)


BOT = Contender("ridealong", opening=("/start",))
ASKED = Contender("a question", "客户说我们贵两成怎么回", opening=("/start",))
ECHO = Contender("echo bot", command=(sys.executable, "-m", "tests.support.echo_bot", "{base_url}", "{token}"))


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run showed; times in milliseconds but for the start, memory in megabytes."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    memory: float
    start_seconds: float
    unanswered: int

    def ratios(self, other: "Figures") -> "Figures":
        """Each figure divided by the other's."""
        names = [name for name in Figures.__slots__ if name != "unanswered"]
        shares = {name: getattr(self, name) / (getattr(other, name) or 1) for name in names}
        return Figures(**shares, unanswered=0)


async def rested(process: BotProcess) -> None:
    """Wait until what it loads in the background after its start is loaded."""
    await asyncio.sleep(WARM_UP_AFTER_SECONDS)
    async with asyncio.timeout(LOADED_WITHIN_SECONDS):
        used = -1.0
        while process.cpu_seconds() - used > IDLE_SHARE * LOOK_SECONDS:
            used = process.cpu_seconds()
            await asyncio.sleep(LOOK_SECONDS)


async def measure(contender: Contender, folder: Path, *, chats: int, updates: int) -> Figures:
    """A fresh server, a fresh bot, a warm-up of the same kind, then the measurement."""
    folder.mkdir(parents=True)
    async with telegram_process() as control:
        process = contender.process(control, folder)
        async with ending(process):
            start = await start_polling(process, control)
            await rested(process)
            await control.load(
                chats=chats, updates=max(chats, 50), text=contender.text, opening=list(contender.opening)
            )
            before = process.cpu_seconds()
            load = await control.load(chats=chats, updates=updates, text=contender.text)
            used = process.cpu_seconds() - before
            memory = process.memory_bytes()
            await process.stop()
    answered = load["updates"] or 1
    return Figures(
        per_second=load["updates_per_second"],
        p50=load["p50_ms"],
        p95=load["p95_ms"],
        p99=load["p99_ms"],
        cpu=1000 * used / answered,
        memory=memory / _MEGABYTE,
        start_seconds=start,
        unanswered=load["unanswered"],
    )
