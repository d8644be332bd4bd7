"""Reminds a rep of a commitment when its time has come, also when that was while the program was down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.message import Button, Reply
from bot.domain.reminders import EVE
from bot.domain.rep import Role, Viewer
from bot.domain.rich_text import joined
from bot.domain.visit import Party
from bot.ports import Clock, DueWork, Outcome, Repository
from bot.wording.phrasebook import Phrasebook

LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Remind:
    """Says what is due, with a button for done and one for tomorrow; says nothing of what is done."""

    clock: Clock
    repository: Callable[[Viewer], Repository]

    async def __call__(self, work: DueWork) -> Outcome:
        """The reminder, unless the commitment is done or gone."""
        payload = {name: str(value) for name, value in work.payload.items()}
        repository = self.repository(Viewer(payload["team"], payload["rep"], Role.REP))
        commitment = await repository.commitment(payload["commitment"])
        rep = await repository.rep(payload["rep"])
        if commitment is None or commitment.done_at is not None or rep is None:
            return Outcome(())
        today = self.clock.now().astimezone(ZoneInfo(rep.time_zone)).date()
        if payload["kind"] == EVE and commitment.due is not None and today >= commitment.due:
            return Outcome(())
        words = Phrasebook(payload["language"])
        theirs = commitment.who is Party.CUSTOMER
        key = "tomorrow" if payload["kind"] == EVE else ("due_today_theirs" if theirs else "due_today")
        lines = [words.say(f"todo.{key}", action=commitment.action, account=commitment.account_name)]
        if self.clock.now() - work.due > LATE:
            lines.append(words.say("todo.late", moment=words.moment(work.due, ZoneInfo(rep.time_zone))))
        row = (
            Button(words.plain("todo.done_button"), f"todo:done:{commitment.id}"),
            Button(words.plain("todo.snooze_button"), f"todo:snooze:{commitment.id}"),
        )
        return Outcome((Reply(joined(lines), (row,)),))
