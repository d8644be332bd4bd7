"""Finds the lines a document marks as approved wording, by the words in approval_marks.toml.

A mark stands at the head or the end of a line, or on a line of its own over others: as a heading it reaches to the
next heading of its rank, as a plain line to the next blank line or label. Doubt means no mark.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from knowledge.approval import ApprovedLine
from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OPEN, _CLOSE = r"[\[(【〔〖「『《<{]", r"[\])】〕〗」』》>}]"
_LEAD = r"[\s#*·•●○■◆▪▶►★☆✓✔✅☑√\ufe0f>\-–—]*(?:\d{1,2}[.、)]\s*)?"
_WHO_OR_WHEN = r"\s*[,;:·/|–—-]?\s*(?:by\s+[a-z][a-z .]{1,20}|v?\d[\d.:/年月日-]*)"
_NOTE = rf"(?:\s*{_OPEN}[^\[\]()【】]{{1,30}}{_CLOSE}|{_WHO_OR_WHEN})*"
_NOTE_IN_BRACKETS = rf"(?:{_WHO_OR_WHEN}|\s*[,;:·/|–—-]\s*[^\[\]()【】?!]{{1,30}})?"
_LABEL = re.compile(rf"{_LEAD}(?:{_OPEN}[^\[\]()【】]{{1,40}}{_CLOSE}|.{{1,40}}?:)\s*")
_NO_WORDS = re.compile(r"[\W\d_年月日号]*")
_ENDED = re.compile(r"[。！？!?；;.…”’」』）)】\]]\s*$")
_LONGEST_MARK = 90
_SHORTEST_AFTER_COLON = 4
"""已审核：张三 is a signature."""


def marked_lines(
    text: str, *, title: str = "", headings: Mapping[str, int] | None = None, is_wrapped: bool = False
) -> list[str]:
    """The lines of a text without blank ones, stripped; those marked as approved are ApprovedLine, without the mark.

    `headings` are the lines the format knows for headings, with their rank, 1 the highest; `is_wrapped` says that
    lines end where the page did, so that one alone may be half a sentence.
    """
    lines = text.splitlines()
    if not _patterns().any.search(folded(f"{title}\n{text}")):
        return [line.strip() for line in lines if line.strip()]
    reader = _Reader(headings or {}, is_wrapped=is_wrapped)
    if title in reader.headings:
        reader.under_heading(title, reader.headings[title])
    for line in lines:
        reader.read(line.strip())
    return reader.lines


def is_mark(cell: str) -> bool:
    """Whether a cell of a table, or the heading of a column, is a mark and nothing else."""
    return _patterns().alone.fullmatch(folded(cell).strip()) is not None and not _is_refused(cell)


def says_yes(cell: str) -> bool:
    """Whether a cell in a column headed by a mark marks its row."""
    return folded(cell).strip() in _lists()["yes"] or is_mark(cell)


def names_wording(heading: str) -> bool:
    """Whether a column holds what is to be said."""
    return folded(heading).strip() in _lists()["wording"]


def marked(cell: str) -> list[str]:
    """The lines of a cell as a text would mark them; those that hold no wording as they are."""
    mark = f"【{_lists()['approved'][0]}】"
    return [f"{mark}{line.strip()}" if _is_wording(line) else line for line in cell.splitlines() if line.strip()]


def carries_mark(text: str) -> bool:
    """Whether these words show, or open with, a mark of approval, as only marked lines may."""
    plain = folded(text)
    clauses = (clause.strip() for clause in re.split(r"[,.。;!?、\n]", plain))
    found = _patterns()
    return bool(
        found.bracketed.search(plain)
        or any(found.head.match(line.strip()) for line in plain.splitlines())
        or any(found.alone.fullmatch(clause) for clause in clauses)
    )


@dataclass(slots=True)
class _Reader:
    """Goes down a text line by line and knows under which marks it is."""

    headings: Mapping[str, int]
    is_wrapped: bool
    lines: list[str] = field(default_factory=list)
    _sections: list[tuple[int, bool]] = field(default_factory=list)
    _plain_block: bool | None = None
    _is_block_begun: bool = False
    _is_going_on: bool = False

    def under_heading(self, heading: str, rank: int) -> None:
        """What stands below is approved, is not, or is as it was above."""
        while self._sections and self._sections[-1][0] >= rank:
            self._sections.pop()
        above = bool(self._sections and self._sections[-1][1])
        self._sections.append((rank, not _is_refused(heading) and (above or _marks_section(heading))))
        self._plain_block = None

    def read(self, line: str) -> None:
        """Takes one line in."""
        if not line:
            self._plain_block = None if self._is_block_begun else self._plain_block
            self._is_going_on = False
        elif line in self.headings:
            self.under_heading(line, self.headings[line])
            self._keep(line)
        elif _is_refused(line):
            if _is_label(line) or _patterns().refused.fullmatch(folded(line)):
                self._plain_block, self._is_block_begun = False, False
            self._keep(line)
        elif _marks_block(line):
            self._plain_block, self._is_block_begun = True, False
            self._keep(line)
        elif (marked := _inline(line)) is not None:
            is_whole = not self.is_wrapped or _ENDED.search(marked)
            self._keep(ApprovedLine(marked) if is_whole else line)
            self._is_block_begun = True
        else:
            self._read_unmarked(line)

    def _read_unmarked(self, line: str) -> None:
        if _is_label(line):
            self._plain_block = None
        section = bool(self._sections and self._sections[-1][1])
        approved = self._plain_block if self._plain_block is not None else section
        self._is_block_begun = True
        if not approved or not _is_wording(line):
            self._keep(line)
        elif self.is_wrapped and self._is_going_on:
            self.lines[-1] = ApprovedLine(f"{self.lines[-1]}\n{line}")
            self._is_going_on = not _ENDED.search(line)
        else:
            self._keep(ApprovedLine(line))
            self._is_going_on = not _ENDED.search(line)

    def _keep(self, line: str) -> None:
        self.lines.append(line)
        self._is_going_on = False


def _inline(line: str) -> str | None:
    """The wording of a line with a mark at its head or end; None when there is none."""
    plain, places = _folded(line[:_LONGEST_MARK])
    if found := _patterns().head.match(plain):
        text = line[places[found.end()] :].strip()
        long_enough = found["sure"] or len(text) >= _SHORTEST_AFTER_COLON
        return text if long_enough and _is_wording(text) else None
    at = max(0, len(line) - _LONGEST_MARK)
    plain, places = _folded(line[at:])
    if found := _patterns().tail.search(plain):
        text = line[: at + places[found.start()]].strip()
        return text if _is_wording(text) else None
    return None


def _marks_block(line: str) -> bool:
    """A line that is a mark and nothing else, or a label with one in it."""
    plain = folded(line)
    if _patterns().alone.fullmatch(plain):
        return True
    return _is_label(line) and _patterns().topic.fullmatch(plain) is not None


def _marks_section(heading: str) -> bool:
    plain = folded(heading)
    found = _patterns()
    return any(pattern.fullmatch(plain) for pattern in (found.alone, found.topic)) or bool(
        found.head.match(plain) or found.tail.search(plain)
    )


def _is_refused(line: str) -> bool:
    """A mark of approval with a no in it."""
    plain = folded(line)
    found = _patterns()
    if not found.any.search(plain):
        return False
    ends = [one[0] for one in (_LABEL.match(plain), found.last_bracket.search(plain)) if one]
    in_ends = any(found.any.search(part) and found.negated.search(part) for part in ends)
    return in_ends or found.refused.fullmatch(plain) is not None


def _is_label(line: str) -> bool:
    return _LABEL.fullmatch(folded(line)) is not None


def _is_wording(text: str) -> bool:
    """Whether there is something to say in it: no date, no label, no question of the customer's."""
    plain = folded(text).strip()
    if _NO_WORDS.fullmatch(plain) or plain.rstrip(".。") in _lists()["status"]:
        return False
    return not _is_label(text) and not _patterns().customer.match(plain)


@lru_cache(maxsize=20_000)
def _folded_character(character: str) -> str:
    return folded(character)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded sign by sign, and where in the text each folded sign (and the end) stands."""
    signs = [_folded_character(character) for character in text]
    places = [at for at, sign in enumerate(signs) for _ in sign]
    return "".join(signs), [*places, len(text)]


@dataclass(frozen=True, slots=True)
class _Patterns:
    any: re.Pattern[str]
    alone: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    topic: re.Pattern[str]
    bracketed: re.Pattern[str]
    last_bracket: re.Pattern[str]
    negated: re.Pattern[str]
    refused: re.Pattern[str]
    customer: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = _lists()
    said, before, wording = (_any_of(lists[key]) for key in ("approved", "approved_wording", "wording"))
    no = _any_of(lists["not_approved"])
    number = r"\s*\d{0,3}"
    stated = rf"{_OPEN}\s*{said}{_NOTE_IN_BRACKETS}\s*{_CLOSE}"
    named = (
        rf"(?:(?:{said}|{before})\s*的?\s*{wording}{number}"
        rf"|{wording}{number}\s*(?:{stated}|[-–—,·|/]?\s*{said}))"
    )
    in_brackets = rf"{_OPEN}\s*(?:{named}|{said}){_NOTE_IN_BRACKETS}\s*{_CLOSE}"
    return _Patterns(
        any=re.compile(f"{said}|{before}|approv|审[定核批]"),
        alone=re.compile(rf"{_LEAD}(?:{in_brackets}|{named}|{said}){_NOTE}\s*:?\s*"),
        head=re.compile(rf"{_LEAD}(?:(?P<sure>{in_brackets}\s*[:|]?|{named}{_NOTE}\s*:)|{said}{_NOTE}\s*:)\s*(?=\S)"),
        tail=re.compile(rf"\s*{in_brackets}\s*[。.]?\s*$"),
        topic=re.compile(
            rf"(?:.{{1,40}}?(?:\s*[-–—:·|/]\s*|(?<=[\u4e00-\u9fff])\s+){named}"
            rf"|.{{1,40}}?\s*{in_brackets}"
            rf"|{_LEAD}{_OPEN}?{named}(?:\s*[-–—:·|/]\s*|\s+(?:for|on|about)\s+).{{1,40}}?){_NOTE}\s*{_CLOSE}?\s*:?"
        ),
        bracketed=re.compile(in_brackets),
        last_bracket=re.compile(rf"{_OPEN}[^\[\]()【】]{{1,40}}{_CLOSE}\s*[。.]?\s*$"),
        negated=re.compile(no),
        refused=re.compile(
            rf"{_LEAD}{_OPEN}?(?:{wording}{number}\s*)?{_OPEN}?\s*{no}.{{0,4}}?\s*(?:{said}|approv\w*|审[定核批]\w{{0,2}}).{{0,12}}"
        ),
        customer=re.compile(rf"{_LEAD}{_OPEN}?\s*{_any_of(lists['customer'])}\s*\d{{0,3}}\s*(?:{_CLOSE}\s*:?|:)"),
    )


def _any_of(words: Sequence[str]) -> str:
    """Any of the words, longer ones first; Latin ones as words of their own."""
    longest = sorted(words, key=lambda word: -len(word))
    return "(?:" + "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest) + ")"


@cache
def _lists() -> Mapping[str, list[str]]:
    return tomllib.loads(files("knowledge.cleaning").joinpath("approval_marks.toml").read_text("utf-8"))
