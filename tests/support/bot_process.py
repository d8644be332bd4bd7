"""The real `ridealong` in a process of its own: started, looked at, stopped politely or killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.telegram_client import TelegramControl
from tests.support.telegram_server import TOKEN

RIDEALONG = Path(sys.executable).with_name("ridealong")
STOP_SECONDS = 20.0
NOT_OURS = ("RIDEALONG_", "PYTHONDONTWRITEBYTECODE")
"""Variables of the surroundings that a bot starts without: settings, and what makes each start compile it anew."""
_TICK = os.sysconf("SC_CLK_TCK")


def settings_for(base_url: str, data_dir: Path, **more: str) -> dict[str, str]:
    """The environment of a bot on the double: open to everybody, no sending limits; `more` are further settings."""
    ours = {
        "DATA_DIR": str(data_dir),
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__BASE_URL": base_url,
        "TELEGRAM__MESSAGES_PER_SECOND": "0",
        "TELEGRAM__MESSAGES_PER_CHAT_PER_SECOND": "0",
        "ACCESS__OPEN": "true",
        "LOG__LEVEL": "WARNING",
        **more,
    }
    outside = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    return outside | {f"RIDEALONG_{name}": value for name, value in ours.items()}


class BotProcess:
    """One program that can be started again and again; what it logs is kept in a file."""

    def __init__(self, environment: Mapping[str, str], log: Path, *command: str) -> None:
        self._environment = dict(environment)
        self._log = log
        self._command = command or (str(RIDEALONG), "run")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What it said on stderr so far."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def is_up(self) -> bool:
        """True while the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """A new process."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stderr=log, stdout=log)

    def kill(self) -> None:
        """The end at this very instruction."""
        self._given().kill()
        self._given().wait()

    async def stop(self) -> int:
        """Ask it to end; returns the exit code."""
        self._given().send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._given().wait, STOP_SECONDS)

    def cpu_seconds(self) -> float:
        """The processor time it has used."""
        fields = Path(f"/proc/{self._given().pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory_bytes(self) -> int:
        """What it holds in memory."""
        pages = int(Path(f"/proc/{self._given().pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def most_memory_bytes(self) -> int:
        """The most it ever held in memory."""
        status = Path(f"/proc/{self._given().pid}/status").read_text()
        return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))

    def _given(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("start it first")
        return self._process


async def start_polling(bot: BotProcess, control: TelegramControl, patience: float = 40.0) -> float:
    """Start it and return after how many seconds it asked for updates."""
    return await _start_until(bot, control, "getUpdates", patience)


async def start_listening(bot: BotProcess, control: TelegramControl, patience: float = 40.0) -> float:
    """Start it and return after how many seconds it announced its webhook."""
    return await _start_until(bot, control, "setWebhook", patience)


async def _start_until(bot: BotProcess, control: TelegramControl, method: str, patience: float) -> float:
    before = await _calls(control, method)
    began = time.monotonic()
    bot.start()
    while await _calls(control, method) == before:
        took = time.monotonic() - began
        if not bot.is_up or took > patience:
            raise AssertionError(f"no {method} after {took:.1f} s:\n{bot.log[-2000:]}")
        await asyncio.sleep(0.005)
    return time.monotonic() - began


async def _calls(control: TelegramControl, method: str) -> int:
    return int((await control.state())["counts"].get(method, 0))


async def command(environment: Mapping[str, str], *arguments: str, patience: float = 60.0) -> str:
    """What `ridealong` with these arguments prints; fails with its complaint."""
    process = await asyncio.create_subprocess_exec(
        str(RIDEALONG),
        *arguments,
        env=dict(environment),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, complaint = await asyncio.wait_for(process.communicate(), patience)
    if process.returncode:
        raise AssertionError(f"ridealong {arguments[0]}: {complaint.decode()}")
    return out.decode().strip()


@asynccontextmanager
async def ending(*bots: BotProcess) -> AsyncIterator[None]:
    """Whatever happens, none of these lives on; a failure shows the end of what they logged."""
    try:
        yield
    except (AssertionError, TimeoutError) as error:
        for bot in bots:
            error.add_note(bot.log[-3000:])
        raise
    finally:
        for bot in bots:
            if bot.is_up:
                bot.kill()
