"""The brief before a visit: what is known, what is open per method, what to ask, how to open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.account_facts import AccountFacts, Dispute, disputes_of, fields_filled, known_of
from bot.coaching.citations import Citation, cited
from bot.coaching.sayings import Saying
from bot.domain.account import Commitment
from bot.domain.finding import Finding
from bot.domain.method_fields import fields_of_point
from bot.domain.points_told import LeftOpen
from bot.domain.visit import Party
from knowledge.library_entries import Library

MOST_QUESTIONS = 5
CHECKED_METHODS = ("meddic", "bant", "downstairs", "six-questions")
"""The methods whose open fields the brief shows, in the order shown."""

_NEED_ORDER = ("spin.situation", "meddic.pain", "spin.implication", "meddic.metrics", "spin.need_payoff")
_FOLLOW_A_PAIN = ("spin.implication", "meddic.metrics", "spin.need_payoff")
_PROCESS_ORDER = (
    "meddic.decision_criteria",
    "meddic.economic_buyer",
    "meddic.decision_process",
    "bant.timeline",
    "bant.budget",
    "meddic.champion",
)
_SAME_QUESTION: Mapping[str, str] = {
    "bant.authority": "meddic.economic_buyer",
    "bant.need": "meddic.pain",
    "downstairs.decision_layer": "meddic.economic_buyer",
    "downstairs.inside_coach": "meddic.champion",
}
_NEED_QUESTIONS = 3
_NEED_QUESTIONS_LATE = 2
_LATE = ("报价", "招投标", "商务谈判", "合同签约", "tender", "evaluation", "negotiation", "招标", "评标", "谈判")
_OPENING = ("rapport", "purpose", "company_team", "success_case")


@dataclass(frozen=True, slots=True)
class Gap:
    """A field of a method about which nothing is known, and the question that finds it."""

    method: str
    method_name: str
    field: str
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """A question to ask, the field it fills, what the customer already said about it, and where the library has it."""

    text: str
    field: str
    about: Finding | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class OpeningStep:
    """One of the four steps of the first ten minutes.

    `about` is what is known that fills it, "" when nothing does; `prepare` is what the rep answers for himself first.
    """

    field: str
    name: str
    prepare: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """All a rep wants to know on the way to a visit. Without records it is a general one: nothing known, all open.

    `disputed` is what visits differ on, to be settled face to face; `aim` what to come home with, in a model's words,
    "" without one; `left_open` what the last visit was to find out and did not; `approved` are approved lines of the
    team's documents on what the customer said.
    """

    account: str
    person: str
    stage: str
    known: tuple[Finding, ...]
    disputed: tuple[Dispute, ...]
    ours: tuple[Commitment, ...]
    theirs: tuple[Commitment, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[BriefQuestion, ...]
    opening: tuple[OpeningStep, ...]
    aim: str = ""
    left_open: LeftOpen | None = None
    approved: tuple[Saying, ...] = ()

    @property
    def is_general(self) -> bool:
        """True when nothing is known about the account."""
        return not (self.known or self.disputed or self.ours or self.theirs)


def brief_of(facts: AccountFacts, library: Library, language: str) -> Brief:
    """The brief for a visit to this account, from its records and the library's methods."""
    known = known_of(facts)
    disputed = disputes_of(facts)
    unsure = frozenset(field for dispute in disputed for field in dispute.later.fields)
    filled = fields_filled(facts, known)
    undone = [one for one in facts.commitments if one.done_at is None]
    ours = tuple(one for one in undone if one.who is Party.US)
    return Brief(
        account=facts.account,
        person=facts.person,
        stage=facts.stage,
        known=known,
        disputed=disputed,
        ours=ours,
        theirs=tuple(one for one in undone if one.who is Party.CUSTOMER),
        gaps=tuple(_gaps(filled | unsure, library, language)),
        questions=_questions(
            _Standing(facts.stage, known, filled - unsure, unsure, facts.left_open), library, language
        ),
        opening=tuple(_opening(known, ours, library, language)),
        left_open=facts.left_open,
    )


def _gaps(filled: frozenset[str], library: Library, language: str) -> Iterator[Gap]:
    for method in CHECKED_METHODS:
        entry = library.entry(method)
        if entry is None:
            continue
        text = entry.text(language)
        for field, asked in text.fields.items():
            key = f"{method}.{field}"
            if key not in filled and _SAME_QUESTION.get(key, key) not in filled:
                yield Gap(method, text.name, field, asked.name, asked.question)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What decides which questions are asked; `unsure` are fields on which visits differ, `left_open` leads."""

    stage: str
    known: Sequence[Finding]
    filled: frozenset[str]
    unsure: frozenset[str]
    left_open: LeftOpen | None = None


def _questions(standing: _Standing, library: Library, language: str) -> tuple[BriefQuestion, ...]:
    """At most five: what was not discussed last time, what visits differ on, then the need before the process, in the
    order of SPIN; late in a deal fewer about the need.
    """
    pain = next((one for one in standing.known if one.topic == "pains"), None)
    wanted = [field for field in _NEED_ORDER if field not in standing.filled and not (pain and field == _NEED_ORDER[0])]
    most = _NEED_QUESTIONS_LATE if any(word in standing.stage.lower() for word in _LATE) else _NEED_QUESTIONS
    unsure = [field for field in _PROCESS_ORDER if field in standing.unsure]
    open_process = [field for field in _PROCESS_ORDER if field not in standing.filled | standing.unsure]
    room = max(most, MOST_QUESTIONS - len(open_process))
    ordered = [*_missed(standing), *unsure, *wanted[:room], *open_process]
    fields = list(dict.fromkeys(ordered))[:MOST_QUESTIONS]
    about = next((field for field in fields if field in _FOLLOW_A_PAIN), "")
    asked = (_question(field, pain if field == about else None, library, language) for field in fields)
    return tuple(question for question in asked if question is not None)


def _missed(standing: _Standing) -> Iterator[str]:
    """One field for each point that was not discussed last time: the one otherwise asked about, else its first."""
    for point in standing.left_open.points if standing.left_open else ():
        fields = [field for field in fields_of_point(point) if field not in standing.filled]
        asked = [field for field in fields if field in (*_NEED_ORDER, *_PROCESS_ORDER)]
        yield from (asked or fields)[:1]


def _question(field: str, about: Finding | None, library: Library, language: str) -> BriefQuestion | None:
    method, _, name = field.partition(".")
    entry = library.entry(method)
    asked = entry.text(language).fields.get(name) if entry else None
    if entry is None or asked is None:
        return None
    return BriefQuestion(asked.question, field, about, cited(asked.question, entry, language))


def _opening(
    known: Sequence[Finding], ours: Sequence[Commitment], library: Library, language: str
) -> Iterator[OpeningStep]:
    """Only what is known fills a step: what the customer said last, what we promised."""
    entry = library.entry("golden-ten")
    fields = entry.text(language).fields if entry else {}
    said = next((one.value for one in known if one.quote and one.topic in ("pains", "needs")), "")
    about = {"rapport": said, "purpose": ours[0].action if ours else ""}
    for field in _OPENING:
        if field in fields:
            yield OpeningStep(field, fields[field].name, fields[field].question, about.get(field, ""))
