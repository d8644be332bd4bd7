"""The words that give a clause away, read from `cues/*.toml` and compiled once per idea for both languages together."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def cue(idea: str) -> re.Pattern[str]:
    """The pattern of one idea ("pain", "need", ...) in Chinese and English, as mixed messages need both."""
    parts = [part for language in ("zh", "en") for part in _table(language).get(idea, ())]
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


@cache
def opening(idea: str) -> re.Pattern[str]:
    """The pattern of one idea repeated at the very start of a clause."""
    return re.compile(rf"\s*(?:(?:{cue(idea).pattern})[\s，,、]*)+", re.IGNORECASE)


@cache
def words_of(idea: str) -> tuple[str, ...]:
    """The plain word list of one idea, both languages."""
    return tuple(word for language in ("zh", "en") for word in _table(language).get(idea, ()))


@cache
def _table(language: str) -> dict[str, list[str]]:
    source = files("bot.debriefing").joinpath("cues", f"{language}.toml")
    return tomllib.loads(source.read_text("utf-8"))
