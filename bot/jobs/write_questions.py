"""Has the model write the questions that passages answer, a few at a time, while nobody waits for an answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.writes import Schedule
from bot.errors import ModelUnavailable
from bot.ports import Clock, DueWork, Outcome
from knowledge.passages import Passage, PassageStore, QuestionWriter
from knowledge.question_writing import unasked, written

log = logging.getLogger(__name__)

NAME = "write_questions"
AT_ONCE = 5
"""Passages of one piece of work: what a stop loses, and how often the index takes questions in."""
NEXT_FEW = timedelta(seconds=1)
BUSY = timedelta(seconds=20)
ALL_ASKED = timedelta(minutes=5)
"""How soon documents that were taken in since are noticed, by whichever process took them in."""
NO_MODEL = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class WriteQuestions:
    """Fulfils Job. `writer` is None where no model could write; then nothing is asked for any more."""

    clock: Clock
    store: PassageStore
    writer: Callable[[], QuestionWriter | None]
    is_quiet: Callable[[], Awaitable[bool]]

    async def __call__(self, work: DueWork) -> Outcome:
        """Questions for the next few passages, and the next appointment."""
        writer = self.writer()
        if writer is None:
            return Outcome(())
        waiting = await asyncio.to_thread(unasked, self.store)
        return Outcome((), writes=(self.next(await self._write(writer, waiting) if waiting else ALL_ASKED),))

    def next(self, after: timedelta = NEXT_FEW) -> Schedule:
        """The next appointment."""
        return Schedule(NAME, NAME, self.clock.now() + after)

    async def _write(self, writer: QuestionWriter, waiting: Sequence[Passage]) -> timedelta:
        """Writes for a few of them while it is quiet; says when to go on. What is written is kept in any case."""
        found: dict[str, Sequence[str]] = {}
        try:
            for passage in waiting[:AT_ONCE]:
                if not await self.is_quiet():
                    return BUSY
                found[passage.id] = await asyncio.to_thread(written, writer, passage)
        except ModelUnavailable as unavailable:
            log.info("questions wait for the model", extra={"action": "questions", "reason": unavailable.reason})
            return NO_MODEL
        finally:
            if found:
                await asyncio.to_thread(self.store.keep_questions, found)
        log.info("questions written", extra={"action": "questions", "waiting": len(waiting) - len(found)})
        return NEXT_FEW
