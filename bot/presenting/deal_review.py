"""Looking back on a deal that was lost or won: what was known at each stage, and the questions worth asking now."""

from collections.abc import Sequence

from bot.domain.account_record import AccountRecord
from bot.domain.finding import Finding
from bot.domain.message import Button
from bot.domain.opportunity import Aspect, OpportunityChange
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Role, Stage
from bot.presenting.deal_lines import stage_text
from bot.presenting.finding_lines import finding_text
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import Library

_QUESTIONS = {
    Stage.LOST: (("three-beliefs", "controllable"), ("three-beliefs", "uncontrollable"), ("big-project", "contact")),
    Stage.CONTRACT: (("big-project", "difference"), ("big-project", "relation"), ("three-beliefs", "customer_success")),
}
"""What a review asks, from the library."""
_WHY = ("objections", "competitors", "decision_criteria")
_MOST = 3


def review_of(stage: Stage | None) -> Stage | None:
    """Which review there is of a deal at this stage: of a loss (LOST), of a win (CONTRACT), or none yet."""
    won = (Stage.CONTRACT, Stage.DELIVERY, Stage.AFTER_SALES, Stage.RENEWAL)
    return stage if stage is Stage.LOST else Stage.CONTRACT if stage in won else None


def review_buttons(account: str, stage: Stage | None, words: Phrasebook) -> tuple[Button, ...]:
    """The way to the review of the deal with the account of this id; empty while there is none."""
    review = review_of(stage)
    if review is None or not account:
        return ()
    key = "record.button_review_loss" if review is Stage.LOST else "record.button_review_win"
    return (Button(words.plain(key), f"accounts:review:{account}"),)


def review_page(record: AccountRecord, library: Library, words: Phrasebook) -> RichText:
    """The review: stage by stage what was known then, what weighed, and what to ask."""
    review = review_of(record.deal.stage)
    if review is None:
        return words.say("record.no_review")
    key = "loss" if review is Stage.LOST else "win"
    lines = [words.say(f"record.review_{key}", account=record.account.name)]
    steps = [one for one in reversed(record.deal.changes) if one.aspect is Aspect.STAGE]
    for at, step in enumerate(steps):
        lines += _step(step, steps[at + 1] if at + 1 < len(steps) else None, record, words)
    why = _weighed(record, steps)
    if why:
        lines += [words.say(f"record.why_{key}"), *(_why(one, words) for one in why)]
    asked = [_question(method, field, library, words) for method, field in _QUESTIONS[review]]
    lines += [words.say("record.review_ask"), *(words.say("record.item", text=one) for one in asked)]
    return joined(lines)


def _weighed(record: AccountRecord, steps: Sequence[OpportunityChange]) -> list[Finding]:
    """What was told when it was lost, where anything was; else what weighed before."""
    told = [one for one in record.findings if one.topic in _WHY]
    at_the_end = [one for one in told if steps and steps[-1].after == Stage.LOST and one.met_on >= steps[-1].on]
    return (at_the_end or told)[:_MOST]


def _step(
    step: OpportunityChange, then: OpportunityChange | None, record: AccountRecord, words: Phrasebook
) -> list[RichText]:
    """One stage: when it began, and how many of the fields were known when it ended."""
    until = then.on if then else record.today
    before = [one for one in record.findings if one.met_on <= step.on]
    known = {one.topic for one in before} | {"authority" for one in before if one.detail == Role.DECISION_MAKER}
    is_end = step.after == Stage.LOST and then is None
    told = [one for one in record.findings if step.on <= one.met_on < until and one.topic != "contacts" and not is_end]
    missing = [
        words.plain(f"brief.topic_{topic}")
        for topic in ("authority", "budget", "decision_criteria")
        if topic not in known
    ]
    stage = stage_text(Stage(step.after), words)
    lines = [words.say("record.review_stage", stage=stage, day=words.day(step.on))]
    if missing:
        lines.append(words.say("record.review_missing", topics=words.plain("record.comma").join(missing)))
    return [*lines, *(_why(one, words) for one in told[:_MOST])]


def _why(one: Finding, words: Phrasebook) -> RichText:
    topic = words.plain(f"brief.topic_{one.topic}")
    return words.say("record.topic", topic=topic, text=finding_text(one, words))


def _question(method: str, field: str, library: Library, words: Phrasebook) -> str:
    entry = library.entry(method)
    return entry.text(words.language).fields[field].question if entry else ""
