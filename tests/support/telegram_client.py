"""The double from another process: start it, then control it as if it were here."""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.support.telegram_wire import Json

_ROOT = Path(__file__).resolve().parents[2]


class TelegramControl:
    """The people and the switches of a server that runs in another process; raises AssertionError where it fails."""

    def __init__(self, control_url: str, base_url: str = "", pid: int = 0) -> None:
        self.base_url = base_url
        self.pid = pid
        self._url = control_url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None), trust_env=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def do(self, action: str, **arguments: object) -> Any:
        """Any action of the control API by its name."""
        if not self._session:
            raise RuntimeError("use `async with`")
        async with self._session.post(f"{self._url}/control/{action}", json=arguments) as reply:
            content = await reply.json()
        if not content["ok"]:
            raise AssertionError(content["description"])
        return content["result"]

    async def say(self, somebody: int, text: str) -> Json:
        """A text message of this person; returns it."""
        message: Json = await self.do("say", somebody=somebody, text=text)
        return message

    async def start(self, somebody: int, payload: str = "") -> Json:
        """The Start button with a payload."""
        message: Json = await self.do("start", somebody=somebody, payload=payload)
        return message

    async def voice(self, somebody: int, content: bytes, duration: int = 3) -> Json:
        """A voice note."""
        encoded = base64.b64encode(content).decode()
        message: Json = await self.do("voice", somebody=somebody, content=encoded, duration=duration)
        return message

    async def document(self, somebody: int, content: bytes, name: str, mime: str = "text/plain") -> Json:
        """A document."""
        encoded = base64.b64encode(content).decode()
        message: Json = await self.do("document", somebody=somebody, content=encoded, name=name, mime=mime)
        return message

    async def press(self, somebody: int, button: str) -> str:
        """Press a button that is there; returns the id of the query."""
        return str(await self.do("press", somebody=somebody, button=button))

    async def replies(self, somebody: int, count: int = 1, timeout: float = 5.0) -> list[Json]:
        """The next messages of the bot in this chat."""
        found: list[Json] = await self.do("replies", somebody=somebody, count=count, timeout=timeout)
        return found

    async def sent(self, somebody: int | None = None, since: int = 0) -> list[Json]:
        """Every message of the bot in this chat or in all, from this index on."""
        found: list[Json] = await self.do("sent", somebody=somebody, since=since)
        return found

    async def state(self) -> Json:
        """Counters, violations, faults met and updates that still wait."""
        found: Json = await self.do("state")
        return found

    async def script(self, method: str, *faults: str | Json) -> None:
        """The next calls of this method meet these troubles."""
        await self.do("script", method=method, faults=list(faults))

    async def random_faults(
        self, rate: float, faults: Sequence[str | Json], methods: Sequence[str] = ("sendMessage",), seed: int = 0
    ) -> None:
        """Calls of these methods meet one of the troubles with this probability."""
        await self.do("random_faults", rate=rate, faults=list(faults), methods=list(methods), seed=seed)

    async def clear_faults(self) -> None:
        """All is well again."""
        await self.do("clear_faults")

    async def disorder(self, repeat: float = 0.0, shuffle: bool = False, seed: int = 0) -> None:
        """Repeat acknowledged updates with this probability; shuffle them."""
        await self.do("disorder", repeat=repeat, shuffle=shuffle, seed=seed)

    async def limits(self, per_second: float = 0, per_chat: float = 0) -> None:
        """Telegram's sending limits; 0 is none."""
        await self.do("limits", per_second=per_second, per_chat=per_chat)

    async def unreachable(self, seconds: float | None = None) -> None:
        """Refuse connections, for so long or until `reachable`."""
        await self.do("unreachable", seconds=seconds)

    async def reachable(self) -> None:
        """Take connections again."""
        await self.do("reachable")

    async def settled(self, timeout: float = 5.0) -> None:
        """Wait until the bot has acknowledged every update."""
        await self.do("settled", timeout=timeout)

    async def load(self, **plan: object) -> Json:
        """Run a closed loop of messages and return its figures."""
        figures: Json = await self.do("load", **plan)
        return figures


@asynccontextmanager
async def telegram_process(*options: str) -> AsyncIterator[TelegramControl]:
    """A server in a process of its own, under control; it ends with the block, or with this process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.telegram_server",
        "--until-eof",
        *options,
        cwd=_ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if not process.stdout or not process.stdin:
            raise RuntimeError("the process was started without pipes")
        about = json.loads(await process.stdout.readline())
        async with TelegramControl(about["control_url"], about["base_url"], process.pid) as control:
            yield control
        process.stdin.close()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
