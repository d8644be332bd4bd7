"""Every error of the bot, one tree.

RidealongError
├── CannotStart            start-up cannot go on; one sentence says what to do
├── WordsForRep            something a rep can cause; carries a wording key
├── LeaseLost              another worker has this conversation now
├── WriteConflict          what a turn wanted to write is no longer true
├── ModelUnavailable       no model answers just now; the reason is for logs and for one honest line
├── UnreadableRecording   a voice note cannot be opened; the reason says why
├── StorageUnavailable     the database does not take our words just now
├── CannotDraw             no picture could be drawn; the words beside it must do
├── NotDelivered           another program did not take what it is told of; tried again, then given up
└── SendingFailed          a channel did not take a reply
    ├── SendLater          … now; try again after a while
    └── SendRefused        … and never will
"""

from collections.abc import Mapping


class RidealongError(Exception):
    """Base of all errors of the bot."""


class CannotStart(RidealongError):
    """The program cannot start; the message is one sentence that says what to do."""


class WordsForRep(RidealongError):
    """A rep asked for something that cannot be; `key` and `slots` are the sentence to answer with."""

    def __init__(self, key: str, slots: Mapping[str, object] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.slots = dict(slots or {})


class LeaseLost(RidealongError):
    """The lease ran out and another worker took the conversation; nothing was written."""


class WriteConflict(RidealongError):
    """Somebody else was faster (an invitation used twice, a name taken); nothing was written."""


class ModelUnavailable(RidealongError):
    """A language or speech model is away, slow, over budget or talks nonsense; `reason` is one word of those kinds.

    Reasons: "unreachable", "slow", "budget", "nonsense", "resting" (the circuit breaker is open), "absent".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreadableRecording(RidealongError):
    """A recording cannot be listened to; `reason` is "broken", "no_sound" or "too_long"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StorageUnavailable(RidealongError):
    """The database is locked, full or away; nothing was written, the same call may succeed later."""


class CannotDraw(RidealongError):
    """The process that draws failed or took too long; what the picture shows is also there in words."""


class NotDelivered(RidealongError):
    """The address of the web-hook is away or refused an event; the work is tried again for a day."""


class SendingFailed(RidealongError):
    """A reply did not reach its channel."""


class SendLater(SendingFailed):
    """The channel asks for patience; `after` is seconds, None when the channel named no time."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class SendRefused(SendingFailed):
    """The channel will never take this reply (blocked, malformed, too old)."""
