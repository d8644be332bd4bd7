"""Reminds a rep of a commitment when its time has come, also when that was while the program was down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.message import Reply
from bot.domain.reminders import DAY, EVE
from bot.domain.rep import Viewer
from bot.domain.rich_text import joined
from bot.domain.visit import Party
from bot.domain.writes import ChangeRep
from bot.ports import Clock, DueWork, Outcome, Repository
from bot.presenting.todo_page import settling_buttons
from bot.wording.phrasebook import Phrasebook

LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Remind:
    """Says what is due, with buttons that settle it; says nothing of what is done."""

    clock: Clock
    repository: Callable[[Viewer], Repository]

    async def __call__(self, work: DueWork) -> Outcome:
        """The reminder, unless the commitment is done or gone."""
        payload = work.told
        repository = self.repository(work.viewer)
        commitment = await repository.commitment(payload["commitment"])
        rep = await repository.rep(payload["rep"])
        if commitment is None or commitment.done_at is not None or rep is None:
            return Outcome(())
        today = rep.day_of(self.clock.now())
        if commitment.due is None or not _is_time(payload["kind"], commitment.due, today):
            return Outcome(())
        words = Phrasebook(payload["language"])
        theirs = commitment.who is Party.CUSTOMER
        key = "tomorrow" if today < commitment.due else f"due_{'today' if today == commitment.due else 'before'}"
        key += "_theirs" if theirs and key != "tomorrow" else ""
        day = words.day(commitment.due)
        lines = [words.say(f"todo.{key}", action=commitment.action, account=commitment.account_name, day=day)]
        if self.clock.now() - work.due > LATE:
            lines.append(words.say("todo.late", moment=words.moment(work.due, ZoneInfo(rep.time_zone))))
        reply = Reply(joined(lines), settling_buttons(commitment, words))
        return Outcome((reply,), writes=(ChangeRep(rep.id, pushed_on=today),))


def _is_time(kind: str, due: date, today: date) -> bool:
    """An evening before is not told late; what was moved to another day is told then."""
    if kind == DAY:
        return today >= due
    is_eve = today == due - timedelta(days=1)
    return is_eve if kind == EVE else is_eve or today >= due
