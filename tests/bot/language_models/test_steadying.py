"""Retries, the end of waiting, the budget and the rest after failures, on models that fail to order."""

import asyncio
from collections import deque
from datetime import date

import pytest

from bot.errors import ModelUnavailable
from bot.language_models.budget import BudgetInMemory, spending
from bot.language_models.circuit_breaker import CircuitBreaker
from bot.language_models.offline_model import OfflineModel
from bot.language_models.steadying import SteadyModel
from bot.language_models.trouble import Cause, ModelTrouble


class Scripted:
    """A model that does what is next in line: raises a cause, waits seconds, or says words piece by piece."""

    is_offline = False

    def __init__(self, *script):
        self.script = deque(script)
        self.calls = 0

    async def speak(self, prompt, inputs, *, language, rep):
        self.calls += 1
        for act in self.script.popleft():
            if isinstance(act, Cause):
                raise ModelTrouble(act)
            if isinstance(act, float):
                await asyncio.sleep(act)
            else:
                yield act

    async def propose(self, prompt, inputs, *, language, rep, schema):
        return {"said": [piece async for piece in self.speak(prompt, inputs, language=language, rep=rep)]}


class Time:
    def __init__(self):
        self.seconds = 0.0
        self.slept = []

    def now(self):
        return self.seconds

    async def sleep(self, seconds):
        self.slept.append(seconds)


@pytest.fixture
def time():
    return Time()


def steady(model, time, *, tokens=10_000, patience=5.0):
    budget = BudgetInMemory(tokens, lambda: date(2026, 3, 2))
    return SteadyModel(model, budget, patience, sleep=time.sleep, breaker=CircuitBreaker(2, 30, time.now))


async def spoken(model, rep="r", **inputs):
    return [piece async for piece in model.speak("p", inputs, language="zh", rep=rep)]


async def proposed(model, rep="r", **inputs):
    return (await model.propose("p", inputs, language="zh", rep=rep, schema={}))["said"]


async def cause_of(act):
    with pytest.raises(ModelTrouble) as caught:
        await act
    return caught.value.cause


both = pytest.mark.parametrize("ask", [spoken, proposed])


@both
@pytest.mark.parametrize("cause", [Cause.UNREACHABLE, Cause.DROPPED, Cause.BUSY, Cause.SERVER_ERROR])
async def test_what_may_pass_is_tried_again_after_a_growing_random_wait(time, ask, cause):
    model = Scripted([cause], [cause], ["好", "的"])
    assert await ask(steady(model, time)) == ["好", "的"]
    assert model.calls == 3
    assert len(time.slept) == 2
    assert all(0 <= wait <= 4 for wait in time.slept)


@both
@pytest.mark.parametrize(
    "cause", sorted(set(Cause) - {Cause.UNREACHABLE, Cause.DROPPED, Cause.BUSY, Cause.SERVER_ERROR})
)
async def test_what_does_not_pass_is_not_tried_again(time, ask, cause):
    model = Scripted([cause], ["好"])
    assert await cause_of(ask(steady(model, time))) is cause
    assert model.calls == 1


@both
async def test_tries_end(time, ask):
    model = Scripted(*[[Cause.BUSY]] * 9)
    assert await cause_of(ask(steady(model, time))) is Cause.BUSY
    assert model.calls == 3


async def test_words_that_were_said_are_not_said_twice(time):
    model = Scripted(["好", Cause.DROPPED], ["好"])
    pieces = steady(model, time).speak("p", {}, language="zh", rep="r")
    assert await anext(pieces) == "好"
    with pytest.raises(ModelUnavailable) as caught:
        await anext(pieces)
    assert (model.calls, caught.value.reason) == (1, "unreachable")


@both
async def test_patience_ends(time, ask):
    model = Scripted(["好", 30.0, "的"])
    assert await cause_of(ask(steady(model, time, patience=0.1))) is Cause.TOO_SLOW


@both
async def test_after_failures_in_a_row_the_model_rests_and_then_one_call_tries_it(time, ask):
    model = Scripted([Cause.KEY], [Cause.NO_FIRST_WORD], [Cause.KEY], ["好"], ["好"])
    asked = steady(model, time)
    for _ in range(2):
        await cause_of(ask(asked))
    assert await cause_of(ask(asked)) is Cause.RESTING
    time.seconds = 31
    assert await cause_of(ask(asked)) is Cause.KEY
    assert await cause_of(ask(asked)) is Cause.RESTING
    time.seconds = 62
    assert await ask(asked) == ["好"]
    assert await ask(asked) == ["好"]
    assert model.calls == 5


async def test_only_one_call_tries_a_rested_model(time):
    breaker = CircuitBreaker(1, 30, time.now)
    breaker.failed()
    time.seconds = 31
    breaker.admit()
    with pytest.raises(ModelTrouble):
        breaker.admit()
    breaker.worked()
    breaker.admit()


@pytest.mark.parametrize("cause", [Cause.HALF, Cause.EMPTY, Cause.TOO_LONG, Cause.REQUEST_REFUSED])
async def test_an_answer_of_no_use_is_no_reason_to_rest(time, cause):
    asked = steady(Scripted(*[[cause]] * 5, ["好"]), time)
    for _ in range(5):
        assert await cause_of(spoken(asked)) is cause
    assert await spoken(asked) == ["好"]


@both
async def test_a_rep_without_tokens_asks_nothing_and_another_may(time, ask):
    model = Scripted(["好"], ["好"])
    asked = steady(model, time, tokens=100)
    await asked.budget.spend("spender", 100)
    assert await cause_of(ask(asked, rep="spender")) is Cause.OVER_BUDGET
    assert model.calls == 0
    assert await ask(asked, rep="saver") == ["好"]


@both
async def test_a_question_longer_than_what_is_left_is_not_asked(time, ask):
    assert await cause_of(ask(steady(Scripted(["好"]), time, tokens=100), passage="长" * 200)) is Cause.OVER_BUDGET


async def test_the_day_brings_new_tokens():
    days = [date(2026, 3, 2)]
    budget = BudgetInMemory(50, lambda: days[-1])
    await budget.spend("r", 60)
    assert await budget.left("r") == -10
    days.append(date(2026, 3, 3))
    assert await budget.left("r") == 50


async def test_what_is_recorded_is_spent():
    noted = []

    async def record(*use):
        noted.append(use)

    budget = BudgetInMemory(50, lambda: date(2026, 3, 2))
    await spending(budget, record)("r", 20, 5)
    assert await budget.left("r") == 25
    assert noted == [("r", 20, 5)]


async def test_the_offline_driver_needs_no_budget(time):
    asked = steady(OfflineModel(), time, tokens=0)
    assert asked.is_offline
    assert await spoken(asked, fallback="先问跟谁比。") == ["先问跟谁比。"]


async def test_an_answer_left_in_the_middle_is_closed(time):
    closed = []

    class Watched(Scripted):
        async def speak(self, prompt, inputs, *, language, rep):
            try:
                yield "好"
                yield "的"
            finally:
                closed.append(True)

    pieces = steady(Watched(), time).speak("p", {}, language="zh", rep="r")
    assert await anext(pieces) == "好"
    await pieces.aclose()
    assert closed == [True]
