"""The words by which a turn is recognised, read from `cue_words/`, both languages in one pattern.

Reps mix languages ("这个 deadline 是哪天"), so a cue looks for either; a talk's language is never needed.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from knowledge.folding import simplified

_LANGUAGES = ("zh", "en")
_ABBREVIATIONS = (
    "mr",
    "mrs",
    "ms",
    "dr",
    "vs",
    "no",
    "e.g",
    "i.e",
    "etc",
    "a.m",
    "p.m",
    "approx",
    "st",
    "inc",
    "ltd",
    "co",
)
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LATIN = re.compile(r"[A-Za-z]")
_CHINESE_END = "。！？!?；;\n"
_CLOSING = '。！？!?”’"」』）)~～…'


@dataclass(frozen=True, slots=True)
class Cue:
    """The words of one cue; each language is only looked for in text that has its letters."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where the cue is heard."""
        plain = simplified(text)
        found = [match for pattern in self._fitting(plain) if (match := pattern.search(plain))]
        return min(found, key=lambda match: match.start(), default=None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where the cue is heard, Chinese ones first."""
        plain = simplified(text)
        for pattern in self._fitting(plain):
            yield from pattern.finditer(plain)

    def _fitting(self, text: str) -> Iterator[re.Pattern[str]]:
        if _CHINESE.search(text) or not _LATIN.search(text):
            yield self.chinese
        if _LATIN.search(text):
            yield self.english


@cache
def cue(name: str) -> Cue:
    """The cue of a name such as `problem.worry`. Raises KeyError for a name the files do not hold."""
    section, key = name.split(".")
    chinese, english = (words[section][key] for words in map(_words, _LANGUAGES))
    return Cue(
        re.compile("|".join(f"(?:{line})" for line in chinese), re.IGNORECASE),
        re.compile("|".join(map(_spaced, english)), re.IGNORECASE),
    )


@lru_cache(maxsize=8192)
def has(name: str, text: str) -> bool:
    """Whether the cue is heard in the text."""
    return cue(name).search(text) is not None


def heard(name: str, text: str) -> str | None:
    """The sentence of the text in which the cue is heard, to be quoted."""
    return next((sentence for sentence in sentences(text) if has(name, sentence)), None)


def count(name: str, text: str) -> int:
    """How many different words of this cue the text holds."""
    return len({found.group(0).lower() for found in cue(name).finditer(text)})


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a turn, each contiguous in it, end marks kept; what holds no word is left out."""
    found: list[str] = []
    start = 0
    for position, letter in enumerate(text):
        ends = _ends(text, position, letter)
        if ends and not (position + 1 < len(text) and text[position + 1] in _CLOSING):
            found.append(text[start : position + 1].strip())
            start = position + 1
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if re.search(r"\w", sentence))


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence between commas and dashes."""
    return [part.strip() for part in re.split(r"[，,、：:—…]+|\s-+\s", sentence) if part.strip()]


def is_chinese(text: str) -> bool:
    """Whether Chinese characters carry the text."""
    return len(re.findall(r"[\u4e00-\u9fff]", text)) * 3 > len(re.findall(r"[A-Za-z]+", text))


@cache
def _words(language: str) -> dict[str, dict[str, list[str]]]:
    folder = resources.files("bot.practising").joinpath("cue_words")
    return tomllib.loads(folder.joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def _spaced(line: str) -> str:
    """English cues begin and end with whole words and take any white space."""
    begin = "(?<![A-Za-z])" if line[0].isalpha() or line[0] in "(^" else ""
    return f"{begin}(?:{line})(?![A-Za-z])".replace(" ", r"\s")


def _ends(text: str, position: int, letter: str) -> bool:
    if letter in _CHINESE_END or (letter in _CLOSING and position and text[position - 1] in _CHINESE_END):
        return True
    if letter != "." or (position + 1 < len(text) and not text[position + 1].isspace()):
        return False
    word = re.search(r"[A-Za-z.]+$", text[:position])
    return word is None or word.group(0).lower() not in _ABBREVIATIONS
