"""When those who teach the bot hear what it could not answer."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.documents import TEACHERS
from bot.domain.rep import Rep
from bot.domain.writes import Schedule

REPORT = "report_gaps"
"""The job that tells."""
HOUR = 9


def next_report(rep: Rep, language: str, now: datetime) -> Schedule | None:
    """The rep's next Monday morning, None when he does not teach or does not want it."""
    if rep.role not in TEACHERS or not rep.weekly_report:
        return None
    zone = ZoneInfo(rep.time_zone)
    here = now.astimezone(zone)
    due = datetime.combine(here.date() - timedelta(days=here.weekday()), time(HOUR), zone)
    due += timedelta(weeks=1) if due <= now else timedelta()
    return Schedule(REPORT, rep.id, due, {"rep": rep.id, "team": rep.team, "language": language})
