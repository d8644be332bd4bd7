"""When a commitment is reminded of: nine on its day, and for a visit of ours also seven the evening before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.account import Commitment
from bot.domain.rep import Rep
from bot.domain.visit import Party
from bot.domain.writes import ConfirmedCommitment, Schedule
from bot.wording.phrasebook import Phrasebook

REMIND = "remind"
"""The job that reminds."""
DAY, EVE, AGAIN = "day", "eve", "again"
MORNING, EVENING = time(9), time(19)
SNOOZE = timedelta(hours=2)
_LATEST = time(20)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Which commitment a rep is reminded of, in which language."""

    commitment: str
    rep: Rep
    language: str

    def on(self, due: date) -> Schedule:
        """At nine on the day it is due, in the rep's zone."""
        return self._at(DAY, due, MORNING)

    def before(self, due: date) -> Schedule:
        """At seven the evening before."""
        return self._at(EVE, due - timedelta(days=1), EVENING)

    def after_a_while(self, now: datetime) -> Schedule:
        """Once more in two hours, in the evening rather at nine the next morning."""
        here = now.astimezone(ZoneInfo(self.rep.time_zone))
        later = here + SNOOZE
        if here.time() < _LATEST:
            return self._at(AGAIN, later.date(), later.time())
        return self._at(AGAIN, here.date() + timedelta(days=1), MORNING)

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


def reminders_of(
    promise: Commitment | ConfirmedCommitment, rep: Rep, words: Phrasebook, now: datetime
) -> tuple[Schedule, ...]:
    """The reminders of a promise that are still to come."""
    if promise.due is None:
        return ()
    reminder = Reminder(promise.id, rep, words.language)
    found = [reminder.on(promise.due)]
    if promise.who is Party.US and is_visit(promise.action, words):
        found.append(reminder.before(promise.due))
    return tuple(schedule for schedule in found if schedule.due > now)


def is_visit(action: str, words: Phrasebook) -> bool:
    """True when the words of an action mean that somebody goes there."""
    said = action.lower()
    return any(word in said for word in words.list_of("todo.visit_words"))
