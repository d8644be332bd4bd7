"""Whether two visits say the same of one thing, something else, or nothing that can be compared."""

import re
from enum import Enum

from bot.debriefing.names import RANKS, SURNAME
from bot.domain.finding import Finding
from bot.domain.visit import BudgetStatus, RelationKind, relation_of

_CLOSE = 85.0
_SAME_AMOUNT = 0.005
_SHORTEST_PART = 3
_PERSON = re.compile(rf"({SURNAME})[\u4e00-\u9fff]{{0,2}}?(?:{RANKS})|\b([A-Z][a-z]+)\b")
_NO_PERSON = {"The", "Their", "His", "Her", "He", "She", "They", "It", "Only", "Final", "Mr", "Ms", "Mrs", "Dr"}


class Agreement(Enum):
    """What a later value says of an earlier one."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNRELATED = "unrelated"


def agreement_of(earlier: Finding, later: Finding) -> Agreement:
    """How the later value stands to the earlier one; only a topic with one true value can differ."""
    if earlier.topic != later.topic:
        return Agreement.UNRELATED
    match later.topic:
        case "budget":
            return _budgets(earlier, later)
        case "timeline" if earlier.day and later.day:
            return _same(earlier.day == later.day)
        case "authority" if (one := _people(earlier.value)) and (other := _people(later.value)):
            return _same(bool(one & other))
        case "relations":
            return _relations(earlier, later)
        case "contacts" if earlier.detail != later.detail:
            return Agreement.UNRELATED
    return Agreement.AGREES if _alike(earlier.value, later.value) else Agreement.UNRELATED


def _same(is_same: bool) -> Agreement:
    return Agreement.AGREES if is_same else Agreement.DIFFERS


def _budgets(earlier: Finding, later: Finding) -> Agreement:
    if earlier.amount_cny is not None and later.amount_cny is not None:
        return _same(abs(earlier.amount_cny - later.amount_cny) <= _SAME_AMOUNT * abs(later.amount_cny))
    details = {earlier.detail, later.detail}
    if BudgetStatus.NONE.value in details and details & {BudgetStatus.APPROVED.value, BudgetStatus.PENDING.value}:
        return Agreement.DIFFERS
    is_known = details <= {BudgetStatus.NONE.value, BudgetStatus.APPROVED.value}
    return Agreement.AGREES if is_known and len(details) == 1 else Agreement.UNRELATED


def _relations(earlier: Finding, later: Finding) -> Agreement:
    """Somebody has one superior, and no two are each other's."""
    one, other = relation_of(earlier.value, earlier.detail), relation_of(later.value, later.detail)
    if one == other:
        return Agreement.AGREES
    if one.kind is not other.kind or other.kind is RelationKind.LISTENS_TO:
        return Agreement.UNRELATED
    is_other = one.who == other.who or (one.who, one.to) == (other.to, other.who)
    return Agreement.DIFFERS if is_other else Agreement.UNRELATED


def _people(text: str) -> set[str]:
    """The surnames (or names in Latin letters) of the people a text names."""
    return {han or latin for han, latin in _PERSON.findall(text)} - _NO_PERSON


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    left, right = _folded(one), _folded(other)
    if re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return False
    if min(len(left), len(right)) >= _SHORTEST_PART and (left in right or right in left):
        return True
    return left == right or fuzz.ratio(left, right) >= _CLOSE


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
