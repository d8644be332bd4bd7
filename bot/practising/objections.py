"""Whether a customer turn carries an objection or a direct question, and how far a rep turn deals with it."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.domain.practice import ObjectionKind, Question, Spin
from bot.practising.cues import has, is_chinese, sentences
from bot.practising.questions import is_question

_ORDER = (
    ObjectionKind.KICKBACK,
    ObjectionKind.PRICE,
    ObjectionKind.DELIVERY,
    ObjectionKind.COMPETITOR,
    ObjectionKind.TRUST,
    ObjectionKind.AUTHORITY,
    ObjectionKind.NEED,
    ObjectionKind.TIMING,
    ObjectionKind.OTHER,
)
_AIMED_ONLY = (ObjectionKind.DELIVERY, ObjectionKind.OTHER)


class Step(StrEnum):
    """The four things that deal with an objection."""

    ACKNOWLEDGE = "acknowledge"
    PROBE = "probe"
    ANSWER = "answer"
    CONFIRM = "confirm"


def objection_in(turn: str, asked: Sequence[Question] = ()) -> ObjectionKind | None:
    """What the customer objects to, if he does; `asked` are the rep's questions that this turn answers."""
    if has("step.accepts", turn[:14]) and not has("objection.contrast", turn):
        return None
    answers = any(question.spin is not Spin.NONE for question in asked)
    found = {kind for sentence in sentences(turn) for kind in _kinds(sentence, answers)}
    return next((kind for kind in _ORDER if kind in found), None)


def asks_directly(turn: str) -> bool:
    """Whether the customer asks the rep something."""
    return any(is_question(sentence) for sentence in sentences(turn))


def steps_in(turn: str, questions: Sequence[Question], kind: ObjectionKind | None) -> frozenset[Step]:
    """The steps a rep turn takes with an objection."""
    steps: set[Step] = set()
    if has("handling.acknowledge", turn):
        steps.add(Step.ACKNOWLEDGE)
    if any(question.spin is not Spin.NONE or has("handling.clarifies", question.text) for question in questions):
        steps.add(Step.PROBE)
    if answers_with_evidence(turn):
        steps.add(Step.ANSWER)
    if has("handling.confirm", turn) or _offers_step(questions):
        steps.add(Step.CONFIRM)
    if kind is ObjectionKind.KICKBACK and has("handling.refuse_kickback", turn):
        steps |= set(Step) if has("handling.alternative", turn) else {Step.ACKNOWLEDGE}
    return frozenset(steps)


def quality(steps: frozenset[Step]) -> int:
    """0 to 3 by the number of steps done so far."""
    return min(3, len(steps))


def answers_with_evidence(turn: str) -> bool:
    """Whether what is said can be checked: a number with a source, a case, a contract, a trial."""
    told = "".join(sentence for sentence in sentences(turn) if not is_question(sentence))
    return has("proof.hard", turn) or (
        has("proof.soft", told) and re.search(r"\d|[一二三四五六七八九十两]成", told) is not None
    )


def touches(turn: str, customer: str) -> bool:
    """Whether a rep turn speaks of what the customer just said."""
    return bool(_content(turn) & _content(customer))


def evades(turn: str, customer: str, steps: frozenset[Step], *, objects: bool) -> bool:
    """Whether the rep passes over the objection or question."""
    if steps or touches(turn, customer):
        return False
    return objects or not has("handling.answer", turn)


def _kinds(sentence: str, answers: bool) -> list[ObjectionKind]:
    aimed = has("objection.aimed", sentence)
    kinds = [kind for kind in _ORDER if has(f"objection.{kind.value}", sentence)]
    if answers:
        kinds = [
            kind for kind in kinds if aimed and kind is not ObjectionKind.AUTHORITY and not _is_told(kind, sentence)
        ]
    return [kind for kind in kinds if aimed or kind not in _AIMED_ONLY]


def _is_told(kind: ObjectionKind, sentence: str) -> bool:
    """Answers tell of suppliers, plans and worries; only what turns against the rep is an objection."""
    at_rep = has("objection.at_rep", sentence)
    return kind is not ObjectionKind.KICKBACK and kind is not ObjectionKind.PRICE and not at_rep


def _offers_step(questions: Sequence[Question]) -> bool:
    return any(question.spin is Spin.NONE and has("step.date", question.text) for question in questions)


_EMPTY = re.compile(r"[你我您他她它们的了吗呢吧啊是在有就都也不要会能说这那个什么怎么可以]")
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
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
