"""What the conversation needs from outside, as protocols; `assemble` picks who fulfils them."""

from bot.ports.channel import Channel
from bot.ports.clock_and_ids import Clock, Ids
from bot.ports.conversations import Conversation, Finished, Floor, Lease, Outgoing, State
from bot.ports.jobs import Job, Jobs
from bot.ports.knowledge import Knowledge
from bot.ports.language_models import Heard, LanguageModel, Listener, Transcriber
from bot.ports.repository import Repository
from bot.ports.shelf import Shelf
from bot.ports.skill import Outcome, Skill, Turn
from bot.ports.store import DueWork, Store
from bot.ports.usage import Usage

__all__ = [
    "Channel",
    "Clock",
    "Conversation",
    "DueWork",
    "Finished",
    "Floor",
    "Heard",
    "Ids",
    "Job",
    "Jobs",
    "Knowledge",
    "LanguageModel",
    "Lease",
    "Listener",
    "Outcome",
    "Outgoing",
    "Repository",
    "Shelf",
    "Skill",
    "State",
    "Store",
    "Transcriber",
    "Turn",
    "Usage",
]
