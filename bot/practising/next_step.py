"""Next steps: whether a rep turn asks for one, whether it is dated, and whether the customer takes it."""

import re

from bot.practising.cues import cue, has, sentences

_OFFERS = re.compile(
    r"我|咱|您看|约|请您|您(?:和|跟|带|来|方便|那边|这边)|方便|行吗|可以吗|好吗|怎么样|如何|定在|安排"
    r"|(?<![A-Za-z])(?:i|we|let['’]?s|shall|could you|can you|would you|how about|works?|suit|okay|may|you and)(?![A-Za-z])",
    re.IGNORECASE,
)


def dated_step(turn: str) -> str | None:
    """The sentence that proposes something to do on a day, if one does."""
    parts = sentences(turn)
    for position, sentence in enumerate(parts):
        near = sentence if position == 0 else f"{parts[position - 1]} {sentence}"
        if _is_future_date(sentence) and has("step.action", near) and _OFFERS.search(near):
            return sentence
    return None


def asked_step(turn: str) -> str | None:
    """The sentence that asks for any next step, dated or vague."""
    return dated_step(turn) or next(
        (
            sentence
            for sentence in sentences(turn)
            if has("step.vague", sentence) or has("none.proposal", sentence) or has("none.scheduling", sentence)
        ),
        None,
    )


def with_people(turn: str) -> bool:
    """Whether the step brings in those who decide or use."""
    return has("step.people", turn)


def accepts(customer: str) -> bool:
    """Whether the customer takes the step just asked for."""
    opening = sentences(customer)[:2]
    told = " ".join(opening)
    if not has("step.accepts", told):
        return False
    refusal = cue("step.refuses").search(told)
    taken = cue("step.accepts").search(told)
    return refusal is None or (taken is not None and taken.start() < refusal.start() and "但" not in told[: refusal.end()])


def _is_future_date(sentence: str) -> bool:
    past = re.search(r"上(?:个)?(?:周|月|星期)|昨天|去年|刚才|last |yesterday|ago", sentence, re.IGNORECASE)
    dates = [found.group(0) for found in cue("step.date").finditer(sentence)]
    return bool(dates) and not (past and len(dates) == 1)
