"""Date words found in a text and the day they mean against a base date, Chinese and English.

Weeks start on Monday; words that fix no single day keep their place in the text and get no day. jionlp
read calendar forms; the conventions and what the two miss are here.
"""

import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from bot.debriefing.date_patterns import ANY_DATE, EDGES, VAGUE
from bot.debriefing.date_rules import RULES, Leaning, Rule

__all__ = ["DateWords", "Leaning", "dates_in", "day_meant"]


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
    while match := ANY_DATE.search(text, position):
        words = match[0].strip()
        found.append(DateWords(words, match.start(), day_meant(words, base, leaning)))
        position = max(match.end(), match.start() + 1)
    return tuple(found)


def day_meant(words: str, base: date, leaning: Leaning = Leaning.PLAIN) -> date | None:
    """The day these words mean, or None where they are vague or no date at all."""
    whole = re.sub(r"(?<=\d) (?=[月号日年底])|(?<=月) (?=[\d底])", "", words.strip())
    trimmed = EDGES.sub("", whole)
    if not trimmed or VAGUE.search(words.strip()):
        return None
    for form in (whole, trimmed):  # 前 of 三天前 counts back, 前 of 周五前 is only an edge
        for pattern, rule in RULES:
            match = pattern.fullmatch(form)
            if match:
                return _checked(rule, match, base, leaning)
    return _by_library(trimmed, base)


def _checked(rule: Rule, match: re.Match[str], base: date, leaning: Leaning) -> date | None:
    try:
        return rule(match, base, leaning)
    except ValueError:
        return None


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
    if parsed["type"] != "time_point":
        return None
    first, last = parsed["time"][0][:10], parsed["time"][-1][:10]
    return date.fromisoformat(last) if first == last else None
