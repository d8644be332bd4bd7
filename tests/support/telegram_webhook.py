"""Delivery by webhook: one update at a time per chat, tried again until the bot answers 2xx."""

import asyncio
import contextlib
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from urllib.parse import urlsplit

import aiohttp

from tests.support.telegram_updates import Update, UpdateQueue
from tests.support.telegram_wire import Json, bad_request

Perform: TypeAlias = Callable[[str, Json], Awaitable[None]]
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = {None, 80, 88, 443, 8443}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_REMOVED = "Conflict: terminated by setWebhook request"
_PATIENCE = 30.0
_SLOWEST = 60.0
_SCATTER = 0.05
"""How far shuffled updates may fall behind one another, in seconds."""


class Webhook:
    """The bot's webhook; `retry_seconds` is how long Telegram waits before it tries a failed update again."""

    def __init__(self, updates: UpdateQueue, perform: Perform, retry_seconds: float = 1.0) -> None:
        self.retry_seconds = retry_seconds
        self.failures: list[str] = []
        self._updates = updates
        self._perform = perform
        self._secret = ""
        self._connections = 40
        self._failed_at = 0
        self._lanes: dict[int, deque[Update]] = {}
        self._known: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._free = asyncio.Semaphore(40)

    async def set(self, parameters: Json) -> bool:
        """setWebhook; an empty address deletes it."""
        url = parameters.get("url", "")
        if not url:
            return await self.delete(parameters)
        secret = parameters.get("secret_token", "")
        _check_address(url)
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.close()
        self._prepare(parameters)
        self._secret = secret
        self._connections = min(max(parameters.get("max_connections", 40), 1), 100)
        self._free = asyncio.Semaphore(self._connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE), trust_env=False)
        self._updates.webhook_url = url
        self._updates.on_update = self._queue
        self._updates.stop_poller(_REMOVED)
        for update in self._updates.waiting():
            self._queue(update)
        return True

    async def delete(self, parameters: Json) -> bool:
        """deleteWebhook; what was not delivered waits for getUpdates."""
        await self.close()
        self._prepare(parameters)
        return True

    def info(self) -> Json:
        """getWebhookInfo."""
        about: Json = {
            "url": self._updates.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self._updates.webhook_url:
            about["max_connections"] = self._connections
        if self.failures:
            about |= {"last_error_date": self._failed_at, "last_error_message": self.failures[-1]}
        if self._updates.allowed:
            about["allowed_updates"] = sorted(self._updates.allowed)
        return about

    async def close(self) -> None:
        """Stop delivering."""
        self._updates.webhook_url = ""
        self._updates.on_update = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._lanes.clear()
        self._known.clear()
        if self._session:
            await self._session.close()
            self._session = None

    def _prepare(self, parameters: Json) -> None:
        self.failures.clear()
        if "allowed_updates" in parameters:
            self._updates.allow(parameters["allowed_updates"])
        if parameters.get("drop_pending_updates"):
            self._updates.drop_all()

    def _queue(self, update: Update) -> None:
        if update.id in self._known:
            return
        self._known.add(update.id)
        lane_id = update.id if self._updates.disorder.shuffle else update.chat_id
        lane = self._lanes.get(lane_id)
        if lane is None:
            lane = self._lanes[lane_id] = deque()
            task = asyncio.create_task(self._empty(lane_id, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        lane.append(update)

    async def _empty(self, lane_id: int, lane: deque[Update]) -> None:
        await asyncio.sleep(0)
        while lane:
            await self._deliver(lane[0])
            update = lane.popleft()
            self._updates.forget(update.id)
            self._known.discard(update.id)
        del self._lanes[lane_id]

    async def _deliver(self, update: Update) -> None:
        delay = self.retry_seconds
        disorder = self._updates.disorder
        times = 2 if disorder.wants_repeat() else 1
        if disorder.shuffle:
            await asyncio.sleep(disorder.chance.random() * _SCATTER)
        failures = 0
        while times:
            async with self._free:
                failure, pause = await self._post(update)
            if not failure:
                times -= 1
                continue
            failures += 1
            self.failures.append(failure)
            self._failed_at = int(time.time())
            if failures > 1:
                delay = min(delay * 2, _SLOWEST)
            await asyncio.sleep(pause or delay)

    async def _post(self, update: Update) -> tuple[str, float]:
        """What went wrong (empty: nothing) and how long the bot asked to be left alone."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        if not self._session:
            return "Webhook was deleted", 0
        try:
            async with self._session.post(self._updates.webhook_url, data=update.body, headers=headers) as reply:
                if not 200 <= reply.status <= 299:
                    pause = reply.headers.get("Retry-After", "0")
                    reason = f"Wrong response from the webhook: {reply.status} {reply.reason}"
                    return reason, float(pause) if pause.isdigit() else 0
                await self._answered(reply)
        except TimeoutError:
            return "Read timeout expired", 0
        except aiohttp.ClientError:
            return "Connection refused", 0
        return "", 0

    async def _answered(self, reply: aiohttp.ClientResponse) -> None:
        """Carry out the call that a bot may put into its answer."""
        if not reply.headers.get("Content-Type", "").startswith("application/json"):
            return
        content: object = None
        with contextlib.suppress(ValueError):
            content = await reply.json()
        if isinstance(content, dict) and isinstance(content.get("method"), str):
            name = content.pop("method")
            await self._perform(name, content)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise bad_request("invalid webhook URL specified") from error
    if not host:
        raise bad_request("invalid webhook URL specified")
    if host in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
