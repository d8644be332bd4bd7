# ruff: noqa: E501 - patterns are read whole, one to a line
"""Code decides: of all proposals for one account, those whose words are in the message become values of the note."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.debriefing.dates import Leaning, dates_in, day_meant
from bot.debriefing.evidence import place_of
from bot.debriefing.money import Amount, amounts_in
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.sums import is_counted
from bot.debriefing.timing import visit_day
from bot.domain.visit import (
    Budget,
    BudgetStatus,
    Contact,
    Objection,
    ObjectionKind,
    Party,
    Relation,
    RelationKind,
    Role,
    Sentiment,
    Stage,
    Timeline,
    VisitCommitment,
    VisitNote,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a value must stand on: the message, how it reads without what was taken back, the account's parts, the base date."""

    message: str
    read: str
    spans: tuple[tuple[int, int], ...]
    base: date

    def found(self, proposal: Proposal) -> tuple[str, str] | None:
        """The quote as it stands in the account's own parts, and as it reads; None where it is not there.

        The day of the visit may be told once for all accounts.
        """
        spans = ((0, len(self.message)),) if proposal.field is Field.VISIT_DATE else self.spans
        for text in (self.read, self.message):
            for first, last in spans:
                place = place_of(proposal.quote, text[first:last])
                if place:
                    start, end = first + place[0], first + place[1]
                    return self.message[start:end], self.read[start:end]
        return None


def note_decided(
    account: str | None, account_quote: str | None, proposals: Iterable[Proposal], ground: Ground
) -> VisitNote:
    """The note that the proposals amount to; earlier proposals win over later ones that repeat them."""
    standing = [(proposal, *found) for proposal in proposals if (found := ground.found(proposal))]
    evidence: dict[str, str] = {"/account": account_quote} if account and account_quote else {}

    def listed(field: Field, name: str) -> list[Proposal]:
        kept: list[Proposal] = []
        for proposal, quote, _ in standing:
            if proposal.field is field and proposal.value and not _repeats(proposal, kept):
                evidence[f"/{name}/{len(kept)}"] = quote
                kept.append(proposal)
        return kept

    def single(field: Field, name: str, make: Callable[[Proposal, str], object]) -> object:
        for proposal, quote, read in standing:
            value = make(proposal, read) if proposal.field is field else None
            if value is not None:
                evidence[f"/{name}"] = quote
                return value
        return None

    visit = single(Field.VISIT_DATE, "visit_date", lambda p, q: visit_day(p.value, q, ground.base))
    budget = single(Field.BUDGET, "budget", _budget)
    timeline = single(Field.TIMELINE, "timeline", lambda p, q: Timeline(p.value, _only_day(p, q, ground.base)))
    authority = single(Field.AUTHORITY, "authority", lambda p, q: p.value)
    process = single(Field.PROCESS, "decision_process", lambda p, q: p.value)
    champion = single(Field.CHAMPION, "champion", lambda p, q: p.value)
    stage = single(Field.STAGE, "stage", lambda p, q: Stage(p.value) if p.value in set(Stage) else None)
    mood = next((p.value for p, _, _ in standing if p.field is Field.SENTIMENT), Sentiment.NEUTRAL)
    return VisitNote(
        account=account,
        visit_date=visit if isinstance(visit, date) else None,
        contacts=tuple(_contact(p) for p in listed(Field.CONTACT, "contacts")),
        needs=tuple(p.value for p in listed(Field.NEED, "needs")),
        pains=tuple(p.value for p in listed(Field.PAIN, "pains")),
        metrics=tuple(p.value for p in listed(Field.METRIC, "metrics")),
        objections=tuple(_objection(p) for p in listed(Field.OBJECTION, "objections")),
        competitors=tuple(p.value for p in listed(Field.COMPETITOR, "competitors")),
        budget=budget if isinstance(budget, Budget) else None,
        authority=authority if isinstance(authority, str) else None,
        timeline=timeline if isinstance(timeline, Timeline) else None,
        decision_process=process if isinstance(process, str) else None,
        decision_criteria=tuple(p.value for p in listed(Field.CRITERION, "decision_criteria")),
        champion=champion if isinstance(champion, str) else None,
        commitments=tuple(_commitment(p, ground.base) for p in listed(Field.COMMITMENT, "commitments")),
        relations=tuple(_relation(p) for p in listed(Field.RELATION, "relations")),
        stage=stage if isinstance(stage, Stage) else None,
        sentiment=Sentiment(mood),
        evidence=evidence,
    )


def _repeats(proposal: Proposal, kept: Sequence[Proposal]) -> bool:
    value = re.sub(r"\W", "", proposal.value).lower()
    return any(value in (other := re.sub(r"\W", "", one.value).lower()) or other in value for one in kept)


def _contact(proposal: Proposal) -> Contact:
    return Contact(proposal.value, proposal.details.get("title") or None, Role(proposal.details.get("role", "unknown")))


def _objection(proposal: Proposal) -> Objection:
    return Objection(proposal.value, ObjectionKind(proposal.details.get("kind", "other")))


def _commitment(proposal: Proposal, base: date) -> VisitCommitment:
    due = proposal.details.get("due", "")
    return VisitCommitment(
        Party(proposal.details.get("who", "us")), proposal.value, day_meant(due, base, Leaning.FUTURE) if due else None
    )


def _relation(proposal: Proposal) -> Relation:
    return Relation(proposal.details["who"], proposal.details["to"], RelationKind(proposal.details["kind"]))


def _budget(proposal: Proposal, quote: str) -> Budget | None:
    amounts = amounts_in(quote)
    status = BudgetStatus(proposal.details.get("status", "unknown"))
    if not amounts and status is BudgetStatus.UNKNOWN and not is_counted(quote):
        return None
    return Budget(proposal.value, _own_amount(amounts, quote).yuan if amounts else None, status)


def _own_amount(amounts: Sequence[Amount], quote: str) -> Amount:
    """The first sum after the word for the money, else the first."""
    cut = re.search(r"(?:砍|降|压|减|调)(?:到|成)|批下来", quote)
    later = [amount for amount in amounts if cut and amount.start >= cut.end()]
    if later:
        return later[0]
    word = re.search(r"预算|经费|资金|额度|总价|\bbudget", quote, re.IGNORECASE)
    return next((amount for amount in amounts if word and amount.start >= word.start()), amounts[0])


def _only_day(proposal: Proposal, quote: str, base: date) -> date | None:
    when = proposal.details.get("when")
    if when:
        return day_meant(when, base, Leaning.FUTURE)
    return next((found.day for found in dates_in(quote, base, Leaning.FUTURE)), None)
