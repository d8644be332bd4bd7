"""The customer of a practice: every rep turn moves his mood, earns facts, and is answered in his own words."""

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from bot.domain.practice import Assessment, Question, Sign, Speaker, Spin, TalkTurn, TurnLabels, Violation
from bot.practising.assessment import assess
from bot.practising.characters import CustomerObjection, Fact, Mood, Persona, Reaction, Scenario
from bot.practising.errors import PracticeIsOver
from bot.practising.mood import Moment, mood_after
from bot.practising.objections import Step, quality, steps_in

_NEEDED_INTEREST = 4
_FACTS_AT_ONCE = 2
_BEGINNERS_PATIENCE = 2
_LAST_TURN = 24
_WON_TRUST = 7
_WON_INTEREST = 6


class Ending(StrEnum):
    """Why the talk is over."""

    LEFT = "left"
    AGREED = "agreed"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class PracticeState:
    """All of a practice between two messages; it holds its persona and scenario, so that edits elsewhere do no harm."""

    scenario: Scenario
    persona: Persona
    mood: Mood
    turns: tuple[TalkTurn, ...]
    moods: tuple[Mood, ...] = ()
    told: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    open_objection: str | None = None
    steps: tuple[Step, ...] = ()
    agreed: bool = False
    ending: Ending | None = None

    @property
    def rep_turns(self) -> int:
        """How often the rep has spoken."""
        return sum(turn.speaker is Speaker.REP for turn in self.turns)

    def facts(self, *, told: bool) -> tuple[Fact, ...]:
        """The scenario's facts that have, or have not, been told."""
        return tuple(fact for fact in self.scenario.facts if (fact.id in self.told) is told)


@dataclass(frozen=True, slots=True)
class CustomerReply:
    """What the customer answers: words ready to show, and what they contain."""

    text: str
    reaction: Reaction
    facts: tuple[str, ...] = ()
    objection: str | None = None
    ending: Ending | None = None


def open_practice(scenario: Scenario, persona: Persona, chance: Random, *, experienced: bool = False) -> PracticeState:
    """A practice in which the customer has just said his first line; beginners meet more patience."""
    first = TalkTurn(Speaker.CUSTOMER, chance.choice(scenario.opening))
    mood = persona.start if experienced else persona.start.moved(patience=_BEGINNERS_PATIENCE)
    return PracticeState(scenario, persona, mood, (first,), (mood,))


def reply_to(state: PracticeState, rep_text: str, chance: Random) -> tuple[PracticeState, CustomerReply]:
    """The customer's answer to what the rep just said. Raises PracticeIsOver once the talk has ended."""
    if state.ending is not None:
        raise PracticeIsOver(state.ending.value)
    heard = replace(state, turns=(*state.turns, TalkTurn(Speaker.REP, rep_text)))
    talk = assess(heard.turns, finished=False)
    moved = _moved(heard, talk, rep_text)
    return _Answer(moved, talk.rep[-1], rep_text, chance).given()


def with_words(state: PracticeState, reply: CustomerReply, words: str) -> tuple[PracticeState, CustomerReply]:
    """The same answer in other words, such as those a model found for it."""
    turns = (*state.turns[:-1], TalkTurn(Speaker.CUSTOMER, words))
    return replace(state, turns=turns), replace(reply, text=words)


def _moved(state: PracticeState, talk: Assessment, rep_text: str) -> PracticeState:
    """The state after mood and handling of the open objection have moved."""
    labels = talk.rep[-1]
    steps = frozenset(state.steps)
    handled: int | None = None
    if objection := _open_one(state):
        argued = {Violation.INTERRUPTS_OR_ARGUES, Violation.IGNORES_OBJECTION} & set(labels.violations)
        steps = steps if argued else steps | steps_in(rep_text, labels.questions, objection.kind)
        handled = 0 if argued else quality(steps) if Step.ANSWER in steps else min(1, quality(steps))
    earlier = tuple(turn.text.strip() for turn in state.turns[:-1] if turn.speaker is Speaker.REP)
    mood = mood_after(state.mood, state.persona, Moment(labels, rep_text, handled, earlier))
    return replace(state, mood=mood, moods=(*state.moods, mood), steps=tuple(sorted(steps)))


def _open_one(state: PracticeState) -> CustomerObjection | None:
    return next((one for one in state.scenario.objections if one.id == state.open_objection), None)


class _Answer:
    """One answer in the making: the moved state, the labels of the rep turn, and where chance comes from."""

    def __init__(self, state: PracticeState, labels: TurnLabels, rep_text: str, chance: Random) -> None:
        self._state = state
        self._labels = labels
        self._text = rep_text
        self._chance = chance
        self._spoken: list[str] = []

    def given(self) -> tuple[PracticeState, CustomerReply]:
        state = self._state
        if state.mood.patience == 0:
            return self._end(Reaction.LEAVE, Ending.LEFT)
        if state.agreed and not self._labels.asked(*_EXPLORING):
            return self._end(Reaction.ACCEPT, Ending.AGREED)
        if self._hurt():
            return self._answer(Reaction.ANNOYED)
        if objection := _open_one(state):
            return self._to_handling(objection)
        if state.rep_turns >= _LAST_TURN:
            return self._end(Reaction.LEAVE, Ending.LONG)
        return self._to_turn()

    def _to_handling(self, objection: CustomerObjection) -> tuple[PracticeState, CustomerReply]:
        facts = self._earned()
        if _is_settled(self._state.steps):
            self._state = replace(self._state, open_objection=None, steps=())
            self._say(objection.settled)
            if not facts and Sign.STEP_DATED in self._labels.signs:
                return self._to_step()
            return self._reveal(facts, Reaction.SATISFIED)
        if facts:
            return self._reveal(facts, Reaction.OPEN_UP)
        asked = Step.PROBE in self._state.steps and self._labels.questions
        if asked and self._unheard(objection.because):
            self._say(objection.because)
        elif self._labels.asked(*_EXPLORING):
            return self._answer(Reaction.DEFLECT if self._is_locked() else Reaction.PLAIN)
        else:
            self._say(self._unheard(objection.insists) or self._state.persona.lines[Reaction.INSIST])
        return self._answer(Reaction.INSIST, objection=objection.id, own_line=False)

    def _to_turn(self) -> tuple[PracticeState, CustomerReply]:
        facts = self._earned()
        due = self._due()
        if Sign.STEP_DATED in self._labels.signs and not facts:
            return self._raise(due) if due and not self._is_won() else self._to_step()
        if facts and due and self._state.rep_turns > due.after:
            return self._reveal_and_raise(facts, due)
        if facts:
            return self._reveal(facts, Reaction.OPEN_UP)
        if due:
            return self._raise(due)
        if self._labels.asked(*_EXPLORING):
            return self._answer(Reaction.DEFLECT if self._is_locked() else Reaction.PLAIN)
        if Sign.STEP_ASKED in self._labels.signs and self._state.rep_turns > 1:
            return self._answer(Reaction.VAGUE)
        return self._answer(self._by_mood())

    def _is_won(self) -> bool:
        """Whether he trusts the rep enough to take a step with a doubt left unsaid."""
        return self._state.mood.trust >= _WON_TRUST and self._state.mood.interest >= _WON_INTEREST

    def _to_step(self) -> tuple[PracticeState, CustomerReply]:
        mood, scenario = self._state.mood, self._state.scenario
        if mood.trust < scenario.accepts_at_trust or mood.interest < _NEEDED_INTEREST:
            return self._answer(Reaction.REFUSE)
        self._state = replace(self._state, agreed=True)
        return self._answer(Reaction.ACCEPT)

    def _reveal(self, facts: list[Fact], reaction: Reaction) -> tuple[PracticeState, CustomerReply]:
        told = tuple(fact.id for fact in facts)
        self._state = replace(self._state, told=(*self._state.told, *told))
        lead = reaction is not Reaction.SATISFIED and self._chance.random() < 0.5
        if lead:
            self._say(self._state.persona.lines[reaction])
        self._spoken += [fact.line for fact in facts]
        return self._answer(reaction, facts=told, own_line=not self._spoken)

    def _raise(self, objection: CustomerObjection) -> tuple[PracticeState, CustomerReply]:
        raised = (*self._state.raised, objection.id)
        self._state = replace(self._state, raised=raised, open_objection=objection.id, steps=())
        self._say(objection.lines)
        return self._answer(Reaction.OBJECT, objection=objection.id, own_line=False)

    def _reveal_and_raise(self, facts: list[Fact], objection: CustomerObjection) -> tuple[PracticeState, CustomerReply]:
        """An overdue objection comes out together with the first thing told."""
        told = (facts[0].id,)
        self._state = replace(self._state, told=(*self._state.told, *told))
        self._spoken.append(facts[0].line)
        state, reply = self._raise(objection)
        return state, replace(reply, facts=told)

    def _end(self, reaction: Reaction, ending: Ending) -> tuple[PracticeState, CustomerReply]:
        self._state = replace(self._state, ending=ending)
        return self._answer(reaction, ending=ending)

    def _answer(
        self,
        reaction: Reaction,
        *,
        facts: tuple[str, ...] = (),
        objection: str | None = None,
        ending: Ending | None = None,
        own_line: bool = True,
    ) -> tuple[PracticeState, CustomerReply]:
        if own_line:
            self._say(self._state.persona.lines[reaction])
        joint = "" if self._state.scenario.language == "zh" else " "
        text = joint.join(self._spoken)
        state = replace(self._state, turns=(*self._state.turns, TalkTurn(Speaker.CUSTOMER, text)))
        return state, CustomerReply(text, reaction, facts, objection, ending)

    def _say(self, lines: tuple[str, ...]) -> None:
        """One of the lines, none that was heard lately as long as there is another."""
        recent = "\n".join(turn.text for turn in self._state.turns[-2:])
        fresh = self._unheard(lines) or [line for line in lines if line not in recent] or list(lines)
        self._spoken.append(self._chance.choice(fresh))

    def _unheard(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        lately = "\n".join(turn.text for turn in self._state.turns if turn.speaker is Speaker.CUSTOMER)
        return tuple(line for line in lines if line not in lately)

    def _hurt(self) -> bool:
        hurting = {Violation.INTERRUPTS_OR_ARGUES, Violation.SELF_CENTRED_WORDING, Violation.BAD_MOUTH_COMPETITOR}
        return bool(hurting & set(self._labels.violations))

    def _earned(self) -> list[Fact]:
        """The facts this turn's questions unlock: by their words, else one by the kind of question alone."""
        open_to = [fact for fact in self._state.facts(told=False) if self._state.mood.trust >= fact.trust]
        asked = [question for question in self._labels.questions if question.spin is not Spin.NONE]
        named = {fact.id: max((_named(fact, question) for question in asked), default=0) for fact in open_to}
        most = max(named.values(), default=0)
        if most:
            return [fact for fact in open_to if named[fact.id] == most][:_FACTS_AT_ONCE]
        kinds = {question.spin for question in asked} - {Spin.SITUATION}
        return [fact for fact in open_to if kinds & set(fact.earned_by)][:1]

    def _is_locked(self) -> bool:
        """Whether the rep asked for something that the customer knows but does not tell him yet."""
        return any(
            _names(fact, self._text) or self._labels.asked(*fact.earned_by) for fact in self._state.facts(told=False)
        )

    def _due(self) -> CustomerObjection | None:
        hurried = Sign.STEP_DATED in self._labels.signs or Sign.OFFER in self._labels.signs
        waiting = [one for one in self._state.scenario.objections if one.id not in self._state.raised]
        return next((one for one in waiting if hurried or self._state.rep_turns >= one.after), None)

    def _by_mood(self) -> Reaction:
        mood = self._state.mood
        if {Sign.PROOF, Sign.BENEFIT_TIED, Sign.RECOGNITION} & set(self._labels.signs) and mood.trust >= 3:
            return Reaction.WARM
        warmth = mood.trust + mood.interest
        return Reaction.WARM if warmth >= 10 else Reaction.COOL if warmth <= 4 else Reaction.NEUTRAL


def _is_settled(steps: tuple[Step, ...]) -> bool:
    """Two steps, one of them an answer; asking alone only brings out what lies behind."""
    return quality(frozenset(steps)) >= 2 and Step.ANSWER in steps


_EXPLORING = (Spin.SITUATION, Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF)


def _named(fact: Fact, question: Question) -> int:
    """How many of the fact's words a question holds that is of a kind to earn it."""
    if question.spin not in fact.earned_by:
        return 0
    return sum(word in question.text.lower() for word in fact.keywords)


def _names(fact: Fact, text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in fact.keywords)
