"""Commitments as an iCalendar file: an appointment at nine of the day, in the rep's zone, with an alarm."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.account import Commitment
from bot.domain.message import File
from bot.domain.reminders import EVENING, MORNING, is_visit
from bot.domain.rep import Rep
from bot.domain.visit import Party
from bot.wording.phrasebook import Phrasebook

if TYPE_CHECKING:
    from icalendar import Alarm, Event

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Ridealong//Ridealong//"
_LENGTH = timedelta(minutes=30)


def calendar_file(commitments: Sequence[Commitment], rep: Rep, words: Phrasebook, now: datetime) -> File:
    """One appointment for each commitment with a day.

    Its UID stays the same and its sequence grows with time, so that a later file changes what an earlier one put in.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"{_PRODUCT}{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for commitment in commitments:
        if commitment.due is not None:
            calendar.add_component(_event(commitment, rep, words, now))
    calendar.add_missing_timezones()
    return File(f"ridealong-{now.astimezone(ZoneInfo(rep.time_zone)):%Y-%m-%d}.ics", MEDIA_TYPE, calendar.to_ical())


def _event(commitment: Commitment, rep: Rep, words: Phrasebook, now: datetime) -> "Event":
    from icalendar import Event

    assert commitment.due is not None
    starts = datetime.combine(commitment.due, MORNING, ZoneInfo(rep.time_zone))
    key = "theirs" if commitment.who is Party.CUSTOMER else "ours"
    summary = words.plain(f"todo.event_{key}", action=commitment.action, account=commitment.account_name)
    event = Event()
    event.add("uid", f"{commitment.id}@ridealong")
    event.add("sequence", int(now.timestamp()))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("dtstart", starts)
    event.add("dtend", starts + _LENGTH)
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if commitment.done_at else "CONFIRMED")
    for before in _alarms(commitment, words):
        event.add_component(_alarm(summary, before))
    return event


def _alarms(commitment: Commitment, words: Phrasebook) -> Iterator[timedelta]:
    """At nine, and for a visit of ours also at seven the evening before."""
    yield timedelta()
    if commitment.who is Party.US and is_visit(commitment.action, words):
        yield timedelta(hours=24 + MORNING.hour - EVENING.hour)


def _alarm(summary: str, before: timedelta) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -before)
    return alarm
