"""Findings and changes of deals as rows, and back."""

from typing import Any

from sqlalchemy import Row

from bot.domain.finding import Finding, FindingState, Speaker
from bot.domain.opportunity import Aspect, OpportunityChange
from bot.storage.tables import finding, opportunity_change

NEWEST_FINDINGS = (finding.c.met_on.desc(), finding.c.found_at.desc(), finding.c.id.desc())
NEWEST_CHANGES = (
    opportunity_change.c.changed_at.desc(),
    opportunity_change.c.day.desc(),
    opportunity_change.c.id.desc(),
)


def finding_row(one: Finding) -> dict[str, object]:
    """The columns of a finding."""
    return {
        "id": one.id,
        "account_id": one.account,
        "visit_id": one.visit,
        "rep_id": one.rep,
        "met_on": one.met_on,
        "topic": one.topic,
        "fields": list(one.fields),
        "value": one.value,
        "detail": one.detail,
        "amount_cny": one.amount_cny,
        "day": one.day,
        "quote": one.quote,
        "said_by": one.said_by.value,
        "state": one.state.value,
        "against": one.against,
    }


def finding_from_row(row: Row[Any]) -> Finding:
    """The finding of a row."""
    return Finding(
        id=row.id,
        account=row.account_id,
        visit=row.visit_id,
        rep=row.rep_id,
        met_on=row.met_on,
        topic=row.topic,
        fields=tuple(row.fields),
        value=row.value,
        detail=row.detail,
        amount_cny=row.amount_cny,
        day=row.day,
        quote=row.quote,
        said_by=Speaker(row.said_by),
        state=FindingState(row.state),
        against=row.against,
    )


def change_row(one: OpportunityChange) -> dict[str, object]:
    """The columns of a change; by the rep's word it has no visit."""
    return {
        "id": one.id,
        "account_id": one.account,
        "visit_id": one.visit or None,
        "rep_id": one.rep,
        "day": one.on,
        "aspect": one.aspect.value,
        "before": one.before,
        "after": one.after,
        "reasons": list(one.reasons),
        "quote": one.quote,
    }


def change_from_row(row: Row[Any]) -> OpportunityChange:
    """The change of a row."""
    return OpportunityChange(
        id=row.id,
        account=row.account_id,
        visit=row.visit_id or "",
        rep=row.rep_id,
        on=row.day,
        aspect=Aspect(row.aspect),
        before=row.before,
        after=row.after,
        reasons=tuple(row.reasons),
        quote=row.quote,
    )
