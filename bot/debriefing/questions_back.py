# ruff: noqa: E501 - patterns are read whole, one to a line
"""Which open points of a note are worth asking about: at most two, those that matter most at this stage."""

from collections.abc import Collection
from enum import StrEnum

from bot.domain.visit import BudgetStatus, Role, Stage, VisitNote

MOST = 2


class OpenPoint(StrEnum):
    """A point of a note that can be asked back; the words are in `wording`."""

    ACCOUNT = "account"
    CONTACT = "contact"
    NEED = "need"
    PAIN = "pain"
    BUDGET = "budget"
    AUTHORITY = "authority"
    TIMELINE = "timeline"
    PROCESS = "decision_process"
    CRITERIA = "decision_criteria"
    COMPETITOR = "competitor"
    CHAMPION = "champion"
    NEXT_STEP = "next_step"
    NEXT_STEP_DAY = "next_step_day"
    LOSS_REASON = "loss_reason"
    AMOUNT = "amount"


_P = OpenPoint
_EARLY = (_P.PAIN, _P.NEED, _P.NEXT_STEP, _P.AUTHORITY, _P.TIMELINE, _P.BUDGET, _P.NEXT_STEP_DAY)
_MIDDLE = (_P.AUTHORITY, _P.BUDGET, _P.NEXT_STEP, _P.CRITERIA, _P.TIMELINE, _P.COMPETITOR, _P.NEXT_STEP_DAY)
_LATE = (_P.AUTHORITY, _P.PROCESS, _P.COMPETITOR, _P.NEXT_STEP, _P.CRITERIA, _P.CHAMPION, _P.TIMELINE, _P.BUDGET)
_CLOSING = (_P.NEXT_STEP, _P.TIMELINE, _P.AUTHORITY, _P.AMOUNT, _P.NEXT_STEP_DAY)
_AFTER = (_P.NEXT_STEP, _P.NEXT_STEP_DAY, _P.CONTACT)
_WORTH: dict[Stage | None, tuple[OpenPoint, ...]] = {
    None: (_P.NEXT_STEP, _P.BUDGET, _P.AUTHORITY, _P.TIMELINE, _P.PAIN, _P.NEXT_STEP_DAY),
    Stage.FIRST_CONTACT: _EARLY,
    Stage.NEEDS: (_P.BUDGET, _P.AUTHORITY, _P.NEXT_STEP, _P.TIMELINE, _P.PAIN, _P.NEXT_STEP_DAY),
    Stage.SOLUTION: _MIDDLE,
    Stage.TRIAL: (_P.CRITERIA, _P.AUTHORITY, _P.NEXT_STEP, _P.BUDGET, _P.TIMELINE, _P.NEXT_STEP_DAY),
    Stage.QUOTE: _MIDDLE,
    Stage.TENDER: _LATE,
    Stage.NEGOTIATION: _CLOSING,
    Stage.CONTRACT: _CLOSING,
    Stage.DELIVERY: _AFTER,
    Stage.AFTER_SALES: _AFTER,
    Stage.RENEWAL: (_P.BUDGET, _P.NEXT_STEP, _P.AUTHORITY, _P.TIMELINE),
    Stage.LOST: (_P.LOSS_REASON, _P.COMPETITOR),
    Stage.PAUSED: (_P.TIMELINE, _P.NEXT_STEP),
}


def questions_back(note: VisitNote, *, settled: Collection[str] = ()) -> tuple[OpenPoint, ...]:
    """The open points worth asking about, the most valuable first; `settled` were answered, skipped or not discussed."""
    wanted = (_P.ACCOUNT, *_WORTH[note.stage]) if note.account is None else _WORTH[note.stage]
    return tuple(point for point in wanted if point not in settled and _is_open(point, note))[:MOST]


def _is_open(point: OpenPoint, note: VisitNote) -> bool:
    budget = note.budget
    known = {
        _P.ACCOUNT: note.account is not None,
        _P.CONTACT: bool(note.contacts),
        _P.NEED: bool(note.needs),
        _P.PAIN: bool(note.pains or note.metrics),
        _P.BUDGET: budget is not None,
        _P.AMOUNT: budget is not None and (budget.amount_cny is not None or budget.status is BudgetStatus.NONE),
        _P.AUTHORITY: note.authority is not None or any(one.role is Role.DECISION_MAKER for one in note.contacts),
        _P.TIMELINE: note.timeline is not None,
        _P.PROCESS: note.decision_process is not None,
        _P.CRITERIA: bool(note.decision_criteria),
        _P.COMPETITOR: bool(note.competitors),
        _P.CHAMPION: note.champion is not None,
        _P.NEXT_STEP: bool(note.commitments),
        _P.NEXT_STEP_DAY: not note.commitments or any(one.due for one in note.commitments),
        _P.LOSS_REASON: bool(note.objections or note.competitors),
    }
    return not known[point]
