"""What a debrief leaves: drafts, confirmed visits, what was promised, how the deal stands."""

from dataclasses import dataclass
from datetime import date

from bot.domain.account import Draft, Meant
from bot.domain.opportunity import Aspect
from bot.domain.team_cases import CaseSharing
from bot.domain.visit import Party, VisitNote


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
class CorrectOpportunity:
    """The rep says on a day of his, in the words `quote`, how far the deal of an account is or what it is worth.

    `after` is a Stage or yuan, as OpportunityChange keeps them. Conflicts when he may not see the account.
    """

    correction: str
    account: str
    aspect: Aspect
    after: str
    on: date
    quote: str = ""


@dataclass(frozen=True, slots=True)
class TakeBackCorrection:
    """A correction of the viewer's own goes again. Conflicts when there is none."""

    correction: str


@dataclass(frozen=True, slots=True)
class FindMissing:
    """Compute the findings of visits that were saved by a program that kept none."""


@dataclass(frozen=True, slots=True)
class ShareCases:
    """What of its confirmed visits the viewer's team can find as cases. Conflicts for reps."""

    sharing: CaseSharing


VisitWrite = (
    KeepDraft
    | DiscardDraft
    | SaveVisits
    | CloseCommitment
    | MoveCommitment
    | CorrectOpportunity
    | TakeBackCorrection
    | FindMissing
    | ShareCases
)
