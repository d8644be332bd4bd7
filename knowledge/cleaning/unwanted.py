"""Tells page furniture, spam and adverts from text, by the lists in furniture.toml and spam.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from knowledge.cleaning.report import DropReason
from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FEWEST_SPAM_WORDS = 2
_LONGEST_LINK = 40
_ENDS_OF_SENTENCES = ("。", "；", ";", ".", "：", ":")
_SPAM_SHARE = 0.08
"""Share of a line's characters that spam words must make up; one quoted word in a story is no spam."""


@dataclass(frozen=True, slots=True)
class _Lists:
    lines: re.Pattern[str]
    link_headings: re.Pattern[str]
    fragments: re.Pattern[str]
    adverts: re.Pattern[str]
    spam: re.Pattern[str]


def reason_against(line: str) -> DropReason | None:
    """Why this line is no text of anybody's article; None when it is."""
    plain = folded(line).strip()
    if not plain:
        return None
    words = _lists().spam.findall(plain)
    if len(set(words)) >= _FEWEST_SPAM_WORDS and sum(map(len, words)) > _SPAM_SHARE * len(plain):
        return DropReason.SPAM
    return DropReason.FURNITURE if _lists().lines.fullmatch(plain) else None


def reasons_against(lines: Sequence[str]) -> list[DropReason | None]:
    """The same for each line of a text; the titles listed under "related reading" go with it.

    The last of them stays when a paragraph follows: then it is the title of that.
    """
    reasons = [reason_against(line) for line in lines]
    for at, line in enumerate(lines):
        if reasons[at] is DropReason.FURNITURE and _lists().link_headings.fullmatch(folded(line).strip()):
            end = at + 1
            while end < len(lines) and not reasons[end] and _is_link(lines[end]):
                end += 1
            is_title = end < len(lines) and not reasons[end]
            reasons[at + 1 : end - is_title] = [DropReason.FURNITURE] * max(0, end - is_title - at - 1)
    return reasons


def is_advert(sentence: str) -> bool:
    """Whether this sentence sells a course, a book or a service."""
    return _lists().adverts.search(folded(sentence)) is not None


def without_fragments(line: str) -> str:
    """The line without furniture inside it; left alone when folding would shift its characters."""
    plain = folded(line)
    if len(plain) != len(line) or not _lists().fragments.search(plain):
        return line
    kept, last = [], 0
    for found in _lists().fragments.finditer(plain):
        kept.append(line[last : found.start()])
        last = found.end()
    return " ".join(" ".join([*kept, line[last:]]).split())


def _is_link(line: str) -> bool:
    return len(line) <= _LONGEST_LINK and not line.rstrip().endswith(_ENDS_OF_SENTENCES)


@cache
def _lists() -> _Lists:
    furniture, spam = _read("furniture.toml"), _read("spam.toml")
    return _Lists(
        lines=_any_of([*furniture["lines"], _menu_of(furniture["menu"])]),
        link_headings=_any_of(furniture["link_headings"]),
        fragments=_any_of(furniture["fragments"]),
        adverts=_any_of(furniture["adverts"]),
        spam=_any_of([_whole(word) for words in spam.values() for word in words]),
    )


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


def _menu_of(words: list[str]) -> str:
    word = f"({'|'.join(words)})"
    return f"{word}([ |,，、/·•:：»>&-]+{word})*"


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.sub(r"\((?!\?)", "(?:", pattern).replace(r"\(?:", r"\(") for pattern in patterns))


def _read(name: str) -> Mapping[str, list[str]]:
    return tomllib.loads(files("knowledge.cleaning").joinpath(name).read_text("utf-8"))
