# ruff: noqa: E501 - patterns are read whole, one to a line
"""What a speaker takes back within one message (「邹总，不对，是周总」), blanked so that nothing is read from it."""

import re
from collections.abc import Callable, Sequence

from bot.debriefing.dates import dates_in
from bot.debriefing.money import amounts_in
from bot.debriefing.people import people_in

_MARK = re.compile(
    r"[，,。.\s]*(?:(?:哦|啊|噢|呃|诶|哎)?(?:不对不对|不对|不不不|不是不是|不是|说错了?|讲错了?|记错了?|口误|更正一下|纠正一下|哦不|啊不|错了)[，,。！!\s]*(?:我?说错了[，,]?)?(?:应该)?(?:是|叫)?|"
    r"\b(?:no,? (?:sorry|wait)|sorry,? (?:I mean|no|it'?s|that'?s)?|I mean|correction:?|scratch that,?|make that|or rather|wait,? no)[,:]?\s?(?:it'?s |that'?s |not )?)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"不是(?P<wrong>[^，。,是]{1,10})[，,]?\s?(?:而)?是(?=(?P<right>[^，。,]{2,10}))")
_BEFORE, _AFTER = 24, 14

Spans = Sequence[tuple[int, int, str]]


def without_retracted(message: str) -> str:
    """The message with what was taken back, and the words that took it back, turned into spaces of the same length."""
    text = message
    kinds: tuple[Callable[[str], Spans], ...] = (_people, _amounts, _days)
    for mark in _MARK.finditer(message):
        for kind in kinds:
            wrong = next(
                (
                    span
                    for span in reversed(kind(text))
                    if 0 <= mark.start() - span[1] <= (_BEFORE if kind is not _people else 2 * _BEFORE)
                ),
                None,
            )
            right = next((span for span in kind(text) if 0 <= span[0] - mark.end() <= _AFTER), None)
            if wrong and right and wrong[2] != right[2]:
                text = _blanked(text, wrong[0], wrong[1])
                text = _blanked(text, mark.start(), mark.end())
                text = _forgotten(text, wrong[2]) if kind is _people else text
                break
    for contrast in _CONTRAST.finditer(message):
        if _people(contrast["wrong"]) and _people(contrast["right"]):
            text = _forgotten(_blanked(text, contrast.start(), contrast.end()), contrast["wrong"])
    return text


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _forgotten(text: str, name: str) -> str:
    return text.replace(name, " " * len(name))


def _people(text: str) -> Spans:
    return [(person.start, person.end, person.name) for person in people_in(text)]


def _amounts(text: str) -> Spans:
    return [(amount.start, amount.end, amount.words) for amount in amounts_in(text)]


def _days(text: str) -> Spans:
    from datetime import date

    return [(found.start, found.end, found.words) for found in dates_in(text, date(2000, 1, 3))]
