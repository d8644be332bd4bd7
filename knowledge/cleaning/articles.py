"""Finds where one article ends and the next begins in a file that holds many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from knowledge.approval import ApprovedLine
from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_TITLE = 45
"""In Chinese characters; see `width_of`."""
_LATIN_WIDTH = 0.6
_DENSE_PARAGRAPH = 300
"""A heading is followed by paragraphs; a title in a digest by a whole text run together."""
_ENUMERATED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．章节讲篇步部]|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,2})[)）、.．\-—,，:：]"
    r"|\d+(?:\.\d+)+|[#●■◆★*?？•·◎○☆–-]|步骤|图|表)"
)
_SENTENCE_MARK = re.compile(r"[。；;，,]|[.:：、]$")
_TITLE_SCRAPS = re.compile(
    r"\.(?:docx?|pdf|pptx?|txt)$|[(（]doc\s*\d+\s*页[)）]|[(（]\d*[)）]$|^[(（][\u4e00-\u9fff]{2,6}[)）]"
    r"|^\d{4,}(?=[\u4e00-\u9fff\d])|^\d{1,3}-(?=[《\u4e00-\u9fff])|\+?\d+分 ?答案$|(?<=[\u4e00-\u9fff])\d{1,3}$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file under one title; the title is empty when the file gives none."""

    title: str
    lines: tuple[str, ...]


def parts_of(lines: Sequence[str], *, title: str = "") -> list[Part]:
    """The articles of a file in their order; lines are paragraphs without blank ones between."""
    starts = [at for at in range(len(lines)) if _begins_article(lines, at)]
    begun = bool(starts) and starts[0] == 0
    if not begun:
        starts.insert(0, -1)
    ends = [*starts[1:], len(lines)]
    return _headed([_part(lines, start, end, title) for start, end in zip(starts, ends, strict=True)], begun=begun)


def shown_title(line: str) -> str:
    """A title without file endings, page counts and serial numbers."""
    return _TITLE_SCRAPS.sub("", line.strip()).strip(" 　-—_") or line.strip()


def same_title(one: str, other: str) -> bool:
    """Whether two lines are the same title but for script, spaces and decoration."""
    return _bare(one) == _bare(other) != ""


def width_of(line: str) -> float:
    """How long a line is to a reader, in Chinese characters: 75 letters say about as much as 45 of them."""
    latin = sum(character < "\u2e80" for character in line)
    return len(line) - (1 - _LATIN_WIDTH) * latin


def looks_like_title(line: str) -> bool:
    """A short line that is no sentence and no numbered heading."""
    bare = line.strip()
    return (
        len(bare) >= 4
        and width_of(bare) <= _LONGEST_TITLE
        and not isinstance(line, ApprovedLine)
        and not _SENTENCE_MARK.search(bare)
        and not _ENUMERATED.match(bare)
    )


def _begins_article(lines: Sequence[str], at: int) -> bool:
    line, before = lines[at], lines[at - 1] if at else ""
    if not looks_like_title(line) or same_title(before, line):
        return False
    following = next((later for later in lines[at + 1 :] if not same_title(later, line)), "")
    in_digest = len(before) >= _DENSE_PARAGRAPH and sum(map(len, lines[at + 1 : at + 3])) >= _DENSE_PARAGRAPH
    return (
        in_digest
        or len(following) >= _DENSE_PARAGRAPH
        or _repeats(shown_title(line), following)
        or _restates(shown_title(line), following)
    )


def _restates(title: str, line: str) -> bool:
    """Two titles in a row that say nearly the same: the digest's and the article's own."""
    own = shown_title(line)
    return looks_like_title(own) and SequenceMatcher(None, _bare(title), _bare(own), autojunk=False).ratio() >= 0.75


def _repeats(title: str, text: str) -> bool:
    """A digest repeats an article's title at the head of its text, sometimes not quite."""
    bare, head = _bare(shown_title(title)), _bare(text[: 2 * _LONGEST_TITLE])
    if len(bare) < 4 or len(text) < len(title) + 30:
        return False
    if bare in head or head.startswith(bare[: max(6, len(bare) * 2 // 3)]):
        return True
    match = SequenceMatcher(None, bare, head[: len(bare) + 8], autojunk=False)
    return sum(block.size for block in match.get_matching_blocks()) >= 0.75 * len(bare)


def _part(lines: Sequence[str], start: int, end: int, title: str) -> Part:
    if start < 0:
        first = lines[0] if lines and not isinstance(lines[0], ApprovedLine) else ""
        named = title or (shown_title(first) if width_of(first) <= _LONGEST_TITLE else "")
        return Part(named, tuple(line for line in lines[:end] if not _is_title_again(line, named)))
    name = shown_title(lines[start])
    body = [line for line in lines[start + 1 : end] if not _is_title_again(line, lines[start])]
    return Part(name, tuple(body))


def _is_title_again(line: str, title: str) -> bool:
    return same_title(line, title) and not isinstance(line, ApprovedLine)


def _headed(parts: Sequence[Part], *, begun: bool) -> list[Part]:
    """A title with nothing under it is the title of what follows.

    What stands before the first article (`begun` is False then) names the file, so it counts only if that is all.
    """
    if not begun and len(parts) > 2 and _is_bare(parts[0]):
        parts = parts[1:]
    whole: list[Part] = []
    heading = ""
    for part in parts:
        heading = heading or part.title
        if not _is_bare(part) or part is parts[-1]:
            lead = () if heading == part.title or not part.title else (part.title,)
            whole.append(Part(heading, (*lead, *part.lines)))
            heading = ""
    return [part for part in whole if part.lines]


def _is_bare(part: Part) -> bool:
    has_approved = any(isinstance(line, ApprovedLine) for line in part.lines)
    return sum(map(len, part.lines)) < _LONGEST_TITLE and not has_approved


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))
