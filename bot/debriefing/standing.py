"""Where the deal stands and how the customer feels about it, where the words tell."""

import re
from collections.abc import Iterator, Sequence

from bot.debriefing.clauses import Clause
from bot.debriefing.cues import cue
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.wordings import says
from bot.domain.visit import Sentiment, Stage

FURTHEST_FIRST = (
    Stage.LOST,
    Stage.PAUSED,
    Stage.RENEWAL,
    Stage.AFTER_SALES,
    Stage.DELIVERY,
    Stage.CONTRACT,
    Stage.NEGOTIATION,
    Stage.TENDER,
    Stage.QUOTE,
    Stage.TRIAL,
    Stage.SOLUTION,
    Stage.NEEDS,
    Stage.FIRST_CONTACT,
)
_BRUSHED_OFF = re.compile(r"(?:不|没|没有|\bnot|n't)\s?(?:太|很|怎么|\w+ )?$")


def gives_away(stage: Stage, words: str) -> bool:
    """True where the words carry a cue of that stage."""
    return says(f"stage_{stage.name.lower()}", words)


def stage_in(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """The furthest stage that a clause gives away."""
    order = list(FURTHEST_FIRST)
    if any(says("first_visit", clause.text) for clause in clauses):
        order.sort(key=lambda stage: stage is not Stage.FIRST_CONTACT)
    for stage in order:
        for clause in clauses:
            if gives_away(stage, clause.text):
                yield Proposal(Field.STAGE, stage.value, clause.text)
                return
    wish = next((clause for clause in clauses if says("need", clause.text)), None)
    hurt = wish or next((clause for clause in clauses if says("pain", clause.text)), None)
    if hurt is not None:
        yield Proposal(Field.STAGE, Stage.NEEDS.value, hurt.text)


def sentiment_in(text: str) -> Sentiment:
    """The customer's attitude by the words; neutral where they balance or say nothing."""
    negative, positive = len(cue("negative").findall(text)), praises_in(text)
    if negative > positive:
        return Sentiment.NEGATIVE
    return Sentiment.POSITIVE if positive > negative else Sentiment.NEUTRAL


def praises_in(text: str) -> int:
    """How often the words are friendly, not counting what is denied."""
    return sum(1 for match in cue("positive").finditer(text) if not _BRUSHED_OFF.search(text[: match.start()]))


def clause_that_shows(stage: Stage, clauses: Sequence[Clause]) -> Clause:
    """The clause the stage is best read from: one with its own cue, else the longest."""
    return next((one for one in clauses if gives_away(stage, one.text)), max(clauses, key=lambda one: len(one.text)))
