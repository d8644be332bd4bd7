"""Who is in a team, what a rep settles for himself, and who did what."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.evening import Evening
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
    evening: Evening | None = None
    pushed_on: date | None = None
    outside_speech: bool | None = None
    weekly_report: bool | None = None


@dataclass(frozen=True, slots=True)
class CreateInvitation:
    """A new invitation; only a hash of the code is stored."""

    code: str
    team: str
    role: Role
    expires_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class ForgetRep:
    """Everything that is the rep's own goes; confirmed facts of accounts stay without his name."""

    rep: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did what to what, for administrators."""

    action: str
    subject: str


PeopleWrite = RecordNotice | ChangeRep | CreateInvitation | ForgetRep | Audit
