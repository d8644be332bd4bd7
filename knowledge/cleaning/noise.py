"""Repairs inside a line: pinyin in brackets, doubled punctuation, stray marks, mojibake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（]([a-zü{_TONED}ɡ]{{1,7}})[)）]")
_REPAIRS = (
    (re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]"), ""),
    (re.compile(r"[\xa0\u3000\t]"), " "),
    (re.compile(r"[\ue000-\uf8ff\u2022\u2023\u2043\u2756\u27a2]+"), "●"),
    (re.compile(r"[,，、;；](?: ?[,，、;；])*(?= ?[。；：！？、，,;:!?])"), ""),
    (re.compile(r"([。！？；：，])\1+"), r"\1"),
    (re.compile(r"([!?])\1{1,}"), r"\1"),
    (re.compile(r"…{3,}"), "……"),
    (re.compile(r"(?<=[\u4e00-\u9fff，。；：！？、])[ ]+(?=[，。；：！？、）])"), ""),
    (re.compile(r" {2,}"), " "),
)
_SENTENCES = re.compile(r"[^。！？；\n]+[。！？；\n]*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MOST_RARE = 0.25


def repaired(text: str) -> str:
    """The text with noise taken out of its lines; what reads well is not touched."""
    text = _PINYIN.sub(_without_pinyin, text)
    for noise, instead in _REPAIRS:
        text = noise.sub(instead, text)
    return text.strip()


def garbled_parts(text: str) -> Iterator[str]:
    """The sentences that no encoding will make readable again."""
    for sentence in _SENTENCES.findall(text):
        if _is_garbled(sentence):
            yield sentence


def _is_garbled(sentence: str) -> bool:
    han = _HAN.findall(folded(sentence))
    return len(han) >= 12 and sum(map(_is_rare, han)) > _MOST_RARE * len(han)


def _is_rare(character: str) -> bool:
    """Whether it is beyond the 3,755 characters of GB 2312's first level."""
    try:
        return not 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return True


def _without_pinyin(found: re.Match[str]) -> str:
    """Drops the bracket when it is a reading; keeps abbreviations such as (crm)."""
    inside = found[1]
    if any(letter in _TONED for letter in inside):
        return ""
    from pypinyin import Style, pinyin

    character = found.string[found.start() - 1]
    readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return "" if inside in readings else found[0]
