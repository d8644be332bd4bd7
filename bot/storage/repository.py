"""What one viewer may see, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select

from bot.domain.account import Account, AccountContact, Commitment, Draft, Visit
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Party
from bot.domain.visit_json import note_from_json
from bot.ports import State
from bot.storage.database import Database
from bot.storage.people import rep_from_row
from bot.storage.tables import account, commitment, contact, draft, practice, rep, visit

Result = TypeVar("Result")


class DatabaseRepository:
    """Reads on behalf of one viewer; every query is bounded by the viewer's team and role."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database = database
        self._viewer = viewer

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it reads."""
        return self._viewer

    async def rep(self, rep_id: str) -> Rep | None:
        """A member the viewer may see, None for anybody else."""
        return _one(await self._all(self._visible_reps().where(rep.c.id == rep_id), _rep))

    async def members(self) -> Sequence[Rep]:
        """The team for managers and admins, himself for a rep; by name."""
        return await self._all(self._visible_reps().order_by(rep.c.name, rep.c.id), _rep)

    async def accounts(self) -> Sequence[Account]:
        """The accounts the viewer may see, by name."""
        return await self._all(self._visible_accounts().order_by(account.c.name), _account)

    async def account(self, name: str) -> Account | None:
        """The visible account of this name."""
        return _one(await self._all(self._visible_accounts().where(account.c.name == name), _account))

    async def contacts(self, accounts: Sequence[str]) -> Sequence[AccountContact]:
        """The people of visible accounts."""
        mine = contact.c.account_id.in_(self._visible_ids()) & contact.c.account_id.in_(accounts)
        query = select(contact).where(mine).order_by(contact.c.account_id, contact.c.name)
        return await self._all(query, lambda row: AccountContact(row.account_id, row.name, row.title, row.role))

    async def visits(self, account_id: str) -> Sequence[Visit]:
        """The confirmed visits of a visible account, newest first."""
        mine = (visit.c.account_id == account_id) & visit.c.account_id.in_(self._visible_ids())
        newest = (visit.c.met_on.desc(), visit.c.confirmed_at.desc())
        return await self._all(select(visit).where(mine).order_by(*newest), _visit)

    async def commitments(self, *, account_id: str = "") -> Sequence[Commitment]:
        """Open commitments by due day: the viewer's own, or all of a visible account."""
        of_account = (commitment.c.account_id == account_id) & commitment.c.account_id.in_(self._visible_ids())
        mine = of_account if account_id else commitment.c.rep_id == self._viewer.rep
        query = _commitments.where(mine, commitment.c.done_at.is_(None))
        by_day = (commitment.c.due.is_(None), commitment.c.due, commitment.c.id)
        return await self._all(query.order_by(*by_day), _commitment)

    async def commitment(self, commitment_id: str) -> Commitment | None:
        """A commitment of the viewer's own, open or done."""
        mine = (commitment.c.id == commitment_id) & (commitment.c.rep_id == self._viewer.rep)
        return _one(await self._all(_commitments.where(mine), _commitment))

    async def draft(self, draft_id: str) -> Draft | None:
        """A draft of the viewer's own."""
        mine = (draft.c.id == draft_id) & (draft.c.rep_id == self._viewer.rep)
        return _one(await self._all(select(draft).where(mine), _draft))

    async def practice(self, practice_id: str) -> State | None:
        """The state of a practice of the viewer's own."""
        mine = (practice.c.id == practice_id) & (practice.c.rep_id == self._viewer.rep)
        return _one(await self._all(select(practice.c.state).where(mine), lambda row: dict(row.state)))

    async def everything_own(self) -> Mapping[str, Sequence[State]]:
        """All that is the viewer's own, by kind."""
        own = {"profile": (rep, rep.c.id), "practice": (practice, practice.c.rep_id), "draft": (draft, draft.c.rep_id)}
        own["commitment"] = (commitment, commitment.c.rep_id)
        return {
            kind: await self._all(select(table).where(column == self._viewer.rep), lambda row: row._asdict())
            for kind, (table, column) in own.items()
        }

    def _visible_accounts(self) -> Select[Any]:
        of_team = select(account).where(account.c.team_id == self._viewer.team)
        if self._viewer.role is Role.MANAGER:
            return of_team
        told = select(visit.c.account_id).where(visit.c.rep_id == self._viewer.rep)
        return of_team.where((account.c.owner_id == self._viewer.rep) | account.c.id.in_(told))

    def _visible_ids(self) -> Select[Any]:
        return self._visible_accounts().with_only_columns(account.c.id)

    async def _all(self, query: Select[Any], read: Callable[[Row[Any]], Result]) -> list[Result]:
        return await self._database.run(lambda connection: [read(row) for row in connection.execute(query)])

    def _visible_reps(self) -> Select[Any]:
        mine = select(rep).where(rep.c.team_id == self._viewer.team)
        return mine.where(rep.c.id == self._viewer.rep) if self._viewer.role is Role.REP else mine


_commitments = select(commitment, account.c.name.label("account_name")).join(
    account, account.c.id == commitment.c.account_id
)


def _rep(row: Row[Any]) -> Rep:
    return rep_from_row(row._asdict())


def _one(found: Sequence[Result]) -> Result | None:
    return found[0] if found else None


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, row.owner_id, tuple(row.aliases))


def _visit(row: Row[Any]) -> Visit:
    return Visit(row.id, row.account_id, row.rep_id, row.met_on, note_from_json(row.note), row.confirmed_at)


def _commitment(row: Row[Any]) -> Commitment:
    return Commitment(
        id=row.id,
        account=row.account_id,
        account_name=row.account_name,
        rep=row.rep_id,
        who=Party(row.who),
        action=row.action,
        due=row.due,
        done_at=row.done_at,
    )


def _draft(row: Row[Any]) -> Draft:
    notes = tuple(note_from_json(note) for note in row.notes)
    return Draft(row.id, row.rep_id, row.words, row.heard_on, notes, row.status)
