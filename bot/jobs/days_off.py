"""Public holidays, as far as they are known in advance."""

from contextlib import redirect_stdout
from datetime import date, timedelta
from functools import lru_cache
from io import StringIO

_CHINA = "CN"


def is_public_holiday(day: date, time_zone: str) -> bool:
    """True on a public holiday of the country this time zone lies in; only China's are known.

    The weeks around the long feasts count whole: which of their days are worked is announced year by year.
    """
    from babel.core import get_global

    if get_global("zone_territories").get(time_zone) != _CHINA:
        return False
    return day in _chinese_holidays(day.year)


@lru_cache(maxsize=4)
def _chinese_holidays(year: int) -> frozenset[date]:
    with redirect_stdout(StringIO()):
        import jionlp

    spring, dragon, moon = (
        jionlp.lunar2solar(year, month, day, False).date() for month, day in ((1, 1), (5, 5), (8, 15))
    )
    tombs = jionlp.parse_time(f"{year}年清明节", time_base=f"{year}-01-01 00:00:00")["time"][0]
    feasts = {
        date(year, 1, 1): 1,
        spring - timedelta(days=1): 8,
        date.fromisoformat(tombs[:10]): 1,
        date(year, 5, 1): 5,
        dragon: 1,
        moon: 1,
        date(year, 10, 1): 7,
    }
    return frozenset(first + timedelta(days=more) for first, length in feasts.items() for more in range(length))
