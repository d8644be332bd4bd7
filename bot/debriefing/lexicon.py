"""Whether a short Chinese string is an ordinary word or likely a name, by jieba's dictionary (loaded on first use)."""

import logging
from functools import cache
from types import ModuleType

_NAME_FLAGS = ("nr", "nz", "nt", "ns", "j", "x", "eng")
_ORDINARY_FLAGS = ("v", "p", "m", "f", "d", "r", "c", "u", "t", "y", "q")
_COMMON, _VERY_COMMON = 60, 2000


@cache
def _tagger() -> ModuleType:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    tagger: ModuleType = jieba.posseg
    return tagger


def is_free_name(name: str) -> bool:
    """True where the dictionary has no everyday use for these signs, as with most names of firms."""
    tagger = _tagger()
    known: dict[str, int] = tagger.dt.tokenizer.FREQ
    tags = [(pair.word, pair.flag) for pair in tagger.cut(name)]
    if len(tags) == 1:
        word, flag = tags[0]
        frequency = known.get(word) or 0
        return frequency < _COMMON or (flag.startswith(_NAME_FLAGS) and frequency < _VERY_COMMON)
    if any(flag.startswith(_ORDINARY_FLAGS) and (len(word) > 1 or flag[0] in "mpr") for word, flag in tags):
        return False
    return sum(1 for word, flag in tags if len(word) > 1 and known.get(word, 0) >= _COMMON) < 2
