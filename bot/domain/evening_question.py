"""When a rep is next asked where he was: one appointment for each rep, whatever he changes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.rep import Rep
from bot.domain.writes import Schedule

ASK = "ask_evening"
"""The job that asks."""
_AFTER_REMINDERS = timedelta(seconds=15)
"""A reminder of the same hour goes first, and then nothing is asked that day."""


def next_question(rep: Rep, language: str, now: datetime) -> Schedule | None:
    """The rep's next appointment after now, None when he is not asked."""
    if rep.evening.hour is None:
        return None
    zone = ZoneInfo(rep.time_zone)
    here = now.astimezone(zone)
    day = here.date() + timedelta(days=here.hour >= rep.evening.hour)
    due = datetime.combine(day, time(rep.evening.hour), zone) + _AFTER_REMINDERS
    return Schedule(ASK, rep.id, due, {"rep": rep.id, "team": rep.team, "language": language})
