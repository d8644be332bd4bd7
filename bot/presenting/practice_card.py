"""A practice on a phone: what it is judged by before it starts, and the scorecard at its end."""

from collections.abc import Iterator, Mapping

from bot.domain.practice import LARGEST, Check, Dimension, Fix, Scorecard
from bot.domain.rich_text import RichText, joined
from bot.wording.phrasebook import Phrasebook

_QUOTED = 60
ASKED = frozenset({"got_budget", "got_authority", "got_timeline"})
"""Checks that fail with a quote when the rep asked and the customer did not tell."""


def card_of(card: Scorecard, check_names: Mapping[str, str], drills: Mapping[str, str], words: Phrasebook) -> RichText:
    """The scorecard: points, what went well and what did not with the rep's own words, and what to do next."""
    points = [_dimension(dimension, got, words) for dimension, got in card.dimensions.items() if got is not None]
    head = [words.say("practice.overall", points=card.overall), *points]
    if card.penalty:
        head.append(words.say("practice.penalty", points=card.penalty))
    checks = list(_checks(card, check_names, words))
    fixes = [_fix(fix, check_names, drills, words) for fix in card.fixes]
    phases = words.say(
        "practice.phases",
        trust=card.phases.trust,
        need=card.phases.need,
        explanation=card.phases.explanation,
        closing=card.phases.closing,
    )
    return joined([joined(head), joined(checks), *fixes, phases], "\n\n")


def _dimension(dimension: Dimension, points: int, words: Phrasebook) -> RichText:
    name = words.say(f"practice.{dimension.value}")
    return words.say("practice.dimension", name=name, points=points, most=LARGEST[dimension])


def _checks(card: Scorecard, names: Mapping[str, str], words: Phrasebook) -> Iterator[RichText]:
    """What went well, then what did not: each with the rep's words, and in one line what has none."""
    for passed in (True, False):
        alike = [check for check in card.checks if check.id in names and check.passed is passed]
        yield from (_quoted(check, names[check.id], words) for check in alike if check.quote)
        if bare := [names[check.id] for check in alike if not check.quote]:
            yield words.say(f"practice.{_outcome(passed)}", name=words.plain("practice.comma").join(bare))


def _quoted(check: Check, name: str, words: Phrasebook) -> RichText:
    asked_in_vain = not check.passed and check.id in ASKED
    key = "asked_only" if asked_in_vain else f"{_outcome(check.passed)}_quote"
    return words.say(f"practice.{key}", name=name, quote=_shortened(check.quote or ""))


def _outcome(passed: bool) -> str:
    return "passed" if passed else "failed"


def _fix(fix: Fix, names: Mapping[str, str], drills: Mapping[str, str], words: Phrasebook) -> RichText:
    lines = [words.say("practice.fix", name=names.get(fix.check, fix.check))]
    if fix.quote:
        lines.append(words.say("practice.you_said", quote=_shortened(fix.quote)))
    lines.append(words.say("practice.better", line=fix.better))
    if fix.drill in drills:
        lines.append(words.say("practice.drill", task=drills[fix.drill]))
    return joined(lines)


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"
