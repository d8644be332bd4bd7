"""How Chinese names sound: what speech recognition and a quick thumb confuse (黄 and 王, 远山 and 元山)."""

import re
from functools import lru_cache

_MIXED = (
    (r"^h(?=u)|^w", ""),
    ("ng", "n"),
    ("uan", "an"),
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("l", "n"),
)
"""Sounds that southern speech or a recogniser mixes, brought to one."""


@lru_cache(maxsize=4096)
def sound_of(name: str) -> str:
    """The name in pinyin without tones; Latin letters stay as they are."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))


def near_sound(one: str, other: str) -> bool:
    """True where the two are mixed up by ear: 黄 and 王, 陈 and 程; 林 and 李 not."""
    return _mild(one) == _mild(other)


def _mild(name: str) -> list[str]:
    sounds = sound_of(name).split()
    for pattern, plain in _MIXED:
        sounds = [re.sub(pattern, plain, sound) for sound in sounds]
    return sounds
