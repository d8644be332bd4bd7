"""What the memory holds of an account when a visit is prepared."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.account import AccountContact, Commitment
from bot.domain.finding import Finding, FindingState, current_of
from bot.domain.method_fields import fields_of_role
from bot.domain.points_told import LeftOpen


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What is known of one account; everything but the name may be missing.

    `person` is whom the rep is going to see, as he said it. `stage` is shown as it is. `findings` the latest first.
    """

    account: str
    person: str = ""
    stage: str = ""
    contacts: tuple[AccountContact, ...] = ()
    findings: tuple[Finding, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    left_open: LeftOpen | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two visits that say different things of one topic; `earlier` is None where the viewer may not see it."""

    later: Finding
    earlier: Finding | None


def known_of(facts: AccountFacts) -> tuple[Finding, ...]:
    """Everything that holds, the latest first, each value once; what visits differ on is disputed instead."""
    return tuple(one for one in current_of(facts.findings) if one.state is not FindingState.CONTRADICTED)


def disputes_of(facts: AccountFacts) -> tuple[Dispute, ...]:
    """What visits differ on."""
    by_id = {one.id: one for one in facts.findings}
    disputed = (one for one in current_of(facts.findings) if one.state is FindingState.CONTRADICTED)
    return tuple(Dispute(one, by_id.get(one.against)) for one in disputed)


def fields_filled(facts: AccountFacts, known: Sequence[Finding]) -> frozenset[str]:
    """The fields of methods, as `method.field`, about which something is known."""
    by_role = (field for contact in facts.contacts for field in fields_of_role(contact.role))
    return frozenset([*(field for one in known for field in one.fields), *by_role])
