"""The load of the benchmark: chats that each send the next message as soon as the last one is answered."""

import asyncio
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tests.support.telegram_people import People
from tests.support.telegram_text import typed_entities
from tests.support.telegram_wire import Json, dump
from tests.support.telegram_world import Chat

FIRST_CHAT = 7_000_000_001
_QUIET = 0.3


@dataclass(frozen=True, slots=True)
class Load:
    """How much to send: `updates` in all or as many as fit into `seconds`, each answered by `answers` messages.

    `opening` is said first in every chat, outside the measurement, so that the bot knows its people.
    """

    chats: int
    updates: int = 1000
    seconds: float | None = None
    text: str = "/help"
    answers: int = 1
    opening: Sequence[str] = ()
    patience: float = 30.0


@dataclass(slots=True)
class _Talk:
    """One chat of the load: its rendered message and what it waits for."""

    chat: Chat
    head: bytes
    asked_at: float = 0.0
    awaited: int = 0


class ClosedLoop:
    """One load, run against the bot that polls this server or has its webhook here."""

    def __init__(self, people: People, load: Load) -> None:
        self._people = people
        self._load = load
        self._latencies: list[float] = []
        self._left = 0
        self._until = float("inf")
        self._open = 0
        self._last = 0.0
        self._tail = b""
        self._answers = 1
        self._finished = asyncio.Event()

    async def run(self) -> Json:
        """The figures: updates per second and latency percentiles in milliseconds, from queued to answered."""
        world = self._people.world
        talks = [self._talk(FIRST_CHAT + number) for number in range(self._load.chats)]
        recorded, world.recording = world.recording, False
        try:
            for text in self._load.opening:
                await self._round(talks, text, len(talks), 1)
                await self._quiet()
            used, started = _cpu(), time.perf_counter()
            if self._load.seconds:
                self._until = started + self._load.seconds
            count = self._load.updates if not self._load.seconds else 10**9
            await self._round(talks, self._load.text, count, self._load.answers)
            return self._figures(self._last - started, _cpu() - used)
        finally:
            world.recording = recorded
            for talk in talks:
                world.listeners.pop(talk.chat.id, None)

    def _talk(self, chat_id: int) -> _Talk:
        person = self._people.person(chat_id)
        chat = self._people.world.chats[chat_id]
        chat.started = True
        head = b',"from":%s,"chat":%s,"date":%d,"text":' % (dump(person.as_user()), dump(chat.about), int(time.time()))
        talk = _Talk(chat, head)
        self._people.world.listeners[chat_id] = partial(self._heard, talk)
        return talk

    async def _round(self, talks: list[_Talk], text: str, updates: int, answers: int) -> None:
        self._latencies.clear()
        self._finished.clear()
        self._left = updates
        entities = typed_entities(text)
        self._tail = dump(text) + (b',"entities":' + dump(entities) if entities else b"") + b"}"
        self._answers = answers
        self._last = time.perf_counter()
        for talk in talks:
            self._next(talk)
        while not self._finished.is_set():
            try:
                await asyncio.wait_for(self._finished.wait(), 1.0)
            except TimeoutError:
                if time.perf_counter() - self._last > self._load.patience:
                    break

    def _next(self, talk: _Talk) -> None:
        now = time.perf_counter()
        if self._left <= 0 or now >= self._until:
            if not self._open:
                self._finished.set()
            return
        self._left -= 1
        self._open += 1
        talk.awaited = self._answers
        talk.asked_at = now
        message = b'{"message_id":%d%s%s' % (next(self._people.world.message_ids), talk.head, self._tail)
        self._people.updates.push_rendered("message", message, talk.chat.id)

    def _heard(self, talk: _Talk) -> None:
        self._last = time.perf_counter()
        if not talk.awaited:
            return
        talk.awaited -= 1
        if not talk.awaited:
            self._latencies.append(self._last - talk.asked_at)
            self._open -= 1
            self._next(talk)

    async def _quiet(self) -> None:
        while time.perf_counter() - self._last < _QUIET:
            await asyncio.sleep(_QUIET / 3)

    def _figures(self, seconds: float, cpu: float) -> Json:
        ordered = sorted(self._latencies)
        done = len(ordered)
        return {
            "chats": self._load.chats,
            "updates": done,
            "unanswered": self._open,
            "seconds": round(seconds, 4),
            "updates_per_second": round(done / seconds, 2) if done else 0.0,
            "p50_ms": _percentile(ordered, 0.50),
            "p95_ms": _percentile(ordered, 0.95),
            "p99_ms": _percentile(ordered, 0.99),
            "max_ms": _percentile(ordered, 1.0),
            "server_cpu_ms_per_update": round(1000 * cpu / done, 4) if done else 0.0,
        }


def _percentile(ordered: Sequence[float], share: float) -> float:
    if not ordered:
        return 0.0
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
