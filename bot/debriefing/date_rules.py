# ruff: noqa: E501 - patterns are read whole, one to a line
"""The rules that turn date words into a day, one small function for each form of words."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

from bot.debriefing.date_patterns import ENGLISH_DAY, ENGLISH_MONTH, ENGLISH_NUMBER, NUMBER, WEEK
from bot.debriefing.money import number_in


class Leaning(Enum):
    """Which side of the base date a bare weekday or day of the month leans to."""

    PLAIN = "plain"
    PAST = "past"
    FUTURE = "future"


Rule = Callable[[re.Match[str], date, Leaning], date | None]

_WEEKDAYS = {sign: index for index, sign in enumerate("一二三四五六日")} | {
    "天": 6,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
}
_DAY_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1, "今天": 0, "今日": 0, "今儿": 0,
    "今早": 0, "今晚": 0, "当天": 0, "明天": 1, "明日": 1, "明儿": 1, "明早": 1, "明晚": 1, "后天": 2, "后日": 2, "大后天": 3,
    "today": 0, "this morning": 0, "this afternoon": 0, "tonight": 0, "this evening": 0, "tomorrow": 1, "yesterday": -1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "the day before yesterday": -2, "last night": -1,
}  # fmt: skip
_MONTHS = {name.lower(): index for index, name in enumerate(calendar.month_name) if name} | {
    name.lower(): index for index, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_ENGLISH_DAYS = {name.lower(): index for index, name in enumerate(calendar.day_name)} | {
    name.lower(): index for index, name in enumerate(calendar.day_abbr)
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}  # fmt: skip
_EN_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "a": 1,
    "a couple of": 2,
}


def _weekday_in_week(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    prefix, sign = match["prefix"] or "", match["sign"]
    shift = prefix.count("下") - prefix.count("上")
    day = base - timedelta(days=base.weekday()) + timedelta(weeks=shift, days=_WEEKDAYS[sign])
    return day if prefix else _leant(day, base, leaning)


def _leant(day: date, base: date, leaning: Leaning) -> date:
    if leaning is Leaning.FUTURE and day < base:
        return day + timedelta(weeks=1)
    if leaning is Leaning.PAST and day > base:
        return day - timedelta(weeks=1)
    return day


def _day_word(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    return base + timedelta(days=_DAY_WORDS[match[0].lower()])


def _days_on(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    number = number_in(match["number"].replace("半", "")) if match["number"] != "半" else None
    if number is None or "工作" in match["unit"]:
        return None
    sign = -1 if match["way"] in ("前", "之前", "以前") else 1
    if "月" in match["unit"]:
        return None
    return base + sign * timedelta(days=int(number) * (7 if match["unit"].strip("个") in ("周", "星期", "礼拜") else 1))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shifted(base: date, months: int) -> tuple[int, int]:
    index = base.year * 12 + base.month - 1 + months
    return index // 12, index % 12 + 1


def _in_month(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    prefix, part = match["prefix"] or "", match["part"]
    year, month = _shifted(base, prefix.count("下") - prefix.count("上"))
    if part in ("底", "末"):
        return _month_end(year, month)
    day = date(year, month, int(number_in(part.rstrip("号日")) or 0))
    if not prefix and leaning is not Leaning.PAST and day < base:
        day = date(*_shifted(base, 1), day.day)
    if not prefix and leaning is Leaning.PAST and day > base:
        day = date(*_shifted(base, -1), day.day)
    return day


def _of_month(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    month, part = int(number_in(match["month"]) or 0), match["part"]
    year = {"今年": 0, "明年": 1, "后年": 2, "去年": -1}.get(match["year"] or "", 0) + base.year
    if match["year"] and match["year"][0].isdigit():
        year = int(match["year"].rstrip("年"))
    day = (
        _month_end(year, month) if part in ("底", "末") else date(year, month, int(number_in(part.rstrip("号日")) or 0))
    )
    if not match["year"] and leaning is not Leaning.PAST and day < base - timedelta(days=60):
        day = day.replace(year=year + 1)
    if not match["year"] and leaning is Leaning.PAST and day > base + timedelta(days=60):
        day = day.replace(year=year - 1)
    return day


def _year_end(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    return date(base.year + {"明年底": 1, "明年末": 1, "去年底": -1, "后年底": 2}.get(match[0], 0), 12, 31)


def _quarter_end(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    quarter = match["quarter"]
    if quarter in ("这", "本", "这个", "本个", ""):
        number, year = (base.month - 1) // 3 + 1, base.year
    elif quarter in ("下", "下个"):
        index = base.year * 4 + (base.month - 1) // 3 + 1
        number, year = index % 4 + 1, index // 4
    else:
        number, year = int(number_in(quarter.strip("第Qq")) or 0), base.year + (1 if "明年" in match[0] else 0)
    return _month_end(year, number * 3)


def _english_weekday(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    index = _ENGLISH_DAYS[match["day"].lower()]
    which, after = (match["which"] or "").strip().lower(), (match["after"] or "").strip().lower()
    monday = base - timedelta(days=base.weekday())
    if which == "next" or "next week" in after or after == "week":
        return monday + timedelta(weeks=1, days=index)
    if which == "last" or "last week" in after:
        day = monday + timedelta(days=index)
        return day if day < base and "week" not in after else day - timedelta(weeks=1)
    if leaning is Leaning.PAST and not which:
        return _leant(monday + timedelta(days=index), base, leaning)
    return base + timedelta(days=(index - base.weekday()) % 7)


def _english_span(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    words = match["number"].lower()
    number = int(words) if words.isdigit() else _EN_NUMBERS[words]
    if match["unit"].lower().startswith("month") or "business" in match[0] or "working" in match[0]:
        return None
    days = number * (7 if match["unit"].lower().startswith("week") else 1)
    return base - timedelta(days=days) if match[0].lower().endswith("ago") else base + timedelta(days=days)


def _english_end(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    which, of = (match["which"] or "").strip().lower(), match["of"].lower()
    if of.startswith("q"):
        return _month_end(base.year, int(of[1]) * 3)
    if of in _MONTHS:
        year = base.year + (1 if _MONTHS[of] < base.month and leaning is not Leaning.PAST else 0)
        return _month_end(year, _MONTHS[of])
    following = 1 if which == "next" else 0
    if of == "week":
        return base - timedelta(days=base.weekday()) + timedelta(weeks=following, days=4)
    if of == "month":
        return _month_end(*_shifted(base, following))
    if of == "quarter":
        return _month_end(*_shifted(base, following * 3 + (2 - (base.month - 1) % 3)))
    return date(base.year + following, 12, 31)


def _english_calendar(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    month = _MONTHS[(match["month"] or match["month2"]).lower().rstrip(".")]
    year = match["year"] or match["year2"]
    day = date(int(year or base.year), month, int(match["day"] or match["day2"]))
    if not year and leaning is not Leaning.PAST and day < base - timedelta(days=60):
        return day.replace(year=day.year + 1)
    return day


def _english_ordinal(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    day = date(base.year, base.month, int(match["day"]))
    if day < base and leaning is not Leaning.PAST:
        return date(*_shifted(base, 1), day.day)
    return day


def _iso(match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    return date(*(int(part) for part in re.split(r"[-/.]", match[0])))


_CN_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        (r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", _iso),
        (rf"(?P<prefix>下+|上+|这|本)?{WEEK}(?P<sign>[一二三四五六日天1-6])", _weekday_in_week),
        ("|".join(sorted(_DAY_WORDS, key=len, reverse=True)), _day_word),
        (rf"(?P<number>{NUMBER})(?P<unit>个?(?:工作)?日|天|个?(?:周|星期|礼拜)|个?月)(?P<way>之?后|以后|之?内|以内|之?前|以前)", _days_on),
        (rf"(?P<prefix>这|本|上+|下+)?个?月?(?P<part>(?<=月)[底末]|{_CN_DAY}[号日])", _in_month),
        (rf"(?P<year>\d{{4}}年|今年|明年|后年|去年)?(?P<month>{_CN_DAY})月份?(?P<part>[底末]|{_CN_DAY}[号日]?)", _of_month),
        (r"(?:今|本|明|去|后)?年[底末]|元旦", _year_end),
        (r"(?:今年|明年)?(?P<quarter>第?[一二三四]|下个?|这个?|本个?|Q[1-4])(?:季度)?[末底]", _quarter_end),
        (rf"(?P<which>next |this |last |coming |this coming )?(?P<day>{ENGLISH_DAY})(?P<after> (?:of )?(?:next week|week|this week|last week))?", _english_weekday),
        (rf"(?:(?:in|within)(?: about| the next)? )?(?P<number>{ENGLISH_NUMBER}) (?:business |working )?(?P<unit>day|week|month)s?(?:' time| ago| from now| later)?", _english_span),
        (rf"end of (?P<which>the |this |next )?(?P<of>{ENGLISH_MONTH}|week|month|quarter|year|Q[1-4])", _english_end),
        (r"(?P<which>)(?P<of>year|month|quarter)[ -]end", _english_end),
        (rf"(?P<month>{ENGLISH_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{ENGLISH_MONTH})(?:,? (?P<year2>\d{{4}}))?", _english_calendar),
        (r"(?P<day>\d{1,2})(?:st|nd|rd|th)", _english_ordinal),
    )
)  # fmt: skip
