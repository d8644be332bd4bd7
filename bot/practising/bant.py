"""What a customer turn reveals: budget, authority, need, timeline, and how the decision is made."""

from collections.abc import Sequence

from bot.domain.practice import Bant, Question, Spin
from bot.practising.cues import has, is_chinese, sentences

_ASKED = {
    Bant.BUDGET: "bant.asked_budget",
    Bant.AUTHORITY: "bant.asked_authority",
    Bant.TIMELINE: "bant.asked_timeline",
}


def reveals(turn: str, asked: Sequence[Question] = (), *, objects: bool = False) -> tuple[Bant, ...]:
    """The letters this customer turn reveals; `asked` are the rep's questions before it."""
    found = [letter for letter in Bant if _reveals(letter, turn, asked, objects)]
    return tuple(found)


def asks_for(letter: Bant, asked: Sequence[Question]) -> Question | None:
    """The question that asks for this letter, told or not; a need is asked for in many ways and has none."""
    cue = _ASKED.get(letter, "")
    exploring = (question for question in asked if question.spin is not Spin.NONE)
    return next((question for question in exploring if cue and has(cue, question.text)), None)


def tells_process(turn: str) -> bool:
    """Whether the customer tells how the decision is made, by what criteria, or offers support inside."""
    return has("bant.process", turn) and not has("bant.untold", turn)


def _reveals(letter: Bant, turn: str, asked: Sequence[Question], objects: bool) -> bool:
    if letter is Bant.NEED:
        return _reveals_need(turn, asked, objects)
    for_it = any(has(_ASKED[letter], question.text) for question in asked)
    if letter is Bant.BUDGET:
        own = has("bant.budget", turn) and has("bant.own_money", turn)
        return has("bant.money", turn) and (own or for_it) and not has("bant.budget_not", turn)
    told = for_it and not has("bant.untold", turn)
    if letter is Bant.AUTHORITY:
        return has("bant.authority", turn) or (told and has("bant.person", turn))
    return has("bant.timeline", turn) or (told and has("bant.when", turn))


def _reveals_need(turn: str, asked: Sequence[Question], objects: bool) -> bool:
    """A need is told in answer to a question about difficulties, or complained of without being asked."""
    explored = any(question.spin in (Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF) for question in asked)
    told = [s for s in sentences(turn) if not has("bant.untold", s) and not has("bant.content", s)]
    if explored:
        return any(has("bant.need", s) or has("problem.worry", s) for s in told) or (not objects and _is_long(told))
    return not objects and any(has("bant.pain", s) for s in told)


def _is_long(told: Sequence[str]) -> bool:
    return sum(len(s) for s in told) >= (12 if is_chinese("".join(told)) else 40)
