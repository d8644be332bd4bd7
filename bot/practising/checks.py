"""The yes-or-no checks of a talk, each with the words that decided it."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.practice import Assessment, Bant, Check, Form, Question, Sign, Spin, TurnLabels, Violation
from bot.practising.bant import asks_for

_NEED = (Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF)
_OPENING_TURNS = 2
_PERMISSION_TURNS = 3


def checks_of(talk: Assessment) -> tuple[Check, ...]:
    """All checks in the order in which a card shows them."""
    return tuple(check(talk) for check in _CHECKS)


def talk_questions(talk: Assessment) -> list[Question]:
    """The questions that explore: those of permission, rapport and scheduling are left out."""
    return [question for labels in talk.rep for question in labels.questions if question.spin is not Spin.NONE]


def is_mostly_open(questions: Sequence[Question]) -> bool:
    """Whether at least half of the questions are open; no question is not open."""
    return bool(questions) and 2 * sum(question.form is Form.OPEN for question in questions) >= len(questions)


def objection_ends(talk: Assessment) -> list[TurnLabels]:
    """For every objection the rep turn that had the last word on it."""
    kinds = {labels.index: labels.objection for labels in talk.customer}
    ends: list[TurnLabels] = []
    for labels in talk.rep:
        if labels.objection_quality is None:
            continue
        same = bool(ends) and kinds.get(ends[-1].index - 1) is kinds.get(labels.index - 1)
        ends = [*ends[:-1], labels] if same and ends[-1].index == labels.index - 2 else [*ends, labels]
    return ends


def _respect(talk: Assessment) -> Check:
    rude = (Violation.SELF_CENTRED_WORDING, Violation.INTERRUPTS_OR_ARGUES, Violation.PRICE_TOO_EARLY)
    for labels in talk.rep[:_OPENING_TURNS]:
        if fault := next((labels.faults[one] for one in rude if one in labels.faults), None):
            return Check("opened_with_respect", False, labels.index, fault)
        if Sign.RESPECT in labels.signs:
            return Check("opened_with_respect", True, labels.index, labels.signs[Sign.RESPECT])
    return Check("opened_with_respect", False)


def _permission(talk: Assessment) -> Check:
    return _by_sign("asked_permission", Sign.PERMISSION, talk.rep[:_PERMISSION_TURNS])


def _asked(check_id: str, kind: Spin) -> Callable[[Assessment], Check]:
    def check(talk: Assessment) -> Check:
        for labels in talk.rep:
            if question := labels.asked(kind):
                return Check(check_id, True, labels.index, question.text)
        return Check(check_id, False)

    return check


def _open(talk: Assessment) -> Check:
    questions = talk_questions(talk)
    passed = is_mostly_open(questions)
    wanted = Form.OPEN if passed else Form.CLOSED
    for labels in talk.rep:
        for question in labels.questions:
            if question.spin is not Spin.NONE and question.form is wanted:
                return Check("asked_open_questions", passed, labels.index, question.text)
    return Check("asked_open_questions", False)


def _need_first(talk: Assessment) -> Check:
    for labels in talk.rep:
        if question := labels.asked(*_NEED):
            return Check("need_before_offer", True, labels.index, question.text)
        if offer := labels.signs.get(Sign.OFFER):
            return Check("need_before_offer", False, labels.index, offer)
    return Check("need_before_offer", False)


def _benefit(talk: Assessment) -> Check:
    return _by_sign("benefit_tied_to_pain", Sign.BENEFIT_TIED, talk.rep)


def _proof(talk: Assessment) -> Check:
    return _by_sign("gave_proof", Sign.PROOF, talk.rep)


def _objections(talk: Assessment) -> Check:
    ends = objection_ends(talk)
    weak = next((labels for labels in ends if (labels.objection_quality or 0) < 2), None)
    shown = weak or (ends[0] if ends else None)
    quote = None if shown is None else _gist(shown)
    return Check("handled_every_objection", weak is None, shown.index if shown and quote else None, quote)


def _got(check_id: str, letter: Bant) -> Callable[[Assessment], Check]:
    def check(talk: Assessment) -> Check:
        for labels in talk.rep:
            if letter in labels.bant_obtained:
                quote = _gist(labels)
                return Check(check_id, True, labels.index if quote else None, quote)
        for labels in talk.rep:
            if question := asks_for(letter, labels.questions):
                return Check(check_id, False, labels.index, question.text)
        return Check(check_id, False)

    return check


def _process(talk: Assessment) -> Check:
    told = {labels.index for labels in talk.customer if labels.process_told}
    for labels in talk.rep:
        if labels.index + 1 in told and labels.questions:
            return Check("learned_process_or_criteria", True, labels.index, labels.questions[-1].text)
    return Check("learned_process_or_criteria", False)


def _never(check_id: str, violation: Violation) -> Callable[[Assessment], Check]:
    def check(talk: Assessment) -> Check:
        for labels in talk.rep:
            if violation in labels.faults:
                return Check(check_id, False, labels.index, labels.faults[violation])
        return Check(check_id, True)

    return check


def _step(talk: Assessment) -> Check:
    return _by_sign("asked_for_next_step", Sign.STEP_ASKED, talk.rep[::-1])


def _dated_step(talk: Assessment) -> Check:
    for labels in reversed(talk.rep):
        if labels.closing_commitment:
            return Check("next_step_dated_and_accepted", True, labels.index, labels.signs[Sign.STEP_DATED])
    return Check("next_step_dated_and_accepted", False)


def _by_sign(check_id: str, sign: Sign, turns: Sequence[TurnLabels]) -> Check:
    for labels in turns:
        if sign in labels.signs:
            return Check(check_id, True, labels.index, labels.signs[sign])
    return Check(check_id, False)


def _gist(labels: TurnLabels) -> str | None:
    """What to show of a turn: its first exploring question, else what it offered or did."""
    question = labels.asked(*(kind for kind in Spin if kind is not Spin.NONE))
    if question or labels.questions:
        return (question or labels.questions[0]).text
    fault = next(iter(labels.faults.values()), None)
    return fault or next(iter(labels.signs.values()), None)


_CHECKS: tuple[Callable[[Assessment], Check], ...] = (
    _respect,
    _permission,
    _asked("asked_situation", Spin.SITUATION),
    _asked("asked_problem", Spin.PROBLEM),
    _asked("asked_implication", Spin.IMPLICATION),
    _asked("asked_need_payoff", Spin.NEED_PAYOFF),
    _open,
    _need_first,
    _benefit,
    _proof,
    _objections,
    _got("got_budget", Bant.BUDGET),
    _got("got_authority", Bant.AUTHORITY),
    _got("got_need", Bant.NEED),
    _got("got_timeline", Bant.TIMELINE),
    _process,
    _never("no_bad_mouthing", Violation.BAD_MOUTH_COMPETITOR),
    _never("no_self_centred_wording", Violation.SELF_CENTRED_WORDING),
    _never("no_over_promise", Violation.OVER_PROMISE),
    _never("no_argument", Violation.INTERRUPTS_OR_ARGUES),
    _step,
    _dated_step,
)

VIOLATION_OF_CHECK: Mapping[str, Violation] = {
    "no_bad_mouthing": Violation.BAD_MOUTH_COMPETITOR,
    "no_self_centred_wording": Violation.SELF_CENTRED_WORDING,
    "no_over_promise": Violation.OVER_PROMISE,
    "no_argument": Violation.INTERRUPTS_OR_ARGUES,
}
