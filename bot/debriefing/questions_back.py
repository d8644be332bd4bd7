"""Which open points of a note are worth asking about: at most two, those that matter most at this stage."""

from collections.abc import Sequence

from bot.domain.open_points import OpenPoint
from bot.domain.points_told import is_open
from bot.domain.visit import Stage, VisitNote

MOST = 2


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


_OF_THE_VISIT = frozenset({_P.ACCOUNT, _P.CONTACT, _P.NEXT_STEP, _P.NEXT_STEP_DAY})
"""What every visit has anew; all else stays known of the account once it was told."""


def questions_back(note: VisitNote, before: Sequence[VisitNote] = ()) -> tuple[OpenPoint, ...]:
    """The open points worth asking about, the most valuable first.

    What the rep said was not discussed is not asked, nor what the account's notes `before` tell already.
    """
    wanted = (_P.ACCOUNT, *_WORTH[note.stage]) if note.account is None else _WORTH[note.stage]
    return tuple(
        point
        for point in wanted
        if point not in note.not_discussed and is_open(point, note) and not _is_known(point, before)
    )[:MOST]


def _is_known(point: OpenPoint, before: Sequence[VisitNote]) -> bool:
    return point not in _OF_THE_VISIT and any(not is_open(point, note) for note in before)
