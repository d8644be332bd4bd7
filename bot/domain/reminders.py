"""When a commitment is reminded of: nine on its day, and for a visit of ours also seven the evening before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.rep import Rep
from bot.domain.writes import Schedule

REMIND = "remind"
"""The job that reminds."""
DAY, EVE = "day", "eve"
_MORNING, _EVENING = time(9), time(19)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Which commitment a rep is reminded of, in which language."""

    commitment: str
    rep: Rep
    language: str

    def on(self, due: date) -> Schedule:
        """At nine on the day it is due, in the rep's zone."""
        return self._at(DAY, due, _MORNING)

    def before(self, due: date) -> Schedule:
        """At seven the evening before."""
        return self._at(EVE, due - timedelta(days=1), _EVENING)

    def _at(self, kind: str, day: date, hour: time) -> Schedule:
        payload = {
            "commitment": self.commitment,
            "rep": self.rep.id,
            "team": self.rep.team,
            "language": self.language,
            "kind": kind,
        }
        due = datetime.combine(day, hour, ZoneInfo(self.rep.time_zone))
        return Schedule(REMIND, f"{self.commitment}:{kind}", due, payload)
