"""A rep's own word on how far a deal is, and taking it back."""

from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select

from bot.debriefing.deal_health import diagnosed
from bot.domain.opportunity import Aspect, OpportunityChange
from bot.domain.rep import Role, Viewer
from bot.domain.writes import CorrectStage, TakeBackStage
from bot.errors import WriteConflict
from bot.storage.after_saving import deal_of, facts_of, judge_anew
from bot.storage.finding_rows import change_row
from bot.storage.occasion import Occasion
from bot.storage.tables import account, opportunity_change, visit


def correct_stage(connection: Connection, write: CorrectStage, occasion: Occasion) -> None:
    """The stage as the rep says, and the health that follows; who sees an account may correct its deal."""
    viewer, now = occasion.viewer, occasion.now
    _check_visible(connection, write.account, viewer)
    deal, day = deal_of(connection, write.account), write.on
    stage = OpportunityChange(
        id=write.correction,
        account=write.account,
        visit="",
        rep=viewer.rep,
        on=day,
        aspect=Aspect.STAGE,
        before=deal.stage.value if deal.stage else "",
        after=write.stage.value,
    )
    facts = facts_of(connection, write.account, judge_anew(connection, write.account), day)
    diagnosis = diagnosed(replace(facts, stage=write.stage, last_met=None))
    health = replace(
        stage,
        id=f"{write.correction}-health",
        aspect=Aspect.HEALTH,
        before=deal.health.value if deal.health else "",
        after=diagnosis.health.value,
        reasons=diagnosis.reasons,
    )
    for change in (stage, health):
        connection.execute(insert(opportunity_change).values(**change_row(change), changed_at=now))


def take_back_stage(connection: Connection, write: TakeBackStage, occasion: Occasion) -> None:
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
