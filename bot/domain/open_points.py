"""The points of a visit that can stay open: what may be asked back, skipped, and still be open later."""

from enum import StrEnum


class OpenPoint(StrEnum):
    """A point of a note that can be asked about; its words are in `wording`."""

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
    WIN_REASON = "win_reason"
    AMOUNT = "amount"
