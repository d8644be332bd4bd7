"""What a turn or a job wants written, as small values; `storage` applies them in the turn's one transaction."""

from bot.domain.writes.accounts import AccountWrite, ImportAccounts, KeepContact, MergeAccounts, RenameAccount, TakeBack
from bot.domain.writes.answers import AnswerWrite, CloseQuestion, NoteAnswer, NoteUnanswered, RateAnswer
from bot.domain.writes.documents import (
    DocumentWrite,
    RestoreDocument,
    RuleOnArticle,
    ShareDocument,
    StopReading,
    TakeInPiece,
    WithdrawDocument,
)
from bot.domain.writes.files import DropFile, FileWrite, KeepFile, KeepPictures
from bot.domain.writes.people import Audit, ChangeRep, CreateInvitation, ForgetRep, JoinTeam, PeopleWrite, RecordNotice
from bot.domain.writes.practices import KeepPractice, PracticeWrite
from bot.domain.writes.retention import EraseOldFiles, EraseOldTexts, RetentionWrite
from bot.domain.writes.visits import (
    CloseCommitment,
    ConfirmedCommitment,
    ConfirmedVisit,
    CorrectOpportunity,
    DiscardDraft,
    FindMissing,
    KeepDraft,
    MoveCommitment,
    SaveVisits,
    ShareCases,
    TakeBackCorrection,
    VisitWrite,
)
from bot.domain.writes.work import Deliver, HurryWork, Schedule, WorkWrite

Write = (
    PeopleWrite
    | VisitWrite
    | AccountWrite
    | PracticeWrite
    | AnswerWrite
    | DocumentWrite
    | FileWrite
    | WorkWrite
    | RetentionWrite
)

__all__ = [
    "Audit",
    "ChangeRep",
    "CloseCommitment",
    "CloseQuestion",
    "ConfirmedCommitment",
    "ConfirmedVisit",
    "CorrectOpportunity",
    "CreateInvitation",
    "Deliver",
    "DiscardDraft",
    "DropFile",
    "EraseOldFiles",
    "EraseOldTexts",
    "FindMissing",
    "ForgetRep",
    "HurryWork",
    "ImportAccounts",
    "JoinTeam",
    "KeepContact",
    "KeepDraft",
    "KeepFile",
    "KeepPictures",
    "KeepPractice",
    "MergeAccounts",
    "MoveCommitment",
    "NoteAnswer",
    "NoteUnanswered",
    "RateAnswer",
    "RecordNotice",
    "RenameAccount",
    "RestoreDocument",
    "RuleOnArticle",
    "SaveVisits",
    "Schedule",
    "ShareCases",
    "ShareDocument",
    "StopReading",
    "TakeBack",
    "TakeBackCorrection",
    "TakeInPiece",
    "WithdrawDocument",
    "Write",
]
