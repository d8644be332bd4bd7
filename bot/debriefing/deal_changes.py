"""What a visit changes in a deal: stage, amount, health."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.debriefing.deal_health import DealFacts, deal_rules, diagnosed
from bot.debriefing.evidence import quoted
from bot.debriefing.findings import Visited
from bot.domain.opportunity import Aspect, Opportunity, OpportunityChange
from bot.domain.visit import Stage, VisitNote


def changes_by(visited: Visited, deal: Opportunity, after: DealFacts) -> tuple[OpportunityChange, ...]:
    """How the deal changes with this visit; `after` are the facts with the visit in them, still of the old stage."""
    return tuple(
        replace(change, id=f"{visited.visit}-{change.aspect.value}") for change in _changes(visited, deal, after)
    )


def moved(stage: Stage | None, told: Stage | None) -> Stage | None:
    """Where a deal stands after a visit that told this stage: further on, or aside, never back."""
    if told is None or stage is None:
        return told or stage
    way = deal_rules()["way"]
    before, after = stage.name.lower(), told.name.lower()
    if before not in way or after not in way:
        return told
    return told if way.index(after) > way.index(before) else stage


def stage_meant(text: str) -> Stage | None:
    """The stage these words name last, by its name or as reps call it; None for none."""
    found = [
        (match.end(), stage)
        for stage in Stage
        for word in (stage.value, *deal_rules()["stage_words"][stage.name.lower()])
        for match in re.finditer(re.escape(word), text, re.IGNORECASE)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def plain_amount(amount: float | None) -> str:
    """Yuan as a change of a deal keeps them, "" for unknown."""
    return "" if amount is None else repr(amount)


def _changes(visited: Visited, deal: Opportunity, after: DealFacts) -> Iterator[OpportunityChange]:
    note = visited.note
    stage = moved(deal.stage, note.stage)
    if stage is not None and stage is not deal.stage:
        change = _change(visited, Aspect.STAGE, deal.stage.value if deal.stage else "", stage.value)
        yield replace(change, quote=quoted(note.evidence.get("/stage", ""), visited.words) or "")
    amount, last = _amount(note), deal.last(Aspect.AMOUNT)
    is_news = last is None or visited.met_on >= last.on
    if amount is not None and amount != deal.amount_cny and is_news:
        yield _change(visited, Aspect.AMOUNT, plain_amount(deal.amount_cny), plain_amount(amount))
    diagnosis = diagnosed(replace(after, stage=stage))
    if diagnosis.health is not deal.health or set(diagnosis.reasons) != set(deal.reasons):
        change = _change(visited, Aspect.HEALTH, deal.health.value if deal.health else "", diagnosis.health.value)
        yield replace(change, reasons=diagnosis.reasons)


def _change(visited: Visited, aspect: Aspect, before: str, after: str) -> OpportunityChange:
    return OpportunityChange(
        id="",
        account=visited.account,
        visit=visited.visit,
        rep=visited.rep,
        on=visited.met_on,
        aspect=aspect,
        before=before,
        after=after,
    )


def _amount(note: VisitNote) -> float | None:
    return float(note.budget.amount_cny) if note.budget and note.budget.amount_cny is not None else None
