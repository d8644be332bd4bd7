"""How likely two names are one person: surname, rank, title and sound together."""

import re

from bot.debriefing.name_sounds import near_sound, sound_of
from bot.debriefing.names import RANKS
from bot.debriefing.person import surname_of

_RANK = re.compile(rf"(?:{RANKS})$")
_SURE, _MAYBE, _BY_EAR = 90.0, 78.0, 76.0
"""Taken for the same, asked about, asked about last."""


def person_likeness(heard: str, name: str, title: str = "") -> float:
    """From 0 to 100 how likely the heard name means the person of this name and title."""
    if heard == name:
        return 100.0
    if re.search("[A-Za-z]", heard + name):
        return _english_likeness(heard, name)
    agree = _ranks_agree(_rank(heard), _rank(name) or _rank(title))
    one, other = surname_of(heard), surname_of(name)
    if one == other:
        if not (_is_short(heard) or _is_short(name)):
            return _SURE if sound_of(heard) == sound_of(name) else 0.0
        if agree is False:
            return 0.0
        return _SURE if agree and _is_short(heard) else _MAYBE
    if agree is False or not near_sound(one, other):
        return 0.0
    if _is_short(heard) and agree:
        return _MAYBE if sound_of(one) == sound_of(other) else _BY_EAR
    return _MAYBE if len(heard) == len(name) > 2 and sound_of(heard) == sound_of(name) else 0.0


def _english_likeness(heard: str, name: str) -> float:
    from rapidfuzz import fuzz

    left, right = heard.lower(), name.lower()
    if left in right.split() or right in left.split():
        return _SURE
    polite = re.match(r"(?:mr|ms|mrs|dr)\b", left) and surname_of(heard).lower() == surname_of(name).lower()
    return max(fuzz.ratio(left, right), 86.0 if polite else 0.0)


def _ranks_agree(one: str, other: str) -> bool | None:
    """Whether two ranks may be one person's: 总 and 副总经理, 工 and 工程师; None where one is not known."""
    if not one or not other:
        return None
    if "经理" in (one, other) and one != other:
        return not (one + other).replace("经理", "", 1).startswith(("总", "副总"))
    return one in other or other in one


def _rank(words: str) -> str:
    match = _RANK.search(words)
    return match[0] if match else ""


def _is_short(name: str) -> bool:
    """True for a name that only tells surname and rank: 邱总, 老王, 王."""
    return bool(_rank(name)) or bool(re.match("[老小阿]", name)) or len(name) == 1
