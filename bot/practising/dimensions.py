"""The six dimensions: a band by its anchor, and inside the band one point per further check passed."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.domain.practice import Assessment, Bant, Check, Dimension, Sign, Spin, Violation
from bot.practising.checks import is_mostly_open, talk_questions

_DAMAGE = frozenset(
    {
        Violation.BAD_MOUTH_COMPETITOR,
        Violation.SELF_CENTRED_WORDING,
        Violation.INTERRUPTS_OR_ARGUES,
        Violation.OVER_PROMISE,
    }
)


def dimensions_of(talk: Assessment, checks: Sequence[Check]) -> Mapping[Dimension, int | None]:
    """The points per dimension; null for objections when the customer raised none."""
    passed = {check.id: check.passed for check in checks}
    return {dimension: rule(talk, passed) for dimension, rule in _RULES.items()}


def _opening(talk: Assessment, passed: Mapping[str, bool]) -> int:
    acts = sum(labels.trust_building for labels in talk.rep)
    specific = any(Sign.RECOGNITION in labels.signs for labels in talk.rep[:2])
    polite, permission = passed["opened_with_respect"], passed["asked_permission"]
    damaged, repaired = _damage(talk)
    if damaged and not repaired:
        return _band(0, 4, [polite, permission, acts >= 1, acts >= 2])
    if damaged:
        return _band(5, 8, [polite, permission, acts >= 2])
    if specific and polite and acts >= 2:
        return _band(13, 15, [permission, acts >= 3])
    if polite and acts >= 1:
        return _band(9, 12, [permission, specific, acts >= 2])
    if polite or acts:
        return _band(5, 8, [permission, acts >= 1, acts >= 2])
    return _band(0, 4, [permission, bool(talk_questions(talk))])


def _needs(talk: Assessment, passed: Mapping[str, bool]) -> int:
    questions = talk_questions(talk)
    kinds = {question.spin for question in questions}
    core = {Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF}
    mostly_open = is_mostly_open(questions)
    contact = any(question.spin is Spin.NONE for labels in talk.rep for question in labels.questions)
    harder = [question for question in questions if question.spin in core]
    further = [passed["need_before_offer"], passed["got_need"], len(harder) >= 4, len(questions) >= 6]
    if core <= kinds and (Spin.SITUATION in kinds or contact) and mostly_open:
        return _band(20, 25, [*further, Spin.SITUATION in kinds])
    if len(kinds) >= 3:
        return _band(14, 19, [*further, mostly_open])
    if len(kinds) == 2:
        return _band(8, 13, [*further, mostly_open])
    if len(kinds) == 1:
        return _band(3, 7, [passed["need_before_offer"], passed["got_need"], len(questions) >= 2, mostly_open])
    return _band(0, 2, [contact])


def _value(talk: Assessment, passed: Mapping[str, bool]) -> int:
    proof, limit = passed["gave_proof"], any(Sign.HONEST_LIMIT in labels.signs for labels in talk.rep)
    dumped = any(Violation.FEATURE_DUMP_WITHOUT_BENEFIT in labels.violations for labels in talk.rep)
    offered = any(Sign.OFFER in labels.signs or Sign.BENEFIT_TIED in labels.signs for labels in talk.rep)
    tied = sum(Sign.BENEFIT_TIED in labels.signs for labels in talk.rep)
    need_first, honest = passed["need_before_offer"], passed["no_over_promise"]
    if tied and (proof or limit):
        return _band(12, 15, [need_first, tied >= 2, honest and not dumped])
    if tied:
        return _band(7, 11, [need_first, tied >= 2, honest, not dumped])
    if not (offered or proof):
        return 0
    return _band(0, 6, [offered, proof, limit, need_first, honest, not dumped])


def _objections(talk: Assessment, _: Mapping[str, bool]) -> int | None:
    found = [labels.objection_quality for labels in talk.rep if labels.objection_quality is not None]
    if not found:
        return None
    return _rounded(20 * (0.6 * sum(found) / len(found) + 0.4 * max(found)) / 3)


def _bant(talk: Assessment, _: Mapping[str, bool]) -> int:
    letters: set[Bant] = {letter for labels in talk.rep for letter in labels.bant_obtained}
    return 2 * len(letters) + min(2, sum(labels.process_told for labels in talk.customer))


def _closing(talk: Assessment, passed: Mapping[str, bool]) -> int:
    people = any(Sign.STEP_WITH_PEOPLE in labels.signs for labels in talk.rep if labels.closing_commitment)
    dated = any(Sign.STEP_DATED in labels.signs for labels in talk.rep)
    ends_with_it = bool(talk.rep) and any(labels.closing_commitment for labels in talk.rep[-2:])
    known = [passed["got_authority"], passed["got_timeline"], passed["benefit_tied_to_pain"], ends_with_it]
    if passed["next_step_dated_and_accepted"] and people:
        return _band(13, 15, [passed["got_authority"], ends_with_it])
    if passed["next_step_dated_and_accepted"]:
        return _band(8, 12, known)
    if dated:
        return _band(5, 7, [passed["got_authority"], passed["got_need"]])
    if passed["asked_for_next_step"]:
        return _band(1, 4, [passed["got_need"], passed["got_authority"], passed["got_timeline"]])
    return 0


def _damage(talk: Assessment) -> tuple[bool, bool]:
    """Whether trust was damaged, and whether something repaired it afterwards."""
    hurt = [labels.index for labels in talk.rep if _DAMAGE & set(labels.violations)]
    repaired = bool(hurt) and any(labels.trust_building and labels.index > hurt[-1] for labels in talk.rep)
    return bool(hurt), repaired


def _band(floor: int, top: int, further: Iterable[bool]) -> int:
    return min(top, floor + sum(further))


def _rounded(number: float) -> int:
    return int(number + 0.5)


_RULES: Mapping[Dimension, Callable[[Assessment, Mapping[str, bool]], int | None]] = {
    Dimension.OPENING_TRUST: _opening,
    Dimension.NEEDS_SPIN: _needs,
    Dimension.VALUE_PRESENTATION: _value,
    Dimension.OBJECTION_HANDLING: _objections,
    Dimension.BANT_MEDDIC: _bant,
    Dimension.CLOSING: _closing,
}
