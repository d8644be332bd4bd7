"""What follows in the database when a visit is saved: findings, and how the deal stands."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from bot.debriefing.deal_changes import changes_by
from bot.debriefing.deal_health import DealFacts
from bot.debriefing.findings import Visited, findings_in, judged
from bot.domain.finding import Finding
from bot.domain.opportunity import Opportunity, opportunity_of
from bot.domain.visit import Party, Sentiment
from bot.domain.visit_json import note_from_json
from bot.domain.writes import FindMissing
from bot.storage.finding_rows import (
    NEWEST_CHANGES,
    NEWEST_FINDINGS,
    change_from_row,
    change_row,
    finding_from_row,
    finding_row,
)
from bot.storage.occasion import Occasion
from bot.storage.tables import commitment, contact, draft, finding, opportunity_change, visit


def visit_saved(connection: Connection, visit_id: str, now: datetime) -> None:
    """Keep the findings of a visit just saved, judge those of its account anew, and note how the deal changed."""
    visited = _visited(connection, visit_id)
    _keep_findings(connection, visited, now)
    known = judge_anew(connection, visited.account)
    after = facts_of(connection, visited.account, known, visited.met_on)
    deal = deal_of(connection, visited.account)
    for change in changes_by(visited, deal, after):
        connection.execute(insert(opportunity_change).values(**change_row(change), changed_at=now))


def judge_anew(connection: Connection, account_id: str) -> tuple[Finding, ...]:
    """The account's findings, the latest first, with the states they give each other; for when some came or went."""
    query = select(finding).where(finding.c.account_id == account_id).order_by(*NEWEST_FINDINGS)
    stored = [finding_from_row(row) for row in connection.execute(query)]
    known = tuple(reversed(judged(stored[::-1])))
    for before, after in zip(stored, known, strict=True):
        if before != after:
            values = {"state": after.state.value, "against": after.against}
            connection.execute(update(finding).where(finding.c.id == after.id).values(**values))
    return known


def find_missing(connection: Connection, write: FindMissing, occasion: Occasion) -> None:
    """Findings and changes of visits saved by a program that kept none, in the order they were saved."""
    done = select(finding.c.visit_id).union(
        select(opportunity_change.c.visit_id).where(opportunity_change.c.visit_id.is_not(None))
    )
    missing = select(visit.c.id, visit.c.confirmed_at).where(visit.c.id.not_in(done))
    for row in connection.execute(missing.order_by(visit.c.confirmed_at)).all():
        visit_saved(connection, row.id, row.confirmed_at)


def _visited(connection: Connection, visit_id: str) -> Visited:
    words = select(draft.c.words).where(draft.c.id == visit.c.draft_id).scalar_subquery()
    row = connection.execute(select(visit, words.label("words")).where(visit.c.id == visit_id)).one()
    note = note_from_json(row.note)
    return Visited(row.id, row.account_id, row.rep_id, row.met_on, note, row.words or "")


def _keep_findings(connection: Connection, visited: Visited, now: datetime) -> None:
    rows = [{**finding_row(one), "found_at": now} for one in findings_in(visited)]
    if rows:
        connection.execute(insert(finding), rows)


def facts_of(connection: Connection, account_id: str, known: tuple[Finding, ...], today: date) -> DealFacts:
    """What the health of an account's deal rests on; the stage is left to the caller."""
    latest = connection.execute(
        select(visit.c.met_on, visit.c.note)
        .where(visit.c.account_id == account_id)
        .order_by(visit.c.met_on.desc(), visit.c.confirmed_at.desc())
        .limit(1)
    ).first()
    still_open = (commitment.c.account_id == account_id) & commitment.c.done_at.is_(None)
    owed = connection.execute(select(commitment.c.who, commitment.c.due).where(still_open))
    return DealFacts(
        stage=None,
        today=today,
        last_met=latest.met_on if latest else None,
        sentiment=note_from_json(latest.note).sentiment if latest else Sentiment.NEUTRAL,
        findings=known,
        roles=frozenset(connection.scalars(select(contact.c.role).where(contact.c.account_id == account_id))),
        owed=tuple((Party(row.who), row.due) for row in owed),
    )


def deal_of(connection: Connection, account_id: str) -> Opportunity:
    """How the deal with an account stands."""
    query = select(opportunity_change).where(opportunity_change.c.account_id == account_id).order_by(*NEWEST_CHANGES)
    return opportunity_of([change_from_row(row) for row in connection.execute(query)])
