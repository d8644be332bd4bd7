"""Which points a note tells, and which were asked about on an account and never discussed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.account import Visit
from bot.domain.open_points import OpenPoint
from bot.domain.visit import BudgetStatus, Role, VisitNote


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a visit left open although it was asked about, and the day of that visit."""

    day: date
    points: tuple[OpenPoint, ...]


def left_open(visits: Sequence[Visit]) -> LeftOpen | None:
    """What the latest visit with such points left open and no visit tells; of one account, the newest first."""
    for visit in visits:
        points = [point for point in visit.note.not_discussed if all(is_open(point, one.note) for one in visits)]
        if points:
            return LeftOpen(visit.met_on, tuple(points))
    return None


def is_open(point: OpenPoint, note: VisitNote) -> bool:
    """True while the note says nothing on this point."""
    budget = note.budget
    has_sum = budget is not None and (budget.amount_cny is not None or budget.status is BudgetStatus.NONE)
    has_decider = any(one.role is Role.DECISION_MAKER for one in note.contacts)
    known = {
        OpenPoint.ACCOUNT: note.account is not None,
        OpenPoint.CONTACT: bool(note.contacts),
        OpenPoint.NEED: bool(note.needs),
        OpenPoint.PAIN: bool(note.pains or note.metrics),
        OpenPoint.BUDGET: budget is not None,
        OpenPoint.AMOUNT: has_sum,
        OpenPoint.AUTHORITY: note.authority is not None or has_decider,
        OpenPoint.TIMELINE: note.timeline is not None,
        OpenPoint.PROCESS: note.decision_process is not None,
        OpenPoint.CRITERIA: bool(note.decision_criteria),
        OpenPoint.COMPETITOR: bool(note.competitors),
        OpenPoint.CHAMPION: note.champion is not None,
        OpenPoint.NEXT_STEP: bool(note.commitments),
        OpenPoint.NEXT_STEP_DAY: not note.commitments or any(one.due for one in note.commitments),
        OpenPoint.LOSS_REASON: bool(note.objections),
        OpenPoint.WIN_REASON: bool(note.decision_criteria),
    }
    return not known[point]
