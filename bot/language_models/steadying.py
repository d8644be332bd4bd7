"""Makes any language model bearable: retries, an end to waiting, a budget per rep and day, a rest after failures."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bot.errors import ModelUnavailable
from bot.language_models.budget import Budget
from bot.language_models.circuit_breaker import CircuitBreaker
from bot.language_models.offline_model import FALLBACK
from bot.language_models.streaming import Limits, guessed_tokens, in_time
from bot.language_models.trouble import Cause, ModelTrouble
from bot.ports import LanguageModel

if TYPE_CHECKING:
    from tenacity import AsyncRetrying

_PASSES = {Cause.UNREACHABLE, Cause.DROPPED, Cause.BUSY, Cause.SERVER_ERROR}
"""What may be gone a moment later; somebody who has waited in vain already is not made to wait again."""
_OUTAGES = _PASSES | {Cause.NO_FIRST_WORD, Cause.TOO_SLOW, Cause.KEY, Cause.MODEL_MISSING}
"""What the next call would run into as well."""

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class SteadyModel:
    """Fulfils LanguageModel over another one. What it raises is final: the caller goes on without a model.

    `patience` is seconds for one call with all its tries.
    """

    model: LanguageModel
    budget: Budget
    patience: float
    tries: int = 3
    longest_wait: float = 4.0
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    @property
    def is_offline(self) -> bool:
        """What the model says of itself."""
        return self.model.is_offline

    async def speak(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str
    ) -> AsyncGenerator[str, None]:
        """Text as it comes; tried again only before the first words. Raises ModelUnavailable."""
        await self._admit(inputs, rep)

        async def opened() -> tuple[str | None, AsyncGenerator[str, None]]:
            words = self.model.speak(prompt, inputs, language=language, rep=rep)
            pieces = in_time(words, Limits(self.patience, self.patience))
            return await anext(pieces, None), pieces

        first, pieces = await self._steadily(opened)
        async with aclosing(pieces):
            if first is not None:
                yield first
            try:
                async for piece in pieces:
                    yield piece
            except ModelUnavailable as trouble:
                self._note(trouble)
                raise

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """A JSON object that fits the schema. Raises ModelUnavailable."""
        await self._admit(inputs, rep)

        async def proposed() -> Mapping[str, object]:
            return await self.model.propose(prompt, inputs, language=language, rep=rep, schema=schema)

        return await self._steadily(proposed)

    async def _admit(self, inputs: Mapping[str, str], rep: str) -> None:
        needed = guessed_tokens("".join(value for name, value in inputs.items() if name != FALLBACK))
        if not self.is_offline and await self.budget.left(rep) <= needed:
            raise ModelTrouble(Cause.OVER_BUDGET)
        self.breaker.admit()

    async def _steadily(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        try:
            async with asyncio.timeout(self.patience):
                result: _Result = await self._retrying()(call)
        except TimeoutError:
            self._note(ModelTrouble(Cause.TOO_SLOW))
            raise ModelTrouble(Cause.TOO_SLOW) from None
        except ModelUnavailable as trouble:
            self._note(trouble)
            raise
        self.breaker.worked()
        return result

    def _retrying(self) -> "AsyncRetrying":
        from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

        return AsyncRetrying(
            retry=retry_if_exception(_may_pass),
            stop=stop_after_attempt(self.tries),
            wait=wait_random_exponential(multiplier=0.5, max=self.longest_wait),
            sleep=self.sleep,
            reraise=True,
        )

    def _note(self, trouble: ModelUnavailable) -> None:
        _log.warning("model gave nothing", extra={"reason": trouble.reason, "cause": str(trouble)})
        if isinstance(trouble, ModelTrouble) and trouble.cause in _OUTAGES:
            self.breaker.failed()
        else:
            self.breaker.worked()


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, ModelTrouble) and error.cause in _PASSES
