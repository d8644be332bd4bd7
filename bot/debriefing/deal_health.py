"""How healthy a deal is, with the reasons, and when an account goes cold; rules and weights are data."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bot.domain.finding import Finding, FindingState, current_of
from bot.domain.opportunity import Diagnosis, Health
from bot.domain.visit import BudgetStatus, Party, Role, Sentiment, Stage

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DealFacts:
    """What the health of a deal rests on; `findings` the latest first, `roles` those of the account's people.

    `owed` are the open commitments: whose, and until when.
    """

    stage: Stage | None
    today: date
    last_met: date | None = None
    sentiment: Sentiment = Sentiment.NEUTRAL
    findings: tuple[Finding, ...] = ()
    roles: frozenset[str] = frozenset()
    owed: tuple[tuple[Party, date | None], ...] = ()


def diagnosed(facts: DealFacts) -> Diagnosis:
    """The health of a deal today."""
    stage = facts.stage.name.lower() if facts.stage else UNKNOWN
    rules = [rule for rule in deal_rules()["reasons"] if _concerns(rule, stage) and _WEIGHS[rule["id"]](facts)]
    weight = sum(rule["weight"] for rule in rules)
    health = Health.RED if weight >= deal_rules()["red"] else Health.AMBER if weight else Health.GREEN
    heaviest = sorted(rules, key=lambda rule: -int(rule["weight"]))
    return Diagnosis(health, tuple(str(rule["id"]) for rule in heaviest))


def is_cold(stage: Stage | None, last_met: date | None, today: date) -> bool:
    """True when nobody has been in touch for as long as this stage bears."""
    return last_met is not None and (today - last_met).days >= quiet_days(stage)


def quiet_days(stage: Stage | None) -> int:
    """The days without contact that an account of this stage bears."""
    return int(deal_rules()["quiet_days"][stage.name.lower() if stage else UNKNOWN])


@cache
def deal_rules() -> Mapping[str, Any]:
    """The rules as they stand in `deal_rules.toml`."""
    return tomllib.loads(files("bot.debriefing").joinpath("deal_rules.toml").read_text("utf-8"))


def _concerns(rule: Mapping[str, Any], stage: str) -> bool:
    return stage in rule["stages"] if rule["stages"] else stage not in deal_rules()["aside"]


def _topic(facts: DealFacts, topic: str) -> list[Finding]:
    return [one for one in current_of(facts.findings) if one.topic == topic]


def _no_decision_maker(facts: DealFacts) -> bool:
    return Role.DECISION_MAKER.value not in facts.roles


def _no_champion(facts: DealFacts) -> bool:
    return Role.COACH.value not in facts.roles and not _topic(facts, "champion")


_WEIGHS: Mapping[str, Callable[[DealFacts], bool]] = {
    "lost": lambda facts: True,
    "paused": lambda facts: True,
    "no_money": lambda facts: any(one.detail == BudgetStatus.NONE for one in _topic(facts, "budget")),
    "quiet": lambda facts: is_cold(facts.stage, facts.last_met, facts.today),
    "negative": lambda facts: facts.sentiment is Sentiment.NEGATIVE,
    "contradicted": lambda facts: any(one.state is FindingState.CONTRADICTED for one in current_of(facts.findings)),
    "no_decision_maker": _no_decision_maker,
    "no_champion": _no_champion,
    "rival": lambda facts: bool(_topic(facts, "competitors")),
    "overdue": lambda facts: any(who is Party.US and due is not None and due < facts.today for who, due in facts.owed),
    "no_next_step": lambda facts: not facts.owed,
}
