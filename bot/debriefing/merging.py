"""Two notes of one account made one: what was said first, and what was said beside it."""

from dataclasses import replace

from bot.debriefing.field_values import words_of
from bot.domain.visit import LIST_FIELDS, Budget, BudgetStatus, VisitNote, with_values


def merged(note: VisitNote, fresh: VisitNote, said: str) -> VisitNote:
    """The note with what a fresh one says beside it: lists grow, single values are overwritten.

    A sum stays when the new words only tell how firm it is.
    """
    values: dict[str, object] = {}
    evidence = dict(note.evidence)
    for name in ("budget", "authority", "timeline", "decision_process", "champion", "visit_date"):
        new = getattr(fresh, name)
        if new is not None and (name != "visit_date" or note.visit_date is None):
            values[name] = _budget(note.budget, new) if isinstance(new, Budget) else new
            evidence[f"/{name}"] = fresh.evidence.get(f"/{name}", said)
    for name in LIST_FIELDS:
        old = tuple(getattr(note, name))
        seen = {words_of(value) for value in old}
        for index, value in enumerate(getattr(fresh, name)):
            if words_of(value) not in seen:
                evidence[f"/{name}/{len(old)}"] = fresh.evidence.get(f"/{name}/{index}", said)
                old = (*old, value)
        values[name] = old
    return with_values(note, values, evidence) if values else note


def _budget(old: Budget | None, new: Budget) -> Budget:
    keeps = old is not None and new.amount_cny is None and new.status is not BudgetStatus.NONE
    return replace(old, status=new.status) if old and keeps else new
