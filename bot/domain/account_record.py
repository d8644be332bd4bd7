"""All that may be shown of one account, and what of it the last visit changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.account import Account, AccountContact, Commitment, Visit
from bot.domain.finding import Finding, FindingState
from bot.domain.opportunity import Diagnosis, Opportunity, OpportunityChange
from bot.domain.visit import Stage


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """Everything of an account, visits and findings newest first, `commitments` the open ones.

    `names` are the reps whose names may be shown, by id; `today` decides what is overdue. It is not `is_whole` for
    who only visited an account that somebody else looks after: he sees what he told himself.
    """

    account: Account
    today: date
    contacts: tuple[AccountContact, ...] = ()
    visits: tuple[Visit, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    findings: tuple[Finding, ...] = ()
    deal: Opportunity = field(default_factory=Opportunity)
    diagnosis: Diagnosis | None = None
    is_whole: bool = True
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def quiet_days(self) -> int:
        """Days since the last visit, 0 before the first."""
        return (self.today - self.visits[0].met_on).days if self.visits else 0


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account in a list: when somebody was there last, and how far the deal is."""

    account: Account
    last_met: date | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What the last visit changed: whom it met first, how the deal moved, what it told anew, confirmed or disputed."""

    on: date
    new_people: tuple[str, ...] = ()
    moves: tuple[OpportunityChange, ...] = ()
    new: tuple[Finding, ...] = ()
    confirmed: tuple[Finding, ...] = ()
    contradicted: tuple[tuple[Finding, Finding | None], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """True when all is as it was."""
        return not (self.new_people or self.moves or self.new or self.confirmed or self.contradicted)


def since_last(record: AccountRecord) -> SinceLast | None:
    """What the last visit changed; None before the second."""
    if len(record.visits) < 2:
        return None
    last, earlier = record.visits[0], record.visits[1:]
    known = {contact.name for visit in earlier for contact in visit.note.contacts}
    told = [one for one in record.findings if one.visit == last.id and one.topic != "contacts"]
    by_id = {one.id: one for one in record.findings}
    told_before = {(one.topic, one.value) for one in record.findings if one.visit != last.id}
    return SinceLast(
        on=last.met_on,
        new_people=tuple(one.name for one in last.note.contacts if one.name not in known),
        moves=tuple(one for one in record.deal.changes if one.visit == last.id and one.before),
        new=tuple(one for one in told if one.state is FindingState.HEARD and (one.topic, one.value) not in told_before),
        confirmed=tuple(one for one in told if one.state is FindingState.CONFIRMED),
        contradicted=tuple((one, by_id.get(one.against)) for one in told if one.state is FindingState.CONTRADICTED),
    )
