"""What exactly went wrong with a model: the cause for logs, checks and retries, the reason for the rep."""

from enum import StrEnum

from bot.errors import ModelUnavailable


class Cause(StrEnum):
    """Why a model gave nothing of use."""

    UNREACHABLE = "no connection"
    DROPPED = "the connection dropped"
    BUSY = "too many requests"
    SERVER_ERROR = "the server failed"
    NO_FIRST_WORD = "no first word in time"
    TOO_SLOW = "no end in time"
    KEY = "the key was refused"
    MODEL_MISSING = "there is no such model or address"
    REQUEST_REFUSED = "the request was refused"
    TOO_LONG = "the request is too long"
    EMPTY = "an empty answer"
    GARBLED = "an answer that cannot be read"
    HALF = "an answer cut in the middle"
    WRONG_SHAPE = "an answer of another shape"
    ENDLESS = "an answer without end"
    OVER_BUDGET = "the budget of the day is spent"
    RESTING = "resting after failures"


_REASONS = {
    "unreachable": (Cause.UNREACHABLE, Cause.DROPPED, Cause.BUSY, Cause.SERVER_ERROR),
    "slow": (Cause.NO_FIRST_WORD, Cause.TOO_SLOW),
    "absent": (Cause.KEY, Cause.MODEL_MISSING, Cause.REQUEST_REFUSED, Cause.TOO_LONG),
    "nonsense": (Cause.EMPTY, Cause.GARBLED, Cause.HALF, Cause.WRONG_SHAPE, Cause.ENDLESS),
    "budget": (Cause.OVER_BUDGET,),
    "resting": (Cause.RESTING,),
}
_REASON_OF = {cause: reason for reason, causes in _REASONS.items() for cause in causes}


class ModelTrouble(ModelUnavailable):
    """A ModelUnavailable that knows its cause; the message is the cause alone, never words of a person or a key."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(_REASON_OF[cause])
        self.cause = cause

    def __str__(self) -> str:
        """The cause in English."""
        return str(self.cause)
