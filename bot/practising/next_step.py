"""Next steps: whether a rep turn asks for one, whether it is dated, and whether the customer takes it."""

from bot.practising.cues import cue, has, sentences


def dated_step(turn: str) -> str | None:
    """The sentence that proposes something to do on a day, if one does."""
    parts = sentences(turn)
    for position, sentence in enumerate(parts):
        near = sentence if position == 0 else f"{parts[position - 1]} {sentence}"
        if _is_future_date(sentence) and has("step.action", near) and has("step.offered", near):
            return sentence
    return None


def asked_step(turn: str) -> str | None:
    """The sentence that asks for any next step, dated or vague; to ask whether one may ask is none."""
    return dated_step(turn) or next(filter(_is_step, sentences(turn)), None)


def with_people(turn: str) -> bool:
    """Whether the step brings in those who decide or use."""
    return has("step.people", turn)


def accepts(customer: str) -> bool:
    """Whether the customer takes the step just asked for."""
    opening = sentences(customer)[:3]
    told = " ".join(opening)
    taken = cue("step.accepts").search(told)
    refusal = cue("step.refuses").search(told)
    if taken is None:
        return refusal is None and _names_a_time(told)
    return refusal is None or (has("step.date", told) and taken.end() <= refusal.start())


def _is_step(sentence: str) -> bool:
    if has("step.vague", sentence) or has("none.scheduling", sentence):
        return True
    return has("none.proposal", sentence) and not has("permission.asked", sentence)


def _names_a_time(told: str) -> bool:
    """Whether the customer answers with a time ("Ten would be best", "上午吧")."""
    return (has("step.date", told) or has("step.part_of_day", told)) and not has("question.mark", told)


def _is_future_date(sentence: str) -> bool:
    past = has("step.past", sentence)
    dates = [found.group(0) for found in cue("step.date").finditer(sentence)]
    return bool(dates) and not (past and len(dates) == 1)
