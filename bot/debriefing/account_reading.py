"""An account as the viewer may see it, read together with how healthy its deal is today."""

from dataclasses import replace
from datetime import date

from bot.debriefing.deal_changes import changes_by
from bot.debriefing.deal_health import DealFacts, diagnosed
from bot.debriefing.findings import Visited, findings_in, judged
from bot.domain.account import Account
from bot.domain.account_record import AccountRecord
from bot.domain.opportunity import OpportunityChange
from bot.domain.rep import Role
from bot.domain.writes import ConfirmedVisit
from bot.ports import Repository


async def record_of(repository: Repository, account: Account, today: date) -> AccountRecord:
    """Everything the viewer may see of this account; how healthy its deal is only for who sees all of it."""
    visits = tuple(await repository.visits(account.id))
    findings = tuple(await repository.findings(account.id))
    deal = await repository.opportunity(account.id)
    contacts = tuple(await repository.contacts([account.id]))
    commitments = tuple(await repository.commitments(account_id=account.id))
    viewer = repository.viewer
    record = AccountRecord(
        account=account,
        today=today,
        contacts=contacts,
        visits=visits,
        commitments=commitments,
        findings=findings,
        deal=deal,
        is_whole=viewer.role is Role.MANAGER or account.owner == viewer.rep,
        names={one.id: one.name for one in await repository.members() if one.id != viewer.rep},
    )
    return replace(record, diagnosis=diagnosed(_facts(record))) if visits and record.is_whole else record


async def changes_to_come(
    repository: Repository, confirmed: ConfirmedVisit, words: str, today: date
) -> tuple[OpportunityChange, ...]:
    """How the deal is going to change when this visit, told in these words, is saved; as far as the viewer may see."""
    account = await repository.account(confirmed.account)
    known = Account("", confirmed.account, repository.viewer.rep)
    record = await record_of(repository, account, today) if account else AccountRecord(known, today)
    visited = Visited(
        visit=confirmed.id,
        account=record.account.id,
        rep=repository.viewer.rep,
        met_on=confirmed.met_on,
        note=confirmed.note,
        words=words,
    )
    return changes_by(visited, record.deal, _facts_with(record, confirmed, visited))


def _facts(record: AccountRecord) -> DealFacts:
    last = record.visits[0]
    return DealFacts(
        stage=record.deal.stage,
        today=record.today,
        last_met=last.met_on,
        sentiment=last.note.sentiment,
        findings=record.findings,
        roles=frozenset(contact.role for contact in record.contacts),
        owed=tuple((one.who, one.due) for one in record.commitments),
    )


def _facts_with(record: AccountRecord, confirmed: ConfirmedVisit, visited: Visited) -> DealFacts:
    before = _facts(record) if record.visits else DealFacts(record.deal.stage, confirmed.met_on)
    told = sorted([*reversed(record.findings), *findings_in(visited)], key=lambda one: one.met_on)
    is_last = before.last_met is None or confirmed.met_on >= before.last_met
    return replace(
        before,
        today=confirmed.met_on,
        last_met=confirmed.met_on if is_last else before.last_met,
        sentiment=confirmed.note.sentiment if is_last else before.sentiment,
        findings=judged(told)[::-1],
        roles=before.roles | {contact.role.value for contact in confirmed.note.contacts},
        owed=(*before.owed, *((one.who, one.due) for one in confirmed.commitments)),
    )
