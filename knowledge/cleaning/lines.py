"""Lines as a writer would have set them: broken sentences joined, run-together lists set apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.approval import ApprovedLine
from knowledge.cleaning.articles import looks_like_title, width_of
from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FULL_LINE = 36
"""A line shorter than this, in Chinese characters, was ended on purpose."""
_ENDED = re.compile(r"[。！？!?；;：:.…”’」』）)》】\]]\s*$")
_ITEM = re.compile(
    r"\s*(?:第[一二三四五六七八九十]{1,3}[章节讲步部篇]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2}[、.．)）](?!\d)|\d{1,2}-(?!\d)|[A-Za-z][.、．)）](?![A-Za-z])|[◆●■★•※◎○☆→*?？-]\s*\S)"
)
_ITEM_INSIDE = re.compile(
    r"(?<=\S)\s+(?=第[一二三四五六七八九十]{1,3}[章节讲步部篇]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[、.．)）](?!\d)\s?\S|步骤[一二三四五六七八九十][:：]|[?？*](?=[\u4e00-\u9fff]))|\s*(?=[◆●■★•※◎○☆])"
)
_MARK_BEFORE = re.compile(r"^[?？*·-]\s*(?=[\u4e00-\u9fff])")
_BULLETS = " ◆●■★•※◎○☆\n"
_SHORTEST_REPEATED = 24


def joined(lines: Sequence[str]) -> list[str]:
    """Lines broken in the middle of a sentence made whole."""
    whole: list[str] = []
    for line in lines:
        if whole and _is_broken(whole[-1]) and not _stands_alone(line):
            gap = " " if whole[-1][-1:].isascii() and line[:1].isascii() else ""
            whole[-1] += gap + line
        else:
            whole.append(line)
    return whole


def set_apart(lines: Iterable[str]) -> Iterator[str]:
    """Lists that were run together into one line, as a line each."""
    for line in lines:
        if isinstance(line, ApprovedLine):
            yield line
            continue
        parts = (_MARK_BEFORE.sub("", part.strip(_BULLETS)) for part in _ITEM_INSIDE.split(line))
        yield from (part for part in parts if part)


def told_once(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without those that another one says in full, and those left out; approved ones stay."""
    bare = [re.sub(r"[\W_]+", "", folded(line)) for line in lines]
    kept: list[str] = []
    repeated: list[str] = []
    for at, text in enumerate(bare):
        said_before = len(text) >= _SHORTEST_REPEATED and any(text in other for other in bare[:at])
        said_after = len(text) >= _SHORTEST_REPEATED and any(
            text in other and len(text) < len(other) for other in bare[at + 1 :]
        )
        is_kept = isinstance(lines[at], ApprovedLine) or not (said_before or said_after)
        (kept if is_kept else repeated).append(lines[at])
    return kept, repeated


def _is_broken(line: str) -> bool:
    return width_of(line) >= _FULL_LINE and not _ENDED.search(line) and not isinstance(line, ApprovedLine)


def _stands_alone(line: str) -> bool:
    return isinstance(line, ApprovedLine) or _ITEM.match(line) is not None or looks_like_title(line)
