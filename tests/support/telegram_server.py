"""A strict Bot API server on loopback, with the people behind it.

`async with TelegramServer() as server`, then point a bot at `server.base_url`.
"""

import argparse
import asyncio
import contextlib
import json
import re
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.support import telegram_files
from tests.support.telegram_faults import Fault, Faults, Trouble
from tests.support.telegram_limits import Limits
from tests.support.telegram_methods import PLAIN, Method
from tests.support.telegram_parameters import METHODS, checked
from tests.support.telegram_replies import Replies
from tests.support.telegram_updates import UpdateQueue
from tests.support.telegram_webhook import Webhook
from tests.support.telegram_wire import (
    BAD_GATEWAY_PAGE,
    ApiError,
    BotRequest,
    Json,
    answer,
    error_response,
    make_request,
    read_request,
    response,
    too_many_requests,
)
from tests.support.telegram_world import Call, World

TOKEN = "4200000001:AAEhBOweik6ad9r-QXMENQjcrGbqCr4K-bc"
USERNAME = "ridealong_test_bot"
_TOKEN_FORM = re.compile(r"\d{1,20}:[\w-]{8,}")
_LOST = 0
"""The status noted for a call whose answer never left."""


class TelegramServer(Replies):
    """Telegram's side of the wire and the people behind it."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        username: str = USERNAME,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "陪访", "username": username}
        abilities = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        self.token = token
        self.port = port
        self.world = World({**bot, **abilities}, clock)
        self.updates = UpdateQueue()
        self.faults = Faults()
        self.limits = Limits(clock)
        self.webhook = Webhook(self.updates, self._perform)
        self._methods: dict[str, Method] = {**PLAIN, "leaveChat": self.leave}
        self._connections: web.Server | None = None
        self._listener: asyncio.Server | None = None

    @property
    def base_url(self) -> str:
        """The server root, to which `/bot…` and `/file/bot…` are added."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.webhook.close()
        await self.refuse()

    async def listen(self) -> None:
        """Take connections, on the same port as before."""
        self._connections = web.Server(
            self.handle, request_factory=make_request, handler_cancellation=True, access_log=None
        )
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._connections, "127.0.0.1", self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Be unreachable: end every connection and refuse new ones until `listen`."""
        if not self._listener or not self._connections:
            return
        self._listener.close()
        self._listener = None
        for connection in self._connections.connections:
            if connection.transport:
                connection.transport.abort()
        await self._connections.shutdown(0.1)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One HTTP request of the bot."""
        path, _, query = request.raw_path.partition("?")
        path = path.replace("%3A", ":").replace("%3a", ":")
        if path.startswith("/file/bot"):
            return await self._file(request, path)
        token, _, name = path.removeprefix("/bot").partition("/")
        if not path.startswith("/bot") or not _TOKEN_FORM.fullmatch(token):
            return error_response(ApiError(404, "Not Found"))
        if token != self.token:
            return error_response(ApiError(401, "Unauthorized"))
        try:
            return await self._call(request, self._known(name), query)
        except ApiError as error:
            return error_response(error)

    @property
    def violations(self) -> list[str]:
        """What the bot sent that the Bot API does not know; a test wants this empty."""
        return self.world.violations

    def _known(self, name: str) -> str:
        method = METHODS.get(name.lower())
        if method is None:
            self.world.violations.append(f"{name}: no such method, or not one this server knows")
            raise ApiError(404, "Not Found: method not found")
        return method

    async def _call(self, request: web.BaseRequest, method: str, query: str) -> web.StreamResponse:
        world = self.world
        world.counts[method] += 1
        parameters: Json = {}
        fault = self.faults.take(method)
        try:
            call = await read_request(request, query)
            parameters = call.parameters
            if fault and (failed := _failed(request, fault)):
                self._note(method, parameters, failed.status)
                return failed
            body = await self._result(method, call)
            status = _LOST if fault and fault.trouble is Trouble.ANSWER_LOST else 200
        except ApiError as error:
            body, status = error.body(), error.code
        self._note(method, parameters, status)
        if status == _LOST:
            return _hang_up(request)
        if fault and fault.trouble is Trouble.SLOW:
            await asyncio.sleep(fault.seconds)
        return response(body, status)

    async def _result(self, method: str, call: BotRequest) -> bytes:
        world = self.world
        parameters = checked(method, call.parameters, world.violations)
        match method:
            case "getUpdates":
                return await self._get_updates(parameters)
            case "setWebhook":
                return answer(await self.webhook.set(parameters))
            case "deleteWebhook":
                return answer(await self.webhook.delete(parameters))
            case "getWebhookInfo":
                return answer(self.webhook.info())
        self.limits.check(method, parameters.get("chat_id"))
        return answer(self._methods[method](world, parameters, call.uploads))

    async def _get_updates(self, parameters: Json) -> bytes:
        if "allowed_updates" in parameters:
            self.updates.allow(parameters["allowed_updates"])
        return await self.updates.poll(
            parameters.get("offset", 0), parameters.get("limit", 100), parameters.get("timeout", 0)
        )

    async def _perform(self, name: str, parameters: Json) -> None:
        """A call that came inside the answer to a webhook; nobody hears how it ended."""
        self.world.counts[name] += 1
        status = 200
        try:
            await self._result(self._known(name), BotRequest(parameters, {}))
        except ApiError as error:
            status = error.code
        self._note(name, parameters, status)

    async def _file(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        token, _, name = path.removeprefix("/file/bot").partition("/")
        if token != self.token:
            return error_response(ApiError(401, "Unauthorized"))
        self.world.counts["file"] += 1
        fault = self.faults.take("file")
        if fault and (failed := _failed(request, fault)):
            return failed
        if fault:
            await asyncio.sleep(fault.seconds)
        file = telegram_files.at_path(self.world, name)
        if not file:
            return error_response(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _note(self, method: str, parameters: Json, status: int) -> None:
        if self.world.recording and not (method == "getUpdates" and status == 200):
            self.world.calls.append(Call(method, parameters, status, self.world.clock()))


def _failed(request: web.BaseRequest, fault: Fault) -> web.StreamResponse | None:
    """The answer of a call that fails before it has any effect."""
    match fault.trouble:
        case Trouble.TOO_MANY_REQUESTS:
            return error_response(too_many_requests(fault.retry_after))
        case Trouble.SERVER_ERROR:
            return error_response(ApiError(500, "Internal Server Error"))
        case Trouble.BAD_GATEWAY:
            return web.Response(body=BAD_GATEWAY_PAGE, status=502, content_type="text/html")
        case Trouble.DROPPED:
            return _hang_up(request)
    return None


def _hang_up(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


async def _serve(options: argparse.Namespace) -> None:
    from tests.support.telegram_control import Control

    async with TelegramServer(options.token, port=options.port, username=options.username) as server:
        control_port = await Control(server).listen(options.control_port)
        about = {
            "port": server.port,
            "control_port": control_port,
            "base_url": server.base_url,
            "control_url": f"http://127.0.0.1:{control_port}",
            "token": options.token,
        }
        print(json.dumps(about), flush=True)
        if options.until_eof:
            await asyncio.to_thread(sys.stdin.read)
        else:
            await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted; the first line of output tells the ports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default=USERNAME)
    parser.add_argument("--until-eof", action="store_true", help="end when standard input ends")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
