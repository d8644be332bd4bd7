"""A rep's own word on how far a deal is and what it is worth, and taking it back."""

from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select

from bot.debriefing.deal_changes import plain_amount
from bot.debriefing.deal_health import diagnosed
from bot.domain.opportunity import Aspect, Opportunity, OpportunityChange
from bot.domain.rep import Role, Viewer
from bot.domain.visit import Stage
from bot.domain.writes import CorrectOpportunity, TakeBackCorrection
from bot.errors import WriteConflict
from bot.storage.after_saving import deal_of, facts_of, judge_anew
from bot.storage.finding_rows import change_row
from bot.storage.occasion import Occasion
from bot.storage.tables import account, opportunity_change, visit


def correct_deal(connection: Connection, write: CorrectOpportunity, occasion: Occasion) -> None:
    """The stage or the amount as the rep says, and the health that follows; who sees the account may say so."""
    viewer, now = occasion.viewer, occasion.now
    _check_visible(connection, write.account, viewer)
    deal = deal_of(connection, write.account)
    before = plain_amount(deal.amount_cny) if write.aspect is Aspect.AMOUNT else deal.stage.value if deal.stage else ""
    corrected = OpportunityChange(
        id=write.correction,
        account=write.account,
        visit="",
        rep=viewer.rep,
        on=write.on,
        aspect=write.aspect,
        before=before,
        after=write.after,
        quote=write.quote,
    )
    changes = [corrected]
    if write.aspect is Aspect.STAGE:
        changes.append(_health_after(connection, corrected, deal))
    for change in changes:
        connection.execute(insert(opportunity_change).values(**change_row(change), changed_at=now))


def _health_after(connection: Connection, corrected: OpportunityChange, deal: Opportunity) -> OpportunityChange:
    """The health of a deal whose stage the rep corrected."""
    facts = facts_of(connection, corrected.account, judge_anew(connection, corrected.account), corrected.on)
    diagnosis = diagnosed(replace(facts, stage=Stage(corrected.after), last_met=None))
    return replace(
        corrected,
        id=f"{corrected.id}-health",
        aspect=Aspect.HEALTH,
        before=deal.health.value if deal.health else "",
        after=diagnosis.health.value,
        reasons=diagnosis.reasons,
        quote="",
    )


def take_back_correction(connection: Connection, write: TakeBackCorrection, occasion: Occasion) -> None:
    """A correction of the viewer's own and the health that followed are gone. Raises WriteConflict for none."""
    change = opportunity_change.c
    ids = change.id.in_([write.correction, f"{write.correction}-health"])
    mine = ids & (change.rep_id == occasion.viewer.rep) & change.visit_id.is_(None)
    if not connection.execute(delete(opportunity_change).where(mine)).rowcount:
        raise WriteConflict("no such correction")


def _check_visible(connection: Connection, account_id: str, viewer: Viewer) -> None:
    of_team = (account.c.id == account_id) & (account.c.team_id == viewer.team)
    told = select(visit.c.account_id).where(visit.c.rep_id == viewer.rep)
    if viewer.role is not Role.MANAGER:
        of_team &= (account.c.owner_id == viewer.rep) | account.c.id.in_(told)
    if connection.execute(select(account.c.id).where(of_team)).first() is None:
        raise WriteConflict("this account is somebody else's")
