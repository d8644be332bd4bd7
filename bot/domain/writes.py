"""What a turn or a job wants written, as small values; `storage` applies them in the turn's one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.account import Draft, Meant
from bot.domain.account_import import ImportedAccount
from bot.domain.evening import Evening
from bot.domain.kept_file import KeptFile
from bot.domain.message import IncomingMessage
from bot.domain.rep import Role, Viewer
from bot.domain.team_cases import CaseSharing
from bot.domain.visit import Party, Stage, VisitNote


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
class Schedule:
    """Timed or long work: job `name` with `payload` at `due`; a `key` in use moves that work instead."""

    name: str
    key: str
    due: datetime
    payload: Mapping[str, object] = field(default_factory=dict)
    conversation: int | None = None


@dataclass(frozen=True, slots=True)
class HurryWork:
    """Open work of this name that nobody does just now is due at once."""

    name: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message of our own making joins its conversation's inbox, to be answered in its turn like any other."""

    message: IncomingMessage


@dataclass(frozen=True, slots=True)
class KeepFile:
    """A voice note or photo joins what is kept, or stands differently now; `content` None leaves that as it is.

    Conflicts when it is no longer there to be changed.
    """

    file: KeptFile
    content: bytes | None = field(default=None, repr=False)
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class KeepContact:
    """A person off a business card joins an account of the team, or a new one of this name; "" leaves what is known."""

    account: str
    name: str
    title: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class DropFile:
    """A voice note or photo of this rep goes for good, and with it the work of reading it."""

    file: str
    rep: str


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
class EraseOldFiles:
    """Erase voice notes and photos sent longer ago than `age`."""

    age: timedelta


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
    """One account's part of a confirmed draft; `account` names an account of the team or a new one.

    `aliases` are names the rep used for it or its people and said whom they mean: the next time they are known.
    """

    id: str
    account: str
    met_on: date
    note: VisitNote
    commitments: tuple[ConfirmedCommitment, ...]
    aliases: tuple[Meant, ...] = ()


@dataclass(frozen=True, slots=True)
class SaveVisits:
    """The rep confirmed a draft; a change under the draft's id. Conflicts when it is saved or discarded already."""

    draft: str
    visits: tuple[ConfirmedVisit, ...]


@dataclass(frozen=True, slots=True)
class MergeAccounts:
    """Everything of account `source` becomes that of `target`; a change under its own id.

    For managers and for who looks after both; conflicts for everybody else and when one of them is merged already.
    """

    change: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class RenameAccount:
    """An account gets another name and keeps the old one as an alias; a change under its own id.

    For managers and its owner; conflicts for everybody else and when the name is taken.
    """

    change: str
    account: str
    name: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A change of the viewer's own is undone: all is as before. Conflicts when it was taken back already."""

    change: str


@dataclass(frozen=True, slots=True)
class CorrectStage:
    """The rep says how far the deal of an account is. Conflicts when he may not see the account."""

    correction: str
    account: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class TakeBackStage:
    """A correction of the viewer's own goes again. Conflicts when there is none."""

    correction: str


@dataclass(frozen=True, slots=True)
class ShareCases:
    """What of its confirmed visits the viewer's team can find as cases. Conflicts for reps."""

    sharing: CaseSharing


@dataclass(frozen=True, slots=True)
class FindMissing:
    """Compute the findings of visits that were saved by a program that kept none."""


@dataclass(frozen=True, slots=True)
class ImportAccounts:
    """What a table called `name` adds to the viewer's team, as a change of this id that can be taken back."""

    change: str
    name: str
    viewer: Viewer
    accounts: tuple[ImportedAccount, ...]


@dataclass(frozen=True, slots=True)
class CloseCommitment:
    """A commitment is done; `done` False opens it again."""

    commitment: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class MoveCommitment:
    """A commitment is due on another day, or on none any more."""

    commitment: str
    due: date | None


@dataclass(frozen=True, slots=True)
class KeepPractice:
    """A practice as it stands after a turn; the last one brings its scorecard."""

    id: str
    scenario: str
    state: Mapping[str, object]
    scorecard: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class WithdrawDocument:
    """No answer uses this document any more; it is kept. Conflicts when the writer may not change it."""

    document: str


@dataclass(frozen=True, slots=True)
class RestoreDocument:
    """Answers use this version again, instead of whichever they used. Conflicts when the writer may not change it."""

    document: str


@dataclass(frozen=True, slots=True)
class ShareDocument:
    """A document is for all teams, or again only for the team that shared it. Conflicts but for admins."""

    document: str
    with_all: bool


@dataclass(frozen=True, slots=True)
class RuleOnArticle:
    """An article is taken in whatever cleaning says, or thrown out; the next file that brings it is treated alike."""

    article: str
    taken_in: bool


@dataclass(frozen=True, slots=True)
class TakeInPiece:
    """A dropped piece becomes an article of its own, also when the next file brings it; twice changes nothing more."""

    piece: str


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """An answer was given that rested on these passages (id and title) and methods; nothing of the question is kept."""

    id: str
    passages: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """The rep says whether an answer of his helped, and may say otherwise later."""

    answer: str
    helped: bool


@dataclass(frozen=True, slots=True)
class NoteUnanswered:
    """Nothing answered this question; it is kept for those who teach the bot, without who asked."""

    question: str


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """A question nothing answered is dealt with (it opens when it is asked again), or not wanted at all."""

    question: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class ForgetRep:
    """Everything that is the rep's own goes; confirmed facts of accounts stay without his name."""

    rep: str


Write = (
    EraseOldTexts
    | KeepDraft
    | DiscardDraft
    | SaveVisits
    | MergeAccounts
    | RenameAccount
    | TakeBack
    | CorrectStage
    | TakeBackStage
    | ShareCases
    | FindMissing
    | CloseCommitment
    | MoveCommitment
    | KeepPractice
    | ImportAccounts
    | WithdrawDocument
    | RestoreDocument
    | ShareDocument
    | RuleOnArticle
    | TakeInPiece
    | NoteAnswer
    | RateAnswer
    | NoteUnanswered
    | CloseQuestion
    | ForgetRep
    | RecordNotice
    | ChangeRep
    | CreateInvitation
    | Schedule
    | HurryWork
    | Deliver
    | KeepFile
    | DropFile
    | KeepContact
    | EraseOldFiles
    | Audit
)
