"""Asks a rep at the hour he chose where he was today: at most one push a day, never on days off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.account import Draft
from bot.domain.evening_question import next_question
from bot.domain.message import Button, Reply
from bot.domain.rep import Rep, Viewer
from bot.domain.rich_text import joined
from bot.domain.writes import ChangeRep, Write
from bot.jobs.days_off import is_public_holiday
from bot.ports import Clock, DueWork, Outcome, Repository
from bot.wording.phrasebook import Phrasebook

TOO_LATE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class AskEvening:
    """The question, unless it is a day off, something was pushed or told today, or it got too late."""

    clock: Clock
    repository: Callable[[Viewer], Repository]

    async def __call__(self, work: DueWork) -> Outcome:
        """What to say today, and the next appointment; nothing any more once the rep said no."""
        payload = work.told
        repository = self.repository(work.viewer)
        rep, now = await repository.rep(payload["rep"]), self.clock.now()
        appointment = next_question(rep, payload["language"], now) if rep else None
        if rep is None or appointment is None:
            return Outcome(())
        if now - work.due > TOO_LATE or not await _is_welcome(rep, repository, now):
            return Outcome((), writes=(appointment,))
        reply = _question(await repository.open_drafts(), Phrasebook(payload["language"]))
        pushed = ChangeRep(rep.id, pushed_on=rep.day_of(now))
        writes: tuple[Write, ...] = (appointment, pushed)
        return Outcome((reply,), writes=writes)


async def _is_welcome(rep: Rep, repository: Repository, now: datetime) -> bool:
    zone = ZoneInfo(rep.time_zone)
    today = now.astimezone(zone).date()
    if rep.pushed_on == today or rep.evening.is_silent_on(today) or is_public_holiday(today, rep.time_zone):
        return False
    return not await repository.has_saved_since(datetime.combine(today, time(), zone))


def _question(drafts: Sequence[Draft], words: Phrasebook) -> Reply:
    """The question, with the card that still waits to be saved."""
    last = tuple(Button(words.plain(f"evening.{key}_button"), f"evening:{key}") for key in ("nothing", "off"))
    if not drafts:
        return Reply(words.say("evening.question"), (last,))
    names = [note.account or words.plain("card.no_account") for note in drafts[0].notes]
    waiting = words.say("evening.card_waits", accounts=words.plain("card.and").join(names))
    row = tuple(
        Button(words.plain(f"debrief.{action}"), f"debrief:{action}:{drafts[0].id}") for action in ("save", "edit")
    )
    return Reply(joined([words.say("evening.question"), waiting]), (row, last))
