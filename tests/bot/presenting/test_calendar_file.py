from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from bot.domain.account import Commitment
from bot.domain.rep import Rep, Role
from bot.domain.visit import Party
from bot.presenting.calendar_file import calendar_file
from bot.wording.phrasebook import Phrasebook

WORDS = Phrasebook("zh")
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
BERLIN = Rep("r1", "t1", Role.REP, "小林", "zh", "Europe/Berlin")
DEMO = Commitment("c1", "a1", "远山阀门", "r1", Party.US, "带样机去试", date(2026, 12, 1))
DRAWING = Commitment("c2", "a1", "远山阀门", "r1", Party.CUSTOMER, "给图纸, 带公差", date(2026, 12, 3))
SOME_DAY = Commitment("c3", "a1", "远山阀门", "r1", Party.US, "发案例", None)


def parsed(*commitments: Commitment, at: datetime = NOW) -> Component:
    file = calendar_file(commitments, BERLIN, WORDS, at)
    assert (file.name, file.media_type) == ("ridealong-2026-11-23.ics", "text/calendar")
    return Calendar.from_ical(file.content)


def test_an_appointment_stands_at_nine_in_the_reps_zone() -> None:
    calendar = parsed(DEMO)
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")


def test_a_visit_has_an_alarm_the_evening_before_as_well() -> None:
    demo, drawing = parsed(DEMO, DRAWING).walk("VEVENT")
    assert [alarm.decoded("trigger") for alarm in demo.walk("VALARM")] == [timedelta(), -timedelta(hours=14)]
    assert [alarm.decoded("trigger") for alarm in drawing.walk("VALARM")] == [timedelta()]


def test_a_later_file_changes_what_an_earlier_one_put_in() -> None:
    [before] = parsed(DEMO).walk("VEVENT")
    moved = Commitment("c1", "a1", "远山阀门", "r1", Party.US, "带样机去试", date(2026, 12, 4))
    [after] = parsed(moved, at=NOW + timedelta(minutes=3)).walk("VEVENT")
    assert before["uid"] == after["uid"] == "c1@ridealong"
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart").day == 4


def test_words_survive_and_undated_ones_stay_out() -> None:
    calendar = parsed(DRAWING, SOME_DAY)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["客户答应：给图纸, 带公差（远山阀门）"]
    file = calendar_file((DRAWING,), BERLIN, WORDS, NOW)
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
