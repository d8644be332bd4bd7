"""The bot with its channels, ready to run."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.assemble.jobs import driver_of, jobs_of
from bot.assemble.memory import Memory
from bot.assemble.models import with_consent
from bot.assemble.parts import parts_of
from bot.assemble.skills import skills_of
from bot.channels.terminal_chat import CHANNEL as TERMINAL
from bot.channels.terminal_chat import TerminalChat
from bot.conversation.admission import Admission
from bot.conversation.arrival import Arrival
from bot.conversation.dispatcher import Dispatcher
from bot.conversation.handle_message import Door
from bot.conversation.hearing import Hearing
from bot.conversation.routing import Router
from bot.conversation.sender import Pace, Sender
from bot.knowledge_desk import KnowledgeDesk
from bot.language_models.choose import ChosenModel
from bot.ports import Channel, Jobs, Skill, Store
from bot.storage.database_store import DatabaseStore
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that runs while the bot is up."""

    memory: Memory
    store: DatabaseStore
    arrival: Arrival
    dispatcher: Dispatcher
    sender: Sender
    jobs: Jobs
    channels: Mapping[str, Channel]
    skills: tuple[Skill, ...]
    desk: KnowledgeDesk
    model: ChosenModel

    async def run(self, *more: Callable[[], Awaitable[None]]) -> None:
        """Answer, send and do timed work, beside `more`, until the first of these ends or fails."""
        work = [self.dispatcher.run, self.sender.run, self.jobs.run, *more]
        tasks = [asyncio.ensure_future(part()) for part in work]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in reversed(tasks):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([task])


def assemble(memory: Memory, channels: Sequence[Channel]) -> Program:
    """The bot with these channels, ready to run."""
    settings, clock = memory.settings, memory.clock
    parts = parts_of(memory, channels)
    store, desk, named = parts.store, parts.desk, parts.channels
    skills = skills_of(parts)
    sender = Sender(store, named, {name: _pace(settings, name) for name in named})
    door = Door(
        store,
        clock,
        _admission(memory, store),
        Router(skills, default="ask", understanding=desk.understanding),
        with_consent(parts.model),
        Hearing(clock, memory.ids, parts.listener, settings.audio.keep),
    )
    dispatcher = Dispatcher(store, door, named, sender.take)
    arrival = Arrival(store, dispatcher.wake)
    jobs = driver_of(parts, jobs_of(parts, arrival))
    return Program(memory, store, arrival, dispatcher, sender, jobs, named, skills, desk, parts.model)


def _admission(memory: Memory, store: Store) -> Admission:
    settings = memory.settings
    return Admission(
        store=store,
        clock=memory.clock,
        is_open=settings.access.open,
        admins=frozenset(str(person) for person in settings.access.admins),
        time_zone=settings.defaults.time_zone,
    )


def _pace(settings: Settings, channel: str) -> Pace:
    if channel == TERMINAL:
        return Pace(0, 0)
    return Pace(settings.telegram.messages_per_second, settings.telegram.messages_per_chat_per_second)


def terminal(data_dir: Path) -> TerminalChat:
    """The terminal as a channel; files it is sent land in the data folder."""
    return TerminalChat(sys.stdout, data_dir / "sent")
