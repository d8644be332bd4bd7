"""A strict Bot API server on loopback, with the people behind it.

`async with TelegramServer() as server`, then point a bot at `server.base_url`.
"""

import asyncio
import re
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeAlias

from aiohttp import web

from tests.support import telegram_editing, telegram_files, telegram_profile, telegram_sending
from tests.support.telegram_faults import Fault, Faults, Trouble
from tests.support.telegram_limits import Limits
from tests.support.telegram_parameters import METHODS, checked
from tests.support.telegram_replies import Replies
from tests.support.telegram_updates import UpdateQueue
from tests.support.telegram_wire import (
    BAD_GATEWAY_PAGE,
    MAX_REQUEST_BYTES,
    ApiError,
    BotRequest,
    Json,
    Upload,
    answer,
    error_response,
    read_request,
    response,
    too_many_requests,
)
from tests.support.telegram_world import Call, World

Method: TypeAlias = Callable[[World, Json, dict[str, Upload]], object]
TOKEN = "4200000001:AAEhBOweik6ad9r-QXMENQjcrGbqCr4K-bc"
_TOKEN_FORM = re.compile(r"\d{1,20}:[\w-]{8,}")
_LOST = 0
"""The status noted for a call whose answer never left."""
_SIMPLE: dict[str, Method] = {
    "getMe": telegram_profile.get_me,
    "sendMessage": telegram_sending.send_message,
    "sendMessageDraft": telegram_sending.send_message_draft,
    "sendChatAction": telegram_sending.send_chat_action,
    "sendPhoto": telegram_sending.send_photo,
    "sendDocument": telegram_sending.send_document,
    "sendVoice": telegram_sending.send_voice,
    "editMessageText": telegram_editing.edit_message_text,
    "editMessageCaption": telegram_editing.edit_message_caption,
    "editMessageReplyMarkup": telegram_editing.edit_message_reply_markup,
    "deleteMessage": telegram_editing.delete_message,
    "deleteMessages": telegram_editing.delete_messages,
    "answerCallbackQuery": telegram_editing.answer_callback_query,
    "getFile": telegram_files.get_file,
    "getChat": telegram_profile.get_chat,
    "setMyCommands": telegram_profile.set_my_commands,
    "deleteMyCommands": telegram_profile.delete_my_commands,
    "getMyCommands": telegram_profile.get_my_commands,
    "setMyName": lambda world, parameters, _: telegram_profile.set_text(world, parameters, "name"),
    "getMyName": lambda world, parameters, _: telegram_profile.get_text(world, parameters, "name"),
    "setMyDescription": lambda world, parameters, _: telegram_profile.set_text(world, parameters, "description"),
    "getMyDescription": lambda world, parameters, _: telegram_profile.get_text(world, parameters, "description"),
    "setMyShortDescription": lambda world, parameters, _: telegram_profile.set_text(
        world, parameters, "short_description"
    ),
    "getMyShortDescription": lambda world, parameters, _: telegram_profile.get_text(
        world, parameters, "short_description"
    ),
    "setChatMenuButton": telegram_profile.set_chat_menu_button,
    "getChatMenuButton": telegram_profile.get_chat_menu_button,
}


class TelegramServer(Replies):
    """Telegram's side of the wire and the people behind it; `record=False` keeps counters only."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        username: str = "ridealong_test_bot",
        clock: Callable[[], float] = time.monotonic,
        record: bool = True,
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
        self._record = record
        self._methods: dict[str, Method] = {**_SIMPLE, "leaveChat": self.leave}
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
        await self.refuse()

    async def listen(self) -> None:
        """Take connections, on the same port as before."""
        self._connections = web.Server(
            self.handle, request_factory=_make_request, handler_cancellation=True, access_log=None
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
        method = METHODS.get(name.lower())
        if method is None:
            self.world.violations.append(f"{name}: no such method, or not one this server knows")
            return error_response(ApiError(404, "Not Found: method not found"))
        return await self._call(request, method, query)

    async def _call(self, request: web.BaseRequest, method: str, query: str) -> web.StreamResponse:
        world = self.world
        world.counts[method] += 1
        parameters: Json = {}
        fault = self.faults.take(method)
        try:
            call = await read_request(request, query)
            parameters = call.parameters
            if fault and (failed := await self._before(request, fault)):
                self._note(method, parameters, failed.status)
                return failed
            body = await self._result(method, call)
            status = _LOST if fault and fault.trouble is Trouble.ANSWER_LOST else 200
        except ApiError as error:
            body, status = error.body(), error.code
        self._note(method, parameters, status)
        if status == _LOST:
            return _hang_up(request)
        return response(body, status)

    async def _result(self, method: str, call: BotRequest) -> bytes:
        world = self.world
        parameters = checked(method, call.parameters, world.violations)
        if method == "getUpdates":
            if "allowed_updates" in parameters:
                self.updates.allow(parameters["allowed_updates"])
            return await self.updates.poll(
                parameters.get("offset", 0), parameters.get("limit", 100), parameters.get("timeout", 0)
            )
        self.limits.check(method, parameters.get("chat_id"))
        return answer(self._methods[method](world, parameters, call.uploads))

    async def _before(self, request: web.BaseRequest, fault: Fault) -> web.StreamResponse | None:
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
            case Trouble.SLOW:
                await asyncio.sleep(fault.seconds)
        return None

    async def _file(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        token, _, name = path.removeprefix("/file/bot").partition("/")
        if token != self.token:
            return error_response(ApiError(401, "Unauthorized"))
        self.world.counts["file"] += 1
        fault = self.faults.take("file")
        if fault and (failed := await self._before(request, fault)):
            return failed
        file = telegram_files.at_path(self.world, name)
        if not file:
            return error_response(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _note(self, method: str, parameters: Json, status: int) -> None:
        if self._record and not (method == "getUpdates" and status == 200):
            self.world.calls.append(Call(method, parameters, status, self.world.clock()))


def _hang_up(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _make_request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_REQUEST_BYTES)
