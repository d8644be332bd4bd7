"""Every question of a rep's turn with what it is after (SPIN) and its form."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bot.domain.practice import Form, Question, Spin
from bot.practising.cues import clauses, cue, has, is_chinese, sentences

_LEAD_IN = re.compile(
    r"^(?:so|and|but|then|well|ok|okay|now|also|just|sure|right|great|thanks|thank you|understood|i see)[\s,]+",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"^(?:do|does|did|are|is|was|were|have|has|had|can|could|would|will|shall|should|may|might|isn|aren|don|doesn"
    r"|didn|won|wouldn|couldn|any)\b",
    re.IGNORECASE,
)
_WH = re.compile(r"(?<![A-Za-z])(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def questions_in(turn: str) -> tuple[Question, ...]:
    """The questions of a turn in order; each text is a whole sentence of the turn."""
    found = tuple(sentence for sentence in sentences(turn) if is_question(sentence))
    return tuple(
        Question(sentence, spin_of(sentence, _before(turn, sentence)), form_of(sentence)) for sentence in found
    )


def is_question(sentence: str) -> bool:
    """Whether a sentence asks, also without a question mark or as an invitation to tell."""
    if has("question.mark", sentence):
        return True
    if has("question.indefinite", sentence):
        return False
    if has("question.particle", sentence) or has("question.telling", sentence):
        return True
    asks = has("question.words", sentence)
    if asks and has("question.asking", sentence):
        return True
    unmarked = sentence[-1:] not in "。.!！;；"
    if not is_chinese(sentence):
        return unmarked and bool(_AUXILIARY.match(sentence) or _WH.match(_LEAD_IN.sub("", sentence)))
    return asks and unmarked and not has("question.own", sentence)


def spin_of(sentence: str, before: str = "") -> Spin:
    """What the question is after; `before` is the sentence it follows in the same turn."""
    core = _core(sentence)
    whole = f"{before} {sentence}" if _leans_on(before, sentence) else sentence
    if has("payoff.bare", core) and not _fears(sentence):
        return Spin.NEED_PAYOFF
    if _imagines_good(whole, core):
        return Spin.NEED_PAYOFF
    if _is_about_the_talk(core, sentence):
        return Spin.NONE
    if has("implication.people", core):
        return Spin.SITUATION
    if has("implication.consequence", core) or _asks_amount_of_harm(core, sentence) or _follows_harm(core, sentence):
        return Spin.IMPLICATION
    return _of_fact(core, sentence)


def form_of(sentence: str) -> Form:
    """Open, unless yes or no, a number, or one of the choices offered would answer."""
    core = _core(sentence)
    if has("form.invitation", sentence) or has("question.telling", sentence):
        return Form.OPEN
    return _chinese_form(core) if is_chinese(core) else _english_form(sentence, core)


def _chinese_form(core: str) -> Form:
    if has("form.yes_no", core) or has("form.choice", core):
        return Form.CLOSED
    asked_last = max((found.end() for found in cue("form.open").finditer(core)), default=-1)
    if asked_last < 0:
        return Form.CLOSED
    number = max((found.end() for found in cue("form.number").finditer(core)), default=-1)
    return Form.CLOSED if number > asked_last else Form.OPEN


def _english_form(sentence: str, core: str) -> Form:
    if has("form.yes_no", core) or has("form.choice", core):
        return Form.CLOSED
    parts = [_LEAD_IN.sub("", part) for part in clauses(sentence)]
    for part in reversed(parts):
        if _AUXILIARY.match(part):
            return Form.CLOSED
        if _WH.match(part) or re.match(
            r"^(?:in|at|for|to|by|from|with|on|about|of)\s+(?:what|which|whom?)\b", part, re.I
        ):
            return _number_or_open(part)
    return _number_or_open(core) if _WH.search(core) else Form.CLOSED


def _number_or_open(part: str) -> Form:
    first = _WH.search(part)
    number = cue("form.number").search(part)
    return Form.CLOSED if first and number and number.start() <= first.start() else Form.OPEN


def _core(sentence: str) -> str:
    """The asking part of a sentence: from its first asking clause on, without what leads in to it."""
    parts = clauses(sentence)
    asking = [position for position, part in enumerate(parts) if _asks(part)]
    if not asking:
        return sentence
    return "，".join(parts[asking[0] :]) if is_chinese(sentence) else ", ".join(parts[asking[0] :])


def _asks(part: str) -> bool:
    if is_chinese(part):
        return has("question.words", part)
    bare = _LEAD_IN.sub("", part)
    return bool(_AUXILIARY.match(bare) or _WH.match(bare) or has("question.telling", bare) or "?" in part)


def _is_about_the_talk(core: str, sentence: str) -> bool:
    """Permission, rapport, confirmation, choice of the next step: questions that explore nothing."""
    if has("none.tag", core):
        return True
    if _is_short(core) and (has("none.confirmation", sentence) or has("none.proposal", sentence)):
        return True
    if has("none.confirmation", core):
        return True
    deadline = has("situation.deciding", core)
    if has("none.permission", core) or has("none.rapport", core):
        return not deadline or (has("none.permission", core) and not has("situation.business", core))
    return has("none.proposal", core) or (has("none.scheduling", core) and not deadline)


def _is_short(core: str) -> bool:
    return len(core) <= (9 if is_chinese(core) else 24)


def _imagines_good(whole: str, core: str) -> bool:
    """A better state is supposed and its worth asked for; supposing a next step is no such question."""
    if not has("payoff.hypothesis", whole) or _fears(whole):
        return False
    if has("none.scheduling", core) or has("none.proposal", core):
        return False
    return has("payoff.worth", core) or not has("situation.deciding", core)


def _follows_harm(core: str, sentence: str) -> bool:
    """A harm is named first, then it is asked what comes of it ("when X is short, does Y have to ...?")."""
    lead = sentence[: sentence.find(clauses(core)[0])] if clauses(core) else ""
    return has("bant.pain", lead) and has("implication.then", core) and not has("situation.deciding", core)


def _of_fact(core: str, sentence: str) -> Spin:
    if has("situation.deciding", core) and not has("problem.in_deciding", core):
        return Spin.SITUATION
    if has("problem.worry", core):
        return Spin.PROBLEM
    if has("situation.business", core) or (has("question.words", core) and len(core) > 5):
        return Spin.SITUATION
    return Spin.PROBLEM if has("problem.worry", sentence) else Spin.NONE


def _fears(text: str) -> bool:
    """Whether the hypothesis is the bad case ("if it stops again"), which asks for consequences."""
    hypothesis = cue("implication.hypothesis").search(text)
    fears = hypothesis is not None and has("implication.negative", hypothesis.group(0))
    return fears and not has("implication.relief", text)


def _asks_amount_of_harm(core: str, sentence: str) -> bool:
    """ "How much in all" after a harm was named in the same sentence."""
    return has("implication.amount", core) and has("implication.harm", sentence)


def _leans_on(before: str, sentence: str) -> bool:
    """A short question often ends a thought begun one sentence earlier ("If we cut that. What would it mean?")."""
    return bool(before) and len(sentence) < (25 if is_chinese(sentence) else 90) and not is_question(before)


def _before(turn: str, sentence: str) -> str:
    return next((first for first, second in _pairs(turn) if second == sentence), "")


def _pairs(turn: str) -> Iterator[tuple[str, str]]:
    parts = sentences(turn)
    return pairwise(parts)
