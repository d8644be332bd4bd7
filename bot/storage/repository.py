"""What one viewer may see, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, Table, func, select, true

from bot.domain.account import Account, AccountBook, AccountContact, Commitment, Draft, Visit
from bot.domain.account_record import AccountStanding
from bot.domain.changes import Change, ChangeKind
from bot.domain.finding import Finding
from bot.domain.kept_file import KeptFile
from bot.domain.opportunity import Aspect, Opportunity, OpportunityChange, opportunity_of
from bot.domain.practice import PastScore
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.team_cases import CaseSharing
from bot.domain.visit import Party, Stage
from bot.domain.visit_json import note_from_json, notes_from_json
from bot.ports import State
from bot.storage.case_notes import sharing_of
from bot.storage.database import Database
from bot.storage.draft_progress import with_progress
from bot.storage.drawn_pictures import pictures_for
from bot.storage.finding_rows import NEWEST_CHANGES, NEWEST_FINDINGS, change_from_row, finding_from_row
from bot.storage.kept_files import file_from_row, files_of
from bot.storage.people import rep_from_row
from bot.storage.shelf import DatabaseShelf
from bot.storage.tables import (
    account,
    change,
    commitment,
    contact,
    draft,
    finding,
    kept_file,
    opportunity_change,
    practice,
    rep,
    visit,
)
from bot.storage.usage import DatabaseUsage

Result = TypeVar("Result")
Told = TypeVar("Told", Finding, OpportunityChange)
_CHANGES = 20


class DatabaseRepository:
    """Reads on behalf of one viewer; every query is bounded by the viewer's team and role."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database = database
        self._viewer = viewer

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it reads."""
        return self._viewer

    @property
    def shelf(self) -> DatabaseShelf:
        """The documents the viewer may see."""
        return DatabaseShelf(self._database, self._viewer)

    @property
    def usage(self) -> DatabaseUsage:
        """What answers did for the viewer's team."""
        return DatabaseUsage(self._database, self._viewer)

    async def rep(self, rep_id: str) -> Rep | None:
        """A member the viewer may see, None for anybody else."""
        return _one(await self._all(self._visible_reps().where(rep.c.id == rep_id), _rep))

    async def members(self) -> Sequence[Rep]:
        """The team for managers and admins, himself for a rep; by name."""
        return await self._all(self._visible_reps().order_by(rep.c.name, rep.c.id), _rep)

    async def accounts(self) -> Sequence[Account]:
        """The accounts the viewer may see, by name."""
        return await self._all(self._visible_accounts().order_by(account.c.name), _account)

    async def standings(self) -> Sequence[AccountStanding]:
        """The accounts the viewer may see, by name, with their last visit and their stage."""
        told = (visit.c.account_id == account.c.id) & self._may_read(visit.c.rep_id)
        last = select(func.max(visit.c.met_on)).where(told).scalar_subquery()
        change = opportunity_change.c
        moves = select(change.after).where(change.account_id == account.c.id, change.aspect == Aspect.STAGE.value)
        moves = moves.where(self._may_read(change.rep_id))
        stage = moves.order_by(*NEWEST_CHANGES).limit(1).scalar_subquery()
        query = self._visible_accounts().add_columns(last.label("last_met"), stage.label("stage"))
        return await self._all(query.order_by(account.c.name), _standing)

    async def account(self, name: str) -> Account | None:
        """The visible account of this name."""
        return _one(await self._all(self._visible_accounts().where(account.c.name == name), _account))

    async def contacts(self, accounts: Sequence[str]) -> Sequence[AccountContact]:
        """The people of visible accounts."""
        mine = contact.c.account_id.in_(self._visible_ids()) & contact.c.account_id.in_(accounts)
        query = select(contact).where(mine).order_by(contact.c.account_id, contact.c.name)
        return await self._all(query, _contact)

    async def visits(self, account_id: str) -> Sequence[Visit]:
        """The confirmed visits of a visible account that the viewer may read, newest first."""
        newest = (visit.c.met_on.desc(), visit.c.confirmed_at.desc())
        query = self._told(visit, visit.c.account_id == account_id).order_by(*newest)
        return await self._all(query, self._visit)

    async def case_sharing(self) -> CaseSharing:
        """What of its visits the viewer's team lets everybody in it find."""
        return await self._database.run(lambda connection: sharing_of(connection, self._viewer.team))

    async def findings(self, account_id: str) -> Sequence[Finding]:
        """What visits told of a visible account, the latest first; quotes for their author alone."""
        return await self._findings(finding.c.account_id == account_id)

    async def _findings(self, *conditions: ColumnElement[bool]) -> Sequence[Finding]:
        query = self._told(finding, *conditions).order_by(*NEWEST_FINDINGS)
        return await self._all(query, lambda row: self._unquoted(finding_from_row(row)))

    async def opportunity(self, account_id: str) -> Opportunity:
        """How the deal with a visible account stands and how it got there; quotes for their author alone."""
        query = self._told(opportunity_change, opportunity_change.c.account_id == account_id).order_by(*NEWEST_CHANGES)
        return opportunity_of(await self._all(query, lambda row: self._unquoted(change_from_row(row))))

    async def team_list(self) -> AccountBook:
        """The team's accounts and people for managers and admins, for a rep those he sees."""
        shown = self._visible_accounts()
        if self._viewer.role is not Role.REP:
            shown = select(account).where(account.c.team_id == self._viewer.team, account.c.merged_into.is_(None))
        people = select(contact).where(contact.c.account_id.in_(shown.with_only_columns(account.c.id)))
        return AccountBook(tuple(await self._all(shown, _account)), tuple(await self._all(people, _contact)), (), ())

    async def account_book(self) -> AccountBook:
        """Everything the viewer may see of accounts."""
        mine = self._visible_ids()
        accounts = await self.accounts()
        people = select(contact).where(contact.c.account_id.in_(mine)).order_by(contact.c.account_id, contact.c.name)
        visits = self._told(visit).order_by(visit.c.met_on.desc(), visit.c.id)
        owed = _commitments.where(self._may_see(commitment)).order_by(commitment.c.due, commitment.c.id)
        return AccountBook(
            tuple(accounts),
            tuple(await self._all(people, _contact)),
            tuple(await self._all(visits, self._visit)),
            tuple(await self._all(owed, _commitment)),
            tuple(await self._findings()),
        )

    async def commitments(self, *, account_id: str = "", draft_id: str = "") -> Sequence[Commitment]:
        """Open commitments by due day: the viewer's own (of one draft), or those of an account that he may read."""
        of_account = (commitment.c.account_id == account_id) & self._may_see(commitment)
        mine = of_account if account_id else commitment.c.rep_id == self._viewer.rep
        if draft_id:
            mine &= commitment.c.visit_id.in_(select(visit.c.id).where(visit.c.draft_id == draft_id))
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

    async def open_drafts(self) -> Sequence[Draft]:
        """The viewer's own open drafts, the last changed first."""
        mine = (draft.c.rep_id == self._viewer.rep) & (draft.c.status == "open") & (draft.c.words != "")
        return await self._all(select(draft).where(mine).order_by(draft.c.changed_at.desc()), _draft)

    async def changes(self) -> Sequence[Change]:
        """What the viewer changed, the newest first."""
        mine = select(change).where(change.c.rep_id == self._viewer.rep).order_by(change.c.at.desc(), change.c.id)
        return await self._all(mine.limit(_CHANGES), _change)

    async def has_saved_since(self, moment: datetime) -> bool:
        """True when the viewer confirmed a visit since then."""
        mine = (visit.c.rep_id == self._viewer.rep) & (visit.c.confirmed_at >= moment)
        return bool(await self._all(select(visit.c.id).where(mine).limit(1), lambda row: row.id))

    async def practice(self, practice_id: str) -> State | None:
        """The state of a practice of the viewer's own."""
        mine = (practice.c.id == practice_id) & (practice.c.rep_id == self._viewer.rep)
        return _one(await self._all(select(practice.c.state).where(mine), lambda row: dict(row.state)))

    async def kept_file(self, file_id: str) -> KeptFile | None:
        """A voice note or photo of the viewer's own."""
        return _one(await self._all(files_of(self._viewer.rep).where(kept_file.c.id == file_id), file_from_row))

    async def kept_files(self) -> Sequence[KeptFile]:
        """The viewer's own voice notes and photos, the oldest first."""
        return await self._all(files_of(self._viewer.rep), file_from_row)

    async def content_of(self, file_id: str) -> bytes | None:
        """The content of one of them, None where it still lies with its channel."""
        mine = (kept_file.c.id == file_id) & (kept_file.c.rep_id == self._viewer.rep)
        return _one(await self._all(select(kept_file.c.content).where(mine), lambda row: row.content))

    async def drawn_pictures(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What was drawn for the viewer, by key."""
        return await self._database.run(lambda connection: pictures_for(connection, self._viewer.rep, keys))

    async def past_scores(self) -> Sequence[PastScore]:
        """What the viewer's own finished practices were worth, the first one first."""
        mine = (practice.c.rep_id == self._viewer.rep) & practice.c.finished_at.is_not(None)
        rows = await self._all(select(practice).where(mine).order_by(practice.c.finished_at), lambda row: row)
        return [_past_score(row) for row in rows if (row.scorecard or {}).get("overall") is not None]

    async def everything_own(self) -> Mapping[str, Sequence[State]]:
        """All that is the viewer's own, by kind."""
        own = {"profile": (rep, rep.c.id), "practice": (practice, practice.c.rep_id), "draft": (draft, draft.c.rep_id)}
        own["commitment"] = (commitment, commitment.c.rep_id)
        return {
            kind: await self._all(select(table).where(column == self._viewer.rep), lambda row: row._asdict())
            for kind, (table, column) in own.items()
        } | {"file": await self._all(files_of(self._viewer.rep), lambda row: row._asdict())}

    def _visible_accounts(self) -> Select[Any]:
        of_team = select(account).where(account.c.team_id == self._viewer.team, account.c.merged_into.is_(None))
        if self._viewer.role is Role.MANAGER:
            return of_team
        told = select(visit.c.account_id).where(visit.c.rep_id == self._viewer.rep)
        return of_team.where((account.c.owner_id == self._viewer.rep) | account.c.id.in_(told))

    def _told(self, table: Table, *conditions: ColumnElement[bool]) -> Select[Any]:
        """What was told of accounts, as far as the viewer may see it."""
        return select(table).where(self._may_see(table), *conditions)

    def _may_see(self, table: Table) -> ColumnElement[bool]:
        """The one rule for visits, findings, commitments and the way of a deal."""
        of_account = self._visible_accounts().where(account.c.id == table.c.account_id).correlate(table)
        return of_account.where(self._may_read(table.c.rep_id)).exists()

    def _may_read(self, author: ColumnElement[str]) -> ColumnElement[bool]:
        """What was told of an account is for its author, for who looks after the account, and for managers."""
        if self._viewer.role is Role.MANAGER:
            return true()
        return (author == self._viewer.rep) | (account.c.owner_id == self._viewer.rep)

    def _visit(self, row: Row[Any]) -> Visit:
        """The words of its author that a note rests on are his alone."""
        note = note_from_json(row.note)
        note = note if row.rep_id == self._viewer.rep else replace(note, evidence={})
        return Visit(row.id, row.account_id, row.rep_id, row.met_on, note, row.confirmed_at)

    def _unquoted(self, one: Told) -> Told:
        return one if one.rep == self._viewer.rep else replace(one, quote="")

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


def _past_score(row: Row[Any]) -> PastScore:
    card = row.scorecard
    return PastScore(row.scenario, row.finished_at, card["overall"], card.get("dimensions", {}))


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, row.owner_id, tuple(row.aliases))


def _contact(row: Row[Any]) -> AccountContact:
    aliases = tuple(row.aliases or ())
    return AccountContact(row.account_id, row.name, row.title, row.role, aliases, row.phone or "", row.mail or "")


def _change(row: Row[Any]) -> Change:
    return Change(row.id, ChangeKind(row.kind), row.subject, row.at, row.undone_at is not None)


def _standing(row: Row[Any]) -> AccountStanding:
    return AccountStanding(_account(row), row.last_met, Stage(row.stage) if row.stage else None)


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
    return with_progress(
        Draft(row.id, row.rep_id, row.words, row.heard_on, notes_from_json(row.notes), row.status), row.progress
    )
