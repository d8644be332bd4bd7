"""What rules and language models may propose for a note, and how a model's reply becomes proposals.

A proposal is a claim, never a value: code decides what of it stands.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_FIELD = "none"


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
    RELATION = "relation"


class ClaimField(StrEnum):
    """The fields a model is asked about: what rules alone read least well."""

    NEED = "need"
    PAIN = "pain"
    OBJECTION = "objection"
    COMPETITOR = "competitor"
    AUTHORITY = "authority"
    TIMELINE = "timeline"
    PROCESS = "decision_process"
    CRITERION = "decision_criterion"
    CHAMPION = "champion"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field, in words, with the exact quote it rests on.

    `account` is the account it belongs to, None where there is one only. `details` carries what the field has
    beside its words: title and role of a contact, kind of an objection, who of a commitment, status of a budget, who,
    to whom and kind of a relation.
    """

    field: Field
    value: str
    quote: str
    account: str | None = None
    details: Mapping[str, str] = dataclasses.field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Unread:
    """What the rules could not place of one account: the clauses to ask a model about, in one call."""

    account: str | None
    clauses: tuple[str, ...]

    def numbered(self) -> str:
        """The clauses as numbered lines for the prompt."""
        return "\n".join(f"{number}. {clause}" for number, clause in enumerate(self.clauses, 1))

    def reply_schema(self) -> dict[str, object]:
        """The JSON schema of the reply: for each number the one field its clause speaks of, or none.

        A reply of labels cannot invent words and costs a small model some eight tokens a clause.
        """
        labels = {"type": "string", "enum": [NO_FIELD, *(field.value for field in ClaimField)]}
        numbers = [str(number) for number in range(1, len(self.clauses) + 1)]
        return {
            "title": "labels",
            "type": "object",
            "properties": dict.fromkeys(numbers, labels),
            "required": numbers,
            "additionalProperties": False,
        }


def proposals_from_reply(reply: Mapping[str, object], unread: Unread) -> tuple[Proposal, ...]:
    """The proposals in a model's parsed reply; numbers and labels nobody asked for are left out."""
    labels = {field.value: Field(field.value) for field in ClaimField}
    return tuple(
        Proposal(labels[label], clause, clause, unread.account)
        for number, clause in enumerate(unread.clauses, 1)
        if isinstance(label := reply.get(str(number)), str) and label in labels
    )
