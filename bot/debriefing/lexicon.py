"""Whether a short Chinese string is an ordinary word or likely a name, by jieba's dictionary (loaded on first use)."""

import logging
import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba.posseg import POSTokenizer

_NAME_FLAGS = ("nr", "nz", "nt", "ns", "j", "x", "eng")
_ORDINARY_FLAGS = ("v", "p", "m", "f", "d", "r", "c", "u", "t", "y", "q")
_COMMON, _EVERYDAY, _VERY_COMMON = 60, 200, 2000


_RARE = 3
"""Words the dictionary has seen no more often are left out: half of it, and as good as unknown to every rule here."""


@cache
def _tagger() -> "POSTokenizer":
    import jieba

    jieba.setLogLevel(logging.ERROR)
    words = jieba.dt
    words.get_dict_file = _frequent_words
    words.FREQ, words.total = words.gen_pfdict(_frequent_words())
    words.initialized = True
    from jieba import posseg  # reads the dictionary when it is imported

    return posseg.dt


def _frequent_words() -> BytesIO:
    """jieba's dictionary without its rare words: a third of the memory."""
    lines = files("jieba").joinpath("dict.txt").read_bytes().splitlines(keepends=True)
    kept = BytesIO(b"".join(line for line in lines if int(line.split()[1]) > _RARE))
    kept.name = "dict.txt"  # jieba names its dictionary in its errors
    return kept


def brand_words_in(text: str) -> tuple[tuple[str, int], ...]:
    """The words of a Chinese text that could be a firm's or brand's name, with their places."""
    tagger = _tagger()
    known: dict[str, int] = tagger.tokenizer.FREQ
    found, position = [], 0
    for pair in tagger.cut(text):
        word, start = pair.word, position
        position += len(word)
        if len(word) > 2 and word[0] in "和跟与在是有":
            word, start = word[1:], start + 1
        rare = known.get(word, 0) <= 2 * _COMMON and pair.flag.startswith((*_NAME_FLAGS, "n", "z"))
        if 2 <= len(word) <= 4 and re.fullmatch("[\u4e00-\u9fff]+", word) and rare and not _THING.search(word):
            named = pair.flag.startswith(("nr", "nz", "nt")) or (pair.flag == "ns" and known.get(word, 0) < 15)
            found += [(word, start)] if named or word not in known else []
    return tuple(found)


_THING = re.compile(
    r"[剂仪机器泵阀膜料板管柜车表件品油线网钢铁布纸药水气电保率费期员工长总部科处室厂店店校院里上下中内外点次]$"
)


def is_everyday_word(word: str) -> bool:
    """True where these signs are a common word of the language, and so hardly a person's name."""
    tagger = _tagger()
    known: dict[str, int] = tagger.tokenizer.FREQ
    return known.get(word, 0) > 3 * _COMMON


def is_firm_stem(stem: str, *, acting_allowed: bool = False) -> bool:
    """True where these signs may stand before 公司 or 机电: short, and no sentence of their own.

    `acting_allowed` takes a verb too, as in 新希望牧场, where the place in the sentence already says that it is a firm.
    """
    if len(stem) <= 2:
        return True
    tags = [(pair.word, pair.flag) for pair in _tagger().cut(stem)]
    loose = any(
        flag.startswith(("m", "r", "d", "p", "u", "y", "c"))
        and not re.fullmatch("[一二三四五六七八九十]+[局院厂建冶化所]?", word)
        for word, flag in tags
    )
    known: dict[str, int] = _tagger().tokenizer.FREQ
    acting = any(flag in ("v", "vd", "t") and len(word) > 1 and known.get(word, 0) > _EVERYDAY for word, flag in tags)
    return len(stem) <= 10 and not loose and (acting_allowed or not (acting and len(tags) > 1))


_BRAND, _BRANDED_SHORTEST, _BRANDED_LONGEST = 2, 4, 6
"""How many signs a brand before its line of business has, and both together."""
_NO_BRAND = "一二两三四五六七八九十几新老原旧这那各每本该其某同另多全到去在是从和跟把被让做来"
_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")


def is_branded(name: str) -> bool:
    """True where rare signs come before an ordinary noun: a brand and its line of business, as in 澳优检测."""
    if not _BRANDED_SHORTEST <= len(name) <= _BRANDED_LONGEST or name[0] in _NO_BRAND or not _HAN_ONLY.fullmatch(name):
        return False
    tagger = _tagger()
    known: dict[str, int] = tagger.tokenizer.FREQ
    if (known.get(name[:_BRAND]) or 0) >= _COMMON * 2:
        return False
    rest = list(tagger.cut(name[_BRAND:]))
    return len(rest) == 1 and rest[0].flag.startswith(("n", "v", "j", "z", "b")) and rest[0].word in known


def is_free_name(name: str) -> bool:
    """True where the dictionary has no everyday use for these signs, as with most names of firms."""
    tagger = _tagger()
    known: dict[str, int] = tagger.tokenizer.FREQ
    tags = [(pair.word, pair.flag) for pair in tagger.cut(name)]
    if len(tags) == 1:
        word, flag = tags[0]
        frequency = known.get(word) or 0
        return frequency < _COMMON or (flag.startswith(_NAME_FLAGS) and frequency < _VERY_COMMON)
    if any(flag.startswith(_ORDINARY_FLAGS) and (len(word) > 1 or flag[0] in "mpr") for word, flag in tags):
        return False
    return sum(1 for word, flag in tags if len(word) > 1 and known.get(word, 0) >= _COMMON) < 2
