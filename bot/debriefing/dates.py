# ruff: noqa: E501 - patterns are read whole, one to a line
"""Date words found in a text and the day they mean against a base date, Chinese and English.

Weeks start on Monday; words that fix no single day keep their place in the text and get no day. jionlp and dateparser
read calendar forms; the conventions and what the two miss are here.
"""

import calendar
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from io import StringIO

from bot.debriefing.money import number_in


class Leaning(Enum):
    """Which side of the base date a bare weekday or day of the month leans to."""

    PLAIN = "plain"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words of a text and where they stand; `day` is None where they fix none."""

    words: str
    start: int
    day: date | None

    @property
    def end(self) -> int:
        """Where the words end in the text."""
        return self.start + len(self.words)


def dates_in(text: str, base: date, leaning: Leaning = Leaning.PLAIN) -> tuple[DateWords, ...]:
    """All date words in the text, in order, resolved against the base date."""
    found: list[DateWords] = []
    position = 0
    while match := _ANY.search(text, position):
        words = match[0].strip()
        found.append(DateWords(words, match.start(), day_meant(words, base, leaning)))
        position = max(match.end(), match.start() + 1)
    return tuple(found)


def day_meant(words: str, base: date, leaning: Leaning = Leaning.PLAIN) -> date | None:
    """The day these words mean, or None where they are vague or no date at all."""
    trimmed = _TRIM.sub("", re.sub(r"(?<=\d) (?=[月号日年底])|(?<=月) (?=[\d底])", "", words.strip()))
    if not trimmed or _VAGUE.search(words.strip()):
        return None
    for pattern, rule in _RULES:
        match = pattern.fullmatch(trimmed)
        if match:
            return _checked(rule, match, base, leaning)
    return _by_library(trimmed, base)


def _checked(rule: "Rule", match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    try:
        return rule(match, base, leaning)
    except ValueError:
        return None


Rule = Callable[[re.Match[str], date, Leaning], date | None]

_NUM = r"(?:\d{1,3}|[零一二两三四五六七八九十百半]+)"
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
_EN_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|weds"
_EN_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_EN_NUM = r"(?:\d{1,2}|one|two|three|four|five|six|seven|ten|a|a couple of)"
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
_WEEK = r"(?:个?(?:周|星期|礼拜))"
_FEAST = r"(?:五一|国庆|(?<!双)十一|双十一|春节|中秋|端午|清明|过年|元宵|劳动节|国庆节|春节|双十一|双11|618|圣诞|暑假|寒假|年会|黄金周|开学|放假|入冬|入夏|汛期|旺季|淡季|节|年)"
_CN_DATE = "|".join((
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
    r"(?:\d{4}年|今年|明年|后年|去年)?\d{1,2} ?月(?:份)?(?: ?\d{1,2} ?[号日]?| ?底|末|初|上旬|中旬|下旬|中|上半月|下半月)?",
    r"(?:今年|明年|后年|去年)?[一二三四五六七八九十]{1,2}月份?(?:[一二三四五六七八九十]{1,3}[号日]?|底|末|初|上旬|中旬|下旬|中)?",
    r"(?:这|本|上+|下+)?个?月(?:底|末|初|中旬?|上旬|下旬|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日])",
    r"(?:下+|上+|这|本)个?月(?!台|结|产)",
    rf"(?:下+|上+|这|本){_WEEK}(?:[一二三四五六日天1-6](?![0-9个十百千万])|末|内|初|底)?",
    r"(?<![一二两三四五六七八九十每半几])(?:周|星期|礼拜)(?:[一二三四五六日天](?![个十百千万次趟回])|末)",
    r"大后天|大前天|[前昨今明后]天|[昨今明][日晚早儿]|前晚|当天",
    rf"{_NUM}(?:个?(?:工作)?日|天|个?(?:周|星期|礼拜)|个?月)(?:之?后|以后|之?内|以内|左右|之?前|以前)",
    r"(?<![\d.])\d{1,2}[号](?!楼|线|机|门|厂|车|店|院)",
    r"(?<![\d一二三四五六七八九十])[一二三四五六七八九十]{1,3}号(?!楼|线|机|门|厂|车|店|院)",
    r"(?:今|明|后|去|本)?年(?:底|末|初|中)|(?:今|明|后|去)年(?:[上下]半年|[一二三四]季度|Q[1-4]|春节|五一|国庆|春天|夏天|秋天|冬天)?",
    r"(?:今年|明年)?(?:第?[一二三四]|下|上|这|本)个?季度(?:末|底|初)?|(?:今年|明年)?[上下]半年|(?<![A-Za-z])Q[1-4](?!\d)(?:末|底|初)?",
    rf"元旦|{_FEAST}(?=之?[前后]|期间|以[前后]|左右|一过|过[后完])|(?:五一|国庆|(?<!双)十一|双十一|春节|中秋|端午|清明)(?=放假|开工|左右)?",
))  # fmt: skip
_EN_DATE = "|".join((
    r"\d{4}-\d{2}-\d{2}",
    r"(?:the )?day (?:after tomorrow|before yesterday)|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)|last night",
    rf"(?:(?:early|mid|late)[ -])?{_EN_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_EN_MONTH}(?:,? \d{{4}})?",
    rf"(?:(?:by )?the )?end of (?:the |this |next )?(?:{_EN_MONTH}|week|month|quarter|year|Q[1-4])|year[ -]end|month[ -]end|quarter[ -]end|EOY|EOM|EOW",
    rf"(?:early|mid|late)[ -](?:{_EN_MONTH}|next (?:week|month|year|quarter)|Q[1-4]|week|month|year)",
    rf"(?:(?:on |by |before |until )?(?:next|this|last|coming|this coming) )?(?:{_EN_DAY})\b(?: (?:of )?(?:next week|week|after next|this week|last week))?",
    r"(?:the )?week after next|(?:next|last|this) (?:week|month|quarter|year|shutdown|holiday|season|audit|break|peak|spring|summer|autumn|fall|winter)",
    rf"(?:in|within)(?: about| the next)? {_EN_NUM} (?:business |working )?(?:day|week|month)s?(?:' time)?|{_EN_NUM} (?:day|week|month)s? (?:ago|from now|later)",
    r"Q[1-4](?: (?:this year|next year|\d{4}))?|(?:first|second) half of (?:the|next|this) year|(?:the )?\d{1,2}(?:st|nd|rd|th)(?! (?:floor|time|line|anniversary))",
    r"(?:before|after|by) the (?:\w+ )?(?:shutdown|holidays?|season|summer|winter|spring|autumn|audit|break|peak)",
    rf"(?:in|by|before|from|until|till|since|during|for|this|next|last) {_EN_MONTH}(?: \d{{4}})?|new year(?:'s)?|christmas|easter",
))  # fmt: skip
_TAIL = r"(?:之?前|以前|之?后|以后|之?内|以内|左右|期间|的?(?:上午|下午|早上|晚上|中午|傍晚|晚|早))?"
_ANY = re.compile(rf"(?:{_CN_DATE}){_TAIL}|\b(?:by |before )?(?:{_EN_DATE})(?:\b|(?<=\.))", re.IGNORECASE)
_TRIM = re.compile(
    r"^(?:在|到|就|by |before |on |until |till |in (?=[A-Z])|coming )*(?:the )?|(?:之?前|以前|的?(?:上午|下午|早上|晚上|中午|傍晚|早|晚)"
    r"(?:[一二三四五六七八九十\d]{1,2}点半?)?|左右|期间|(?<!this) (?:morning|afternoon|evening)| at .*)$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"旬|前后|(?<!天)(?<!日)(?<!周)(?<!期)(?<!拜)(?<!月)(?:以|之)?后$|下周之?后|月初|月中|年初|年中|季度初|周初|左右$|^(?:节|年(?![底末])|过年|暑假|寒假|年会|黄金周|开学|放假|入冬|入夏|汛期|旺季|淡季)|半年|季$|[春夏秋冬]天"
    r"|^(?:early|mid|late)\b|shutdown|holiday|season|audit|break|peak|spring|summer|autumn|fall\b|winter|half of",
    re.IGNORECASE,
)


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
_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        (r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", _iso),
        (rf"(?P<prefix>下+|上+|这|本)?{_WEEK}(?P<sign>[一二三四五六日天1-6])", _weekday_in_week),
        ("|".join(sorted(_DAY_WORDS, key=len, reverse=True)), _day_word),
        (rf"(?P<number>{_NUM})(?P<unit>个?(?:工作)?日|天|个?(?:周|星期|礼拜)|个?月)(?P<way>之?后|以后|之?内|以内|之?前|以前)", _days_on),
        (rf"(?P<prefix>这|本|上+|下+)?个?月?(?P<part>(?<=月)[底末]|{_CN_DAY}[号日])", _in_month),
        (rf"(?P<year>\d{{4}}年|今年|明年|后年|去年)?(?P<month>{_CN_DAY})月份?(?P<part>[底末]|{_CN_DAY}[号日]?)", _of_month),
        (r"(?:今|本|明|去|后)?年[底末]|元旦", _year_end),
        (r"(?:今年|明年)?(?P<quarter>第?[一二三四]|下个?|这个?|本个?|Q[1-4])(?:季度)?[末底]", _quarter_end),
        (rf"(?P<which>next |this |last |coming |this coming )?(?P<day>{_EN_DAY})(?P<after> (?:of )?(?:next week|week|this week|last week))?", _english_weekday),
        (rf"(?:(?:in|within)(?: about| the next)? )?(?P<number>{_EN_NUM}) (?:business |working )?(?P<unit>day|week|month)s?(?:' time| ago| from now| later)?", _english_span),
        (rf"end of (?P<which>the |this |next )?(?P<of>{_EN_MONTH}|week|month|quarter|year|Q[1-4])", _english_end),
        (r"(?P<which>)(?P<of>year|month|quarter)[ -]end", _english_end),
        (rf"(?P<month>{_EN_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_EN_MONTH})(?:,? (?P<year2>\d{{4}}))?", _english_calendar),
        (r"(?P<day>\d{1,2})(?:st|nd|rd|th)", _english_ordinal),
    )
)  # fmt: skip


def _by_library(words: str, base: date) -> date | None:
    """What jionlp makes of Chinese calendar words, where it finds exactly one day."""
    if not re.search(r"[一-鿿]", words):
        return None
    with redirect_stdout(StringIO()):
        import jionlp

        try:
            parsed = jionlp.parse_time(words, time_base=datetime.combine(base, datetime.min.time()))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            return None
    first, last = parsed["time"][0][:10], parsed["time"][-1][:10]
    return date.fromisoformat(last) if first == last and parsed["type"] == "time_point" else None
