"""What rules and language models may propose for a note, and how a model's reply becomes proposals.

A proposal is a claim, never a value: code decides what of it stands (`decisions.py`).
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


class Field(StrEnum):
    """The fields of a note that can be proposed."""

    VISIT_DATE = "visit_date"
    CONTACT = "contact"
    NEED = "need"
    PAIN = "pain"
    METRIC = "metric"
    OBJECTION = "objection"
    COMPETITOR = "competitor"
    BUDGET = "budget"
    AUTHORITY = "authority"
    TIMELINE = "timeline"
    PROCESS = "decision_process"
    CRITERION = "decision_criterion"
    CHAMPION = "champion"
    COMMITMENT = "commitment"
    STAGE = "stage"
    SENTIMENT = "sentiment"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field, in words, with the exact quote it rests on.

    `account` is the account it belongs to, None where there is one only. `details` carries what the field has
    beside its words: title and role of a contact, kind of an objection, who of a commitment, status of a budget.
    """

    field: Field
    value: str
    quote: str
    account: str | None = None
    details: Mapping[str, str] = dataclasses.field(default_factory=lambda: NOTHING)
