"""What other programs hear of visits."""

from datetime import timedelta
from enum import StrEnum

POST = "post_webhook"
"""The job that delivers an event."""
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=8),
    timedelta(hours=10),
)
"""How long after each failed try the next one comes: a day and an hour in all."""


class Event(StrEnum):
    """What happened to a visit."""

    SAVED = "visit.saved"
    WITHDRAWN = "visit.withdrawn"
