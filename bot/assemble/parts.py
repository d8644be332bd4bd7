"""What skills, jobs and the conversation share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.assemble.knowledge import knowledge_desk
from bot.assemble.memory import Memory
from bot.assemble.models import listener_of, model_of
from bot.knowledge_desk import KnowledgeDesk
from bot.language_models.choose import ChosenModel
from bot.ports import Channel
from bot.sound.listening import Listening
from bot.storage.database_store import DatabaseStore


@dataclass(frozen=True, slots=True)
class Parts:
    """The shared parts of a program with these channels; no `listener` without a speech server."""

    memory: Memory
    store: DatabaseStore
    channels: Mapping[str, Channel]
    desk: KnowledgeDesk
    model: ChosenModel
    listener: Listening | None


def parts_of(memory: Memory, channels: Sequence[Channel]) -> Parts:
    """The parts that the settings ask for."""
    named = {channel.name: channel for channel in channels}
    return Parts(
        memory=memory,
        store=memory.store(tuple(named)),
        channels=named,
        desk=knowledge_desk(memory),
        model=model_of(memory),
        listener=listener_of(memory.settings),
    )
