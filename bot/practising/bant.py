"""What a customer turn reveals: budget, authority, need, timeline, and how the decision is made."""

from collections.abc import Sequence

from bot.domain.practice import Bant, Question, Spin
from bot.practising.cues import has, sentences

_ASKED = {
    Bant.BUDGET: "bant.asked_budget",
    Bant.AUTHORITY: "bant.asked_authority",
    Bant.TIMELINE: "bant.asked_timeline",
}


def reveals(turn: str, asked: Sequence[Question] = (), *, objects: bool = False) -> tuple[Bant, ...]:
    """The letters this customer turn reveals; `asked` are the rep's questions before it."""
    found = [letter for letter in Bant if _reveals(letter, turn, asked, objects)]
    return tuple(found)


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
    explored = any(question.spin is not Spin.NONE for question in asked)
    if objects and not explored:
        return False
    told = [s for s in sentences(turn) if has("bant.need", s) and not has("bant.untold", s) and len(s) > 5]
    return bool(told) and (explored or any(has("bant.own_side", s) for s in told))
