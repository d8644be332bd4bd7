"""What a turn or a job wants written, as small values; `storage` applies them in the turn's one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.rep import Role


@dataclass(frozen=True, slots=True)
class JoinTeam:
    """A person joins as a rep.

    With `code` the invitation decides team and role and is used up; without one the first team is joined as `role`
    (open access, administrators named in the settings, the terminal's owner). Conflicts when the code was just used.
    """

    channel: str
    person: str
    name: str
    time_zone: str
    code: str = ""
    role: Role = Role.REP


@dataclass(frozen=True, slots=True)
class RecordNotice:
    """The rep has seen the notice of this version."""

    rep: str
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeRep:
    """The rep's own settings; None leaves one as it is."""

    rep: str
    language: str | None = None
    time_zone: str | None = None
    outside_model: bool | None = None
    keeps_audio: bool | None = None


@dataclass(frozen=True, slots=True)
class CreateInvitation:
    """A new invitation; only a hash of the code is stored."""

    code: str
    team: str
    role: Role
    expires_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """Timed or long work: job `name` with `payload` at `due`; a `key` in use moves that work instead."""

    name: str
    key: str
    due: datetime
    payload: Mapping[str, object] = field(default_factory=dict)
    conversation: int | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did what to what, for administrators."""

    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class EraseOldTexts:
    """Erase the texts of messages answered and replies sent longer ago than `age`."""

    age: timedelta


Write = EraseOldTexts | RecordNotice | ChangeRep | CreateInvitation | Schedule | Audit
