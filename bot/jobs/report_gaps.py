"""Tells those who teach the bot, on Monday morning, what it could not answer; nothing when there is nothing."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.weekly_report import next_report
from bot.ports import Clock, DueWork, Outcome, Store
from bot.presenting.usage_pages import weekly_report
from bot.wording.phrasebook import Phrasebook

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class ReportGaps:
    """The week's report and the next appointment."""

    clock: Clock
    store: Store

    async def __call__(self, work: DueWork) -> Outcome:
        """What to say; nothing any more to whoever left, no longer teaches, or said no."""
        payload = work.told
        rep = await self.store.repository(work.viewer).rep(payload["rep"])
        appointment = next_report(rep, payload["language"], self.clock.now()) if rep else None
        if rep is None or appointment is None:
            return Outcome(())
        found = await self.store.repository(rep.viewer).usage.report(work.due - WEEK)
        words = Phrasebook(payload["language"])
        said = (weekly_report(found, words),) if found.says_something else ()
        return Outcome(said, writes=(appointment,))
