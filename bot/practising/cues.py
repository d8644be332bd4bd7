"""The words by which a turn is recognised, read from `cue_words/`, both languages in one pattern.

Reps mix languages ("这个 deadline 是哪天"), so a cue looks for either; a talk's language is never needed.
"""

import re
import tomllib
from functools import cache
from importlib import resources

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
_CHINESE_END = "。！？!?；;\n"


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of a cue such as `problem.worry`. Raises KeyError for a name the files do not hold."""
    section, key = name.split(".")
    chinese, english = (words[section][key] for words in map(_words, _LANGUAGES))
    joined = [f"(?:{line})" for line in chinese] + [f"(?<![A-Za-z])(?:{_spaced(line)})" for line in english]
    return re.compile("|".join(joined), re.IGNORECASE)


def has(name: str, text: str) -> bool:
    """Whether the cue is heard in the text."""
    return cue(name).search(text) is not None


def heard(name: str, text: str) -> str | None:
    """The sentence of the text in which the cue is heard, to be quoted."""
    return next((sentence for sentence in sentences(text) if has(name, sentence)), None)


def count(name: str, text: str) -> int:
    """How many different words of this cue the text holds."""
    return len({found.group(0).lower() for found in cue(name).finditer(text)})


@cache
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a turn, each contiguous in it, end marks kept."""
    found: list[str] = []
    start = 0
    for position, letter in enumerate(text):
        if _ends(text, position, letter):
            found.append(text[start : position + 1].strip())
            start = position + 1
    found.append(text[start:].strip())
    return tuple(_with_marks_joined([sentence for sentence in found if sentence]))


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
    """English cues end at a word's end and take any white space."""
    return f"(?:{line})(?![A-Za-z])".replace(" ", r"\s")


def _ends(text: str, position: int, letter: str) -> bool:
    if letter in _CHINESE_END:
        return True
    if letter != "." or (position + 1 < len(text) and not text[position + 1].isspace()):
        return False
    before = text[:position].rsplit(maxsplit=1)
    return not before or before[-1].lower().lstrip("(“\"'") not in _ABBREVIATIONS


def _with_marks_joined(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and not re.search(r"\w", part) and "\n" not in part:
            joined[-1] = joined[-1] + part
        elif re.search(r"\w", part):
            joined.append(part)
    return joined
