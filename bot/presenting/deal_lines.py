"""How a deal stands and how it moved, a line each."""

from collections.abc import Sequence

from bot.domain.opportunity import Aspect, Diagnosis, Health, OpportunityChange
from bot.domain.rich_text import RichText
from bot.domain.visit import Stage
from bot.wording.phrasebook import Phrasebook

_WORST_FIRST = (Health.RED, Health.AMBER, Health.GREEN)


def change_lines(changes: Sequence[OpportunityChange], words: Phrasebook) -> list[RichText]:
    """What changed, stage and amount first, a health only where its colour did."""
    shown = [one for one in changes if one.before != one.after]
    return [change_line(one, words) for one in sorted(shown, key=lambda one: list(Aspect).index(one.aspect))]


def moved_lines(account: str, changes: Sequence[OpportunityChange], words: Phrasebook) -> list[RichText]:
    """How a deal that was there before moved, under the account's name where several are told at once."""
    lines = change_lines([one for one in changes if one.before], words)
    return [words.say("record.topic", topic=account, text=line) for line in lines] if account else lines


def change_line(change: OpportunityChange, words: Phrasebook) -> RichText:
    """One change from what to what; a health with what weighs on it."""
    after = _shown(change.aspect, change.after, words)
    if change.aspect is Aspect.HEALTH:
        reasons = reasons_text(change.reasons, words, days=0)
        way = _way(change)
        if not reasons:
            return words.say(f"deal.health_{way}", after=after)
        return words.say(f"deal.health_{way}_because", after=after, reasons=reasons)
    if not change.before:
        return words.say(f"deal.{change.aspect.value}_first", after=after)
    return words.say(
        f"deal.{change.aspect.value}_moved", before=_shown(change.aspect, change.before, words), after=after
    )


def health_line(diagnosis: Diagnosis, noted: Health | None, words: Phrasebook, *, days: int) -> RichText:
    """How the deal is today, `days` since anybody was there; said to be sinking when it was better when last noted."""
    colour = words.plain(f"deal.{diagnosis.health.value}")
    reasons = reasons_text(diagnosis.reasons, words, days=days)
    if not reasons:
        return words.say("deal.health", after=colour)
    sinks = noted is not None and _WORST_FIRST.index(diagnosis.health) < _WORST_FIRST.index(noted)
    return words.say("deal.health_down_because" if sinks else "deal.health_because", after=colour, reasons=reasons)


def stage_text(stage: Stage, words: Phrasebook) -> str:
    """A stage by its name."""
    return words.plain(f"stage.{stage.name.lower()}")


def reasons_text(reasons: Sequence[str], words: Phrasebook, *, days: int) -> str:
    """What weighs on a deal, in one phrase."""
    said = [words.plain(f"deal.reason_{reason}", days=days) for reason in reasons]
    return words.plain("deal.comma").join(said)


def _way(change: OpportunityChange) -> str:
    if not change.before:
        return "first"
    before, after = (_WORST_FIRST.index(Health(one)) for one in (change.before, change.after))
    return "up" if after > before else "down"


def _shown(aspect: Aspect, value: str, words: Phrasebook) -> str:
    match aspect:
        case Aspect.STAGE:
            return stage_text(Stage(value), words)
        case Aspect.AMOUNT:
            return words.money(float(value))
        case Aspect.HEALTH:
            return words.plain(f"deal.{value}")
