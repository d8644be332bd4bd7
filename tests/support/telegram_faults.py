"""Trouble on order: what may go wrong with a call, scripted by method or at random from a seed."""

import random
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """What goes wrong with one call."""

    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    BAD_GATEWAY = "bad_gateway"
    DROPPED = "dropped"
    """The connection ends before anything happened."""
    ANSWER_LOST = "answer_lost"
    """Everything happened, then the connection ends without an answer."""
    SLOW = "slow"
    """Everything happened at once, only the answer takes its time."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble; `seconds` is the delay of a slow answer, `retry_after` what a 429 asks for."""

    trouble: Trouble
    retry_after: int = 1
    seconds: float = 0.5


@dataclass(slots=True)
class _Chances:
    rate: float
    faults: Sequence[Fault]
    methods: frozenset[str]
    chance: random.Random


@dataclass(slots=True)
class Faults:
    """Which call meets which trouble: scripted ones first, in order, then chance."""

    met: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _scripts: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _chances: _Chances | None = None

    def script(self, method: str, *faults: Fault | Trouble) -> None:
        """The next calls of this method (`*`: of any method but getUpdates) meet these, one each."""
        self._scripts[method].extend(fault if isinstance(fault, Fault) else Fault(fault) for fault in faults)

    def at_random(
        self,
        rate: float,
        faults: Sequence[Fault | Trouble],
        *,
        methods: Sequence[str] = ("sendMessage",),
        seed: int = 0,
    ) -> None:
        """From now on each call of these methods meets one of the faults with this probability."""
        kinds = [fault if isinstance(fault, Fault) else Fault(fault) for fault in faults]
        self._chances = _Chances(rate, kinds, frozenset(methods), random.Random(seed))

    def clear(self) -> None:
        """All is well again."""
        self._scripts.clear()
        self._chances = None

    def take(self, method: str) -> Fault | None:
        """The trouble for this call, if any; a scripted one is used up."""
        if not self._scripts and not self._chances:
            return None
        fault = self._scripted(method) or self._by_chance(method)
        if fault:
            self.met[fault.trouble] += 1
        return fault

    def _scripted(self, method: str) -> Fault | None:
        for name in (method,) if method == "getUpdates" else (method, "*"):
            if self._scripts.get(name):
                return self._scripts[name].popleft()
        return None

    def _by_chance(self, method: str) -> Fault | None:
        odds = self._chances
        if odds and method in odds.methods and odds.chance.random() < odds.rate:
            return odds.chance.choice(odds.faults)
        return None
