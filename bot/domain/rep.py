"""Reps, their team and who they are to the program."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.evening import NEVER, Evening

NOTICE_VERSION = "2026-11-23"
"""The notice shown at joining; a new version is shown again."""


class Role(StrEnum):
    """What a person may do; a manager may what a rep may."""

    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"


EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Viewer:
    """On whose behalf something is read or written; nothing is read without one."""

    team: str
    rep: str
    role: Role


@dataclass(frozen=True, slots=True)
class Rep:
    """A member of a team; `language` is "" until chosen, then the messages decide only where there are no words.

    `pushed_on` is the day, in the rep's zone, on which he was last written to without having asked.
    """

    id: str
    team: str
    role: Role
    name: str
    language: str
    time_zone: str
    notice_version: str = ""
    notice_at: datetime | None = None
    outside_model: bool = False
    keeps_audio: bool = False
    evening: Evening = NEVER
    pushed_on: date | None = None
    outside_speech: bool = False
    weekly_report: bool = True

    def day_of(self, moment: datetime) -> date:
        """The day it is for this rep at a moment."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def viewer(self) -> Viewer:
        """This rep as the one who looks."""
        return Viewer(self.team, self.id, self.role)

    @property
    def has_seen_notice(self) -> bool:
        """True when the present notice was shown and answered."""
        return self.notice_version == NOTICE_VERSION


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way into a team, once; `code` is known only while it is made."""

    team: str
    role: Role
    expires_at: datetime
    used_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """True while it can be used."""
        return self.used_at is None and now < self.expires_at
