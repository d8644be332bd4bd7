"""What one viewer may see of the memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.account import Account, AccountBook, AccountContact, Commitment, Draft, Visit
from bot.domain.account_record import AccountStanding
from bot.domain.changes import Change
from bot.domain.finding import Finding
from bot.domain.kept_file import KeptFile
from bot.domain.opportunity import Opportunity
from bot.domain.practice import PastScore
from bot.domain.rep import Rep, Viewer
from bot.domain.team_cases import CaseSharing
from bot.ports.conversations import State
from bot.ports.shelf import Shelf
from bot.ports.usage import Usage


class Repository(Protocol):
    """What one viewer may see; constructed for that viewer by the store."""

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it reads."""
        ...

    @property
    def shelf(self) -> Shelf:
        """The documents the viewer may see."""
        ...

    @property
    def usage(self) -> Usage:
        """What answers did for the viewer's team."""
        ...

    async def rep(self, rep_id: str) -> Rep | None:
        """A member of the viewer's team, None for anybody else."""
        ...

    async def accounts(self) -> Sequence[Account]:
        """The accounts the viewer may see, by name: a manager the team's, everybody else those he looks after."""
        ...

    async def standings(self) -> Sequence[AccountStanding]:
        """The same accounts with when somebody was there last and how far their deals are."""
        ...

    async def account(self, name: str) -> Account | None:
        """The visible account of this name."""
        ...

    async def contacts(self, accounts: Sequence[str]) -> Sequence[AccountContact]:
        """The people of visible accounts."""
        ...

    async def visits(self, account_id: str) -> Sequence[Visit]:
        """The confirmed visits of a visible account, newest first.

        A manager and whoever looks after the account see all of them, others their own; the same holds for findings,
        commitments and the way of the deal. The words a note rests on are shown to its author alone.
        """
        ...

    async def case_sharing(self) -> CaseSharing:
        """What of its visits the viewer's team lets everybody in it find."""
        ...

    async def findings(self, account_id: str) -> Sequence[Finding]:
        """What visits told of a visible account, the latest first; a quote is shown to its author alone."""
        ...

    async def opportunity(self, account_id: str) -> Opportunity:
        """How the deal with a visible account stands and how it got there; the quotes are their author's alone."""
        ...

    async def team_list(self) -> AccountBook:
        """The accounts of the whole team and their people by name, for managers and admins; for a rep those he sees."""
        ...

    async def account_book(self) -> AccountBook:
        """Everything the viewer may see of accounts, for a file."""
        ...

    async def commitments(self, *, account_id: str = "", draft_id: str = "") -> Sequence[Commitment]:
        """Open commitments by due day: the viewer's own (of one draft), or those of an account that he may read."""
        ...

    async def commitment(self, commitment_id: str) -> Commitment | None:
        """A commitment of the viewer's own, open or done."""
        ...

    async def draft(self, draft_id: str) -> Draft | None:
        """A draft of the viewer's own."""
        ...

    async def open_drafts(self) -> Sequence[Draft]:
        """The viewer's own drafts that are neither saved nor discarded, the last changed first."""
        ...

    async def changes(self) -> Sequence[Change]:
        """What the viewer changed and may take back for a while, the newest first."""
        ...

    async def has_saved_since(self, moment: datetime) -> bool:
        """True when the viewer confirmed a visit since then."""
        ...

    async def practice(self, practice_id: str) -> State | None:
        """The state of a practice of the viewer's own."""
        ...

    async def kept_file(self, file_id: str) -> KeptFile | None:
        """A voice note or photo of the viewer's own."""
        ...

    async def kept_files(self) -> Sequence[KeptFile]:
        """The viewer's own voice notes and photos, the oldest first."""
        ...

    async def content_of(self, file_id: str) -> bytes | None:
        """The content of one of them, None where it still lies with its channel."""
        ...

    async def drawn_pictures(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Those of these pictures that were drawn for the viewer lately, by key."""
        ...

    async def past_scores(self) -> Sequence[PastScore]:
        """What the viewer's own finished practices were worth, the first one first."""
        ...

    async def everything_own(self) -> Mapping[str, Sequence[State]]:
        """All that is the viewer's own, for `/export`: profile, practices, drafts with the raw words, commitments."""
        ...

    async def members(self) -> Sequence[Rep]:
        """The members of the viewer's team a role of manager or admin may list; a rep sees himself."""
        ...
