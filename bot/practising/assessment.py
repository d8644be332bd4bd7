"""Labels for every turn of a talk, by rules alone: the same talk always gets the same labels."""

from collections.abc import Sequence

from bot.domain.practice import (
    Assessment,
    Bant,
    CustomerLabels,
    Question,
    Resistance,
    Sign,
    Speaker,
    TalkTurn,
    TurnLabels,
    Violation,
)
from bot.practising import bant, conduct, next_step, objections, violations
from bot.practising.questions import questions_in


def assess(turns: Sequence[TalkTurn], *, finished: bool = True) -> Assessment:
    """The labels of a talk.

    While a practice runs (`finished=False`), the missing next step is not yet held against the rep.
    """
    reading = _Reading(tuple(turns))
    for index, turn in enumerate(turns):
        if turn.speaker is Speaker.REP:
            reading.read_rep(index)
        else:
            reading.read_customer(index)
    return reading.result(finished=finished)


class _Reading:
    """One pass over a talk; knows what was said before, and looks one customer turn ahead."""

    def __init__(self, turns: tuple[TalkTurn, ...]) -> None:
        self._turns = turns
        self._rep: list[TurnLabels] = []
        self._customer: list[CustomerLabels] = []
        self._steps: frozenset[objections.Step] = frozenset()
        self._open_objection: Resistance | None = None

    def read_customer(self, index: int) -> None:
        self._customer.append(self._customer_labels(index, self._questions_before(index)))

    def read_rep(self, index: int) -> None:
        text = self._turns[index].text
        questions = questions_in(text)
        before = self._customer[-1] if index and self._turns[index - 1].speaker is Speaker.CUSTOMER else None
        faults = dict(violations.wording_faults(text, self._turns[before.index].text if before else ""))
        if said := violations.early_price(text, tuple(self._rep), self._need_is_known()):
            faults[Violation.PRICE_TOO_EARLY] = said
        quality = self._handle(text, questions, before, faults)
        signs = dict(conduct.signs_in(text)) | self._step_signs(text)
        self._rep.append(
            TurnLabels(
                index=index,
                questions=questions,
                violations=tuple(violation for violation in Violation if violation in faults),
                objection_quality=quality,
                trust_building=conduct.builds_trust(text, signs),
                bant_obtained=self._obtained(index, questions),
                closing_commitment=Sign.STEP_DATED in signs and self._accepted(index),
                signs=signs,
                faults=faults,
            )
        )

    def result(self, *, finished: bool) -> Assessment:
        if finished and self._rep and not self._has_dated_step():
            last = self._rep[-1]
            self._rep[-1] = _marked(last, Violation.NO_NEXT_STEP)
        return Assessment(tuple(self._rep), tuple(self._customer))

    def _handle(
        self, text: str, questions: tuple[Question, ...], before: CustomerLabels | None, faults: dict[Violation, str]
    ) -> int | None:
        if before is None:
            return None
        steps = objections.steps_in(text, questions, before.objection)
        customer = self._turns[before.index].text
        engaged = {Violation.INTERRUPTS_OR_ARGUES, Violation.SELF_CENTRED_WORDING, Violation.BAD_MOUTH_COMPETITOR}
        asked = before.objection is not None or before.asks
        objects = before.objection is not None
        if asked and not engaged & set(faults) and objections.evades(text, customer, steps, objects=objects):
            faults[Violation.IGNORES_OBJECTION] = text.strip()
        if before.objection is None:
            return None
        if before.objection is not self._open_objection:
            self._open_objection, self._steps = before.objection, frozenset()
        if Violation.INTERRUPTS_OR_ARGUES in faults or Violation.IGNORES_OBJECTION in faults:
            return 0
        self._steps |= steps
        return objections.quality(self._steps)

    def _step_signs(self, text: str) -> dict[Sign, str]:
        dated, asked = next_step.dated_step(text), next_step.asked_step(text)
        found = {Sign.STEP_DATED: dated, Sign.STEP_ASKED: asked}
        if asked and next_step.with_people(text):
            found[Sign.STEP_WITH_PEOPLE] = asked
        return {sign: sentence for sign, sentence in found.items() if sentence}

    def _customer_labels(self, index: int, asked: Sequence[Question]) -> CustomerLabels:
        text = self._turns[index].text
        objection = objections.objection_in(text, asked)
        return CustomerLabels(
            index=index,
            objection=objection,
            asks=objections.asks_directly(text),
            reveals=bant.reveals(text, asked, objects=objection is not None),
            process_told=bant.tells_process(text),
        )

    def _questions_before(self, index: int) -> tuple[Question, ...]:
        return self._rep[-1].questions if self._rep and self._rep[-1].index == index - 1 else ()

    def _obtained(self, index: int, questions: tuple[Question, ...]) -> tuple[Bant, ...]:
        if index + 1 >= len(self._turns) or self._turns[index + 1].speaker is Speaker.REP:
            return ()
        known = {letter for labels in self._customer for letter in labels.reveals}
        return tuple(letter for letter in self._customer_labels(index + 1, questions).reveals if letter not in known)

    def _accepted(self, index: int) -> bool:
        after = self._turns[index + 1] if index + 1 < len(self._turns) else None
        return after is not None and after.speaker is Speaker.CUSTOMER and next_step.accepts(after.text)

    def _need_is_known(self) -> bool:
        return any(Bant.NEED in labels.reveals for labels in self._customer)

    def _has_dated_step(self) -> bool:
        """A dated step counts when it was taken, or when it is the last word and nobody has refused it."""
        last = len(self._turns) - 1
        return any(
            labels.closing_commitment or (Sign.STEP_DATED in labels.signs and labels.index == last)
            for labels in self._rep
        )


def _marked(labels: TurnLabels, violation: Violation) -> TurnLabels:
    return TurnLabels(
        index=labels.index,
        questions=labels.questions,
        violations=(*labels.violations, violation),
        objection_quality=labels.objection_quality,
        trust_building=labels.trust_building,
        bant_obtained=labels.bant_obtained,
        closing_commitment=labels.closing_commitment,
        signs=labels.signs,
        faults=labels.faults,
    )
