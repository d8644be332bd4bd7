"""What a turn or a job wants written, as small values; `storage` applies them in the turn's one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.account import Draft
from bot.domain.rep import Role
from bot.domain.visit import Party, VisitNote


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
    """Erase texts of messages answered and replies sent longer ago than `age`, and reps' own words after `words`."""

    age: timedelta
    words: timedelta


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep a draft as it is now, new or changed."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """The rep does not want this draft; his words stay his until they are erased in time."""

    draft: str


@dataclass(frozen=True, slots=True)
class ConfirmedCommitment:
    """A commitment of a confirmed visit, with the id it will be reminded by."""

    id: str
    who: Party
    action: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ConfirmedVisit:
    """One account's part of a confirmed draft; `account` names an account of the team or a new one."""

    id: str
    account: str
    met_on: date
    note: VisitNote
    commitments: tuple[ConfirmedCommitment, ...]


@dataclass(frozen=True, slots=True)
class SaveVisits:
    """The rep confirmed a draft. Conflicts when it is saved or discarded already."""

    draft: str
    visits: tuple[ConfirmedVisit, ...]


@dataclass(frozen=True, slots=True)
class CloseCommitment:
    """A commitment is done; `done` False opens it again."""

    commitment: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class MoveCommitment:
    """A commitment is due on another day."""

    commitment: str
    due: date


@dataclass(frozen=True, slots=True)
class KeepPractice:
    """A practice as it stands after a turn; the last one brings its scorecard."""

    id: str
    scenario: str
    state: Mapping[str, object]
    scorecard: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class ForgetRep:
    """Everything that is the rep's own goes; confirmed facts of accounts stay without his name."""

    rep: str


Write = (
    EraseOldTexts
    | KeepDraft
    | DiscardDraft
    | SaveVisits
    | CloseCommitment
    | MoveCommitment
    | KeepPractice
    | ForgetRep
    | RecordNotice
    | ChangeRep
    | CreateInvitation
    | Schedule
    | Audit
)
