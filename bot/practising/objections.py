"""Whether a customer turn carries an objection or a direct question, and how far a rep turn deals with it."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.domain.practice import ImproperDemand, Question, Resistance, Spin
from bot.domain.visit import ObjectionKind
from bot.practising.cues import has, is_chinese, sentences
from bot.practising.questions import is_question

_ORDER: tuple[Resistance, ...] = (
    ImproperDemand.KICKBACK,
    ObjectionKind.PRICE,
    ObjectionKind.DELIVERY,
    ObjectionKind.COMPETITOR,
    ObjectionKind.TRUST,
    ObjectionKind.AUTHORITY,
    ObjectionKind.NEED,
    ObjectionKind.TIMING,
    ObjectionKind.OTHER,
)
_AIMED_ONLY = (ObjectionKind.DELIVERY,)


class Step(StrEnum):
    """The four things that deal with an objection."""

    ACKNOWLEDGE = "acknowledge"
    PROBE = "probe"
    ANSWER = "answer"
    CONFIRM = "confirm"


def objection_in(turn: str, asked: Sequence[Question] = ()) -> Resistance | None:
    """What the customer objects to, if he does; `asked` are the rep's questions that this turn answers."""
    if has("step.assents", turn) and not has("objection.contrast", turn):
        return None
    explored = tuple(question for question in asked if question.spin is not Spin.NONE)
    found = {kind for sentence in sentences(turn) for kind in _kinds(sentence, explored)}
    return next((kind for kind in _ORDER if kind in found), None)


def asks_directly(turn: str) -> bool:
    """Whether the customer asks the rep something."""
    return any(is_question(sentence) for sentence in sentences(turn))


def steps_in(turn: str, questions: Sequence[Question], kind: Resistance | None) -> frozenset[Step]:
    """The steps a rep turn takes with an objection."""
    steps: set[Step] = set()
    if has("handling.acknowledge", turn):
        steps.add(Step.ACKNOWLEDGE)
    if any(question.spin is not Spin.NONE or has("handling.clarifies", question.text) for question in questions):
        steps.add(Step.PROBE)
    if answers_with_evidence(turn):
        steps.add(Step.ANSWER)
    if any(question.spin is Spin.NONE and _confirms(question.text) for question in questions):
        steps.add(Step.CONFIRM)
    if kind is ImproperDemand.KICKBACK and has("handling.refuse_kickback", turn):
        steps |= set(Step) if has("handling.alternative", turn) else {Step.ACKNOWLEDGE}
    return frozenset(steps)


def quality(steps: frozenset[Step]) -> int:
    """0 to 3 by the number of steps done so far."""
    return min(3, len(steps))


def answers_with_evidence(turn: str) -> bool:
    """Whether what is told can be checked: a case, a record, a contract, a trial, or an answer with figures."""
    told = " ".join(sentence for sentence in sentences(turn) if not is_question(sentence))
    if has("proof.hard", turn):
        return True
    return (has("proof.soft", told) or has("handling.answer", told)) and has("handling.figure", told)


def touches(turn: str, customer: str) -> bool:
    """Whether a rep turn speaks of what the customer just said."""
    return bool(_content(turn) & _content(customer))


def evades(turn: str, customer: str, steps: frozenset[Step], *, objects: bool) -> bool:
    """Whether the rep passes over the objection or question and talks of something else."""
    if steps or touches(turn, customer) or has("handling.farewell", turn):
        return False
    return objects or not has("handling.answer", turn)


def _kinds(sentence: str, explored: Sequence[Question]) -> list[Resistance]:
    if has("objection.relieved", sentence):
        return []
    aimed = has("objection.aimed", sentence)
    kinds = [kind for kind in _ORDER if has(f"objection.{kind.value}", sentence)]
    if explored:
        return [kind for kind in kinds if not _only_tells(kind, sentence, explored)]
    return [kind for kind in kinds if aimed or kind not in _AIMED_ONLY]


def _only_tells(kind: Resistance, sentence: str, explored: Sequence[Question]) -> bool:
    """Answers tell of suppliers, plans and worries; only what turns against the rep is an objection."""
    if kind is ImproperDemand.KICKBACK or has("objection.at_rep", sentence):
        return False
    if kind is ObjectionKind.PRICE:
        return not has("objection.price_plain", sentence)
    if kind is ObjectionKind.AUTHORITY:
        return any(has("bant.asked_authority", q.text) for q in explored) or not has("objection.powerless", sentence)
    if kind is ObjectionKind.NEED:
        return any(q.spin is Spin.PROBLEM for q in explored)
    return not has("objection.resists", sentence)


def _confirms(text: str) -> bool:
    return has("handling.confirm", text) or has("none.confirmation", text) or has("step.date", text)


_EMPTY = re.compile(r"[你我您他她它们的了吗呢吧啊是在有就都也不要会能说这那个什么怎么可以]")
_TELLING = frozenset("贵价钱慢快坏修赔换质保期货证停断乱险")
_STOP = frozenset(
    [
        "that",
        "this",
        "with",
        "have",
        "from",
        "what",
        "when",
        "your",
        "will",
        "would",
        "could",
        "they",
        "them",
        "then",
        "than",
        "been",
        "were",
        "into",
        "about",
        "just",
        "like",
        "some",
        "more",
        "very",
        "really",
        "does",
        "doing",
        "there",
        "here",
        "which",
        "their",
        "said",
        "only",
        "also",
        "well",
        "much",
        "many",
        "make",
        "made",
        "need",
        "want",
        "think",
        "know",
        "take",
        "give",
        "good",
        "sure",
        "okay",
        "right",
        "thing",
        "things",
        "yes",
    ]
)


def _content(text: str) -> frozenset[str]:
    if not is_chinese(text):
        words = re.findall(r"[a-z]{4,}", text.lower())
        return frozenset(word[:6] for word in words if word not in _STOP)
    runs = re.findall(r"[\u4e00-\u9fff]+", _EMPTY.sub(" ", text))
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(pairs | {letter for run in runs for letter in run if letter in _TELLING})
