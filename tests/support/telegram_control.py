"""The remote control of the double: one POST to `/control/<name>` per action, JSON in and out, on a port of its own.

It stays reachable while the Bot API port refuses connections.
"""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from aiohttp import web

from tests.support.telegram_faults import Fault, Trouble
from tests.support.telegram_limits import Limits
from tests.support.telegram_load import ClosedLoop, Load
from tests.support.telegram_wire import Json, answer, bad_request, error_response, make_request, read_request, response
from tests.support.telegram_world import Sent

if TYPE_CHECKING:
    from tests.support.telegram_server import TelegramServer

Action: TypeAlias = Callable[..., Awaitable[object]]


class Control:
    """What another process may ask of the server."""

    def __init__(self, server: "TelegramServer") -> None:
        self._server = server
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None
        people: tuple[Action, ...] = (
            server.say,
            server.say_long,
            server.start,
            server.open_link,
            server.edit,
            server.sticker,
            server.block,
            server.unblock,
            server.add_to_group,
            server.say_in_group,
            server.kick_from_group,
            server.settled,
        )
        own: tuple[Action, ...] = (
            self.press,
            self.voice,
            self.document,
            self.replies,
            self.sent,
            self.state,
            self.push,
            self.script,
            self.random_faults,
            self.clear_faults,
            self.disorder,
            self.limits,
            self.unreachable,
            self.reachable,
            self.restart_ids,
            self.load,
        )
        self._actions = {action.__name__: action for action in (*people, *own)}

    async def listen(self, port: int = 0) -> int:
        """Take connections; returns the port."""
        site = web.Server(self.handle, request_factory=make_request, access_log=None)
        self._listener = await asyncio.get_running_loop().create_server(site, "127.0.0.1", port)
        return int(self._listener.sockets[0].getsockname()[1])

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One action; a failed expectation or a wrong argument is a 400 with its words."""
        action = self._actions.get(request.path.removeprefix("/control/"))
        if not action:
            return error_response(bad_request(f"no such action; there are {sorted(self._actions)}"))
        arguments = (await read_request(request, "")).parameters
        try:
            return response(answer(await action(**arguments)))
        except (AssertionError, KeyError, RuntimeError, TypeError, ValueError) as error:
            return error_response(bad_request(f"{type(error).__name__}: {error}"))

    async def press(self, somebody: int, button: str) -> str:
        """Press a button; returns the id of the query."""
        return (await self._server.press(somebody, button)).query_id

    async def voice(self, somebody: int, content: str, duration: int = 3, size: int | None = None) -> Json:
        """A voice note, its content in base64."""
        return await self._server.voice(somebody, base64.b64decode(content), duration=duration, size=size)

    async def document(
        self, somebody: int, content: str, name: str, mime: str = "text/plain", caption: str = ""
    ) -> Json:
        """A document, its content in base64."""
        return await self._server.document(somebody, base64.b64decode(content), name, mime=mime, caption=caption)

    async def replies(self, somebody: int, count: int = 1, timeout: float = 5.0) -> list[Json]:
        """The next messages of the bot in this chat."""
        return _shown(await self._server.replies(somebody, count, timeout))

    async def sent(self, somebody: int | None = None, since: int = 0) -> list[Json]:
        """Messages of the bot in one chat or in all, from the given index on."""
        found = self._server.world.sent if somebody is None else self._server.sent_to(somebody)
        return _shown(found[since:])

    async def state(self) -> Json:
        """Counters of calls and faults, violations, answered presses and what still waits to be delivered."""
        world = self._server.world
        return {
            "counts": dict(world.counts),
            "sent": len(world.sent),
            "violations": world.violations,
            "faults": dict(self._server.faults.met),
            "pending": len(self._server.updates.pending),
            "next_update_id": self._server.updates.next_id,
            "presses": {press.query_id: press.answers for press in world.presses.values()},
            "webhook": self._server.webhook.info(),
        }

    async def push(self, kind: str, content: Json, chat_id: int) -> int:
        """Queue any update; returns its id."""
        return self._server.updates.push(kind, content, chat_id)

    async def script(self, method: str, faults: list[Any]) -> None:
        """The next calls of this method meet these faults; each is a name or an object."""
        self._server.faults.script(method, *map(_fault, faults))

    async def random_faults(self, rate: float, faults: list[Any], methods: list[str], seed: int = 0) -> None:
        """Faults by chance."""
        self._server.faults.at_random(rate, [_fault(fault) for fault in faults], methods=methods, seed=seed)

    async def clear_faults(self) -> None:
        """No more faults and no more disorder."""
        self._server.faults.clear()
        await self.disorder()

    async def disorder(self, repeat: float = 0.0, shuffle: bool = False, seed: int = 0) -> None:
        """Repeat and shuffle updates."""
        self._server.updates.disturb(repeat, shuffle=shuffle, seed=seed)

    async def limits(self, per_second: float = 0, per_chat: float = 0) -> None:
        """Telegram's sending limits; 0 is none."""
        self._server.limits = Limits(self._server.world.clock, per_second, per_chat)

    async def unreachable(self, seconds: float | None = None) -> None:
        """Refuse connections, for so long or until `reachable`."""
        await self._server.refuse()
        if seconds is not None:
            task = asyncio.create_task(self._return_after(seconds))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def reachable(self) -> None:
        """Take connections again."""
        await self._server.listen()

    async def restart_ids(self, first_id: int) -> None:
        """Number updates from here on."""
        self._server.updates.restart_ids(first_id)

    async def load(self, **plan: Any) -> Json:
        """Run a closed loop and return its figures; the fields are those of `Load`."""
        return await ClosedLoop(self._server, Load(**plan)).run()

    async def _return_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._server.listen()


def _shown(messages: Sequence[Sent]) -> list[Json]:
    return [sent.as_json() for sent in messages]


def _fault(given: Any) -> Fault:
    if isinstance(given, str):
        return Fault(Trouble(given))
    return Fault(Trouble(given["trouble"]), given.get("retry_after", 1), given.get("seconds", 0.5))
