"""The envelope of the Bot API: how a request carries its parameters, and how answers and errors look."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote

from aiohttp import web

Json: TypeAlias = dict[str, Any]

TRUE_ANSWER = b'{"ok":true,"result":true}'
BAD_GATEWAY_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    b"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
MAX_REQUEST_BYTES = 55 * 1024 * 1024


class ApiError(Exception):
    """What the Bot API refuses: its code, its exact words, and for 429 how long to wait."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> bytes:
        """The JSON that Telegram would send."""
        content: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            content["parameters"] = self.parameters
        return dump(content)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came inside a multipart request."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class BotRequest:
    """One call of a bot as it came over the wire: raw parameters and uploaded files by field name."""

    parameters: Json
    uploads: dict[str, Upload]


def dump(content: object) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def bad_request(reason: str) -> ApiError:
    """The 400 that Telegram words as `Bad Request: …`."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """The 403 that Telegram words as `Forbidden: …`."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """The 429 with its `retry_after`."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def answer(result: object) -> bytes:
    """The body of a successful call."""
    return TRUE_ANSWER if result is True else b'{"ok":true,"result":' + dump(result) + b"}"


def response(body: bytes, status: int = 200) -> web.Response:
    """A JSON answer over HTTP."""
    return web.Response(body=body, status=status, content_type="application/json")


def error_response(error: ApiError) -> web.Response:
    """A refusal over HTTP, its status equal to its `error_code`."""
    return response(error.body(), error.code)


def make_request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """A request as large as Telegram takes; made for `web.Server`."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_REQUEST_BYTES)


async def read_request(request: web.BaseRequest, query: str) -> BotRequest:
    """The parameters of a call, from the query string and a form, JSON or multipart body."""
    parameters: Json = dict(_pairs(query)) if query else {}
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        uploads = await _read_multipart(request, parameters)
        return BotRequest(parameters, uploads)
    body = await request.read()
    if body:
        parameters.update(_parse_body(kind, body))
    return BotRequest(parameters, {})


def _parse_body(kind: str, body: bytes) -> Json:
    if kind == "application/json":
        try:
            content = json.loads(body)
        except ValueError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(content, dict):
            raise bad_request("can't parse JSON object")
        return {name: value for name, value in content.items() if value is not None}
    if kind == "application/x-www-form-urlencoded":
        return dict(_pairs(body.decode("ascii", "replace")))
    raise bad_request("unsupported content type of the request")


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


async def _read_multipart(request: web.BaseRequest, parameters: Json) -> dict[str, Upload]:
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(unquote(value.filename), value.file.read(), value.content_type)
        elif isinstance(value, str):
            parameters[name] = value
        else:
            parameters[name] = bytes(value).decode()
    return uploads
