"""One spelling for search: simplified script, narrow forms, lower case; what is shown is never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")


def folded(text: str) -> str:
    """The text as the indexes see it; as long as the original in nearly all cases, but not promised to be."""
    return simplified(unicodedata.normalize("NFKC", text).casefold())


def simplified(text: str) -> str:
    """The text in simplified script, all else as it stands."""
    return _simplified()(text)


def language_of(text: str) -> str:
    """`zh` when enough of the letters are Chinese for the text to be read as Chinese, else `en`."""
    han = len(_HAN.findall(text))
    return "zh" if han and han * 4 >= len(_LETTER.findall(text)) - han else "en"


def is_traditional(text: str) -> bool:
    """Whether more than a stray character of the text changes when it is simplified."""
    sample = text[:2000]
    changed = sum(a != b for a, b in zip(sample, _simplified()(sample), strict=False))
    return changed * 20 > len(_HAN.findall(sample)) > 0


@cache
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
