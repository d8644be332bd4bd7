"""A document on its way in: what the turn that received it leaves for the job that reads it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from bot.domain.rep import Role, Viewer
from bot.domain.writes import Schedule

TAKE_IN = "take_in"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Where a document lies (with a channel, or at an address), how it will be called, and who sent it.

    `label` is that of the reply that said it began.
    """

    name: str
    team: str
    rep: str
    role: str
    language: str
    label: str
    sent_at: str
    channel: str = ""
    reference: str = ""
    file_name: str = ""
    address: str = ""

    @property
    def viewer(self) -> Viewer:
        """The sender."""
        return Viewer(self.team, self.rep, Role(self.role))

    def scheduled(self, at: datetime) -> Schedule:
        """The work that takes it in, once for each label."""
        return Schedule(TAKE_IN, self.label, at, asdict(self))

    @classmethod
    def from_payload(cls, payload: Mapping[str, object]) -> "Lesson":
        """What was scheduled."""
        return cls(**{one.name: str(payload.get(one.name, "")) for one in fields(cls)})
