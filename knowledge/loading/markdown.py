"""Markdown to text: headings stay as lines of their own, marks go."""

from __future__ import annotations

import re

from knowledge.loading.plain_text import decoded
from knowledge.loading.texts import RawText

_HEADER = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) +(.+?)[ #]*$", re.MULTILINE)
_TOP = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^(```|~~~).*?$", re.MULTILINE), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^ *> ?", re.MULTILINE), ""),
    (re.compile(r"^ *[-*+] +", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^\|?[ :|-]{5,}\|?$", re.MULTILINE), ""),
    (re.compile(r"^\|(.*)\|$", re.MULTILINE), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]*>"), ""),
)


def read_markdown(name: str, data: bytes) -> list[RawText]:
    """One text for each first-level heading when there are several, else one."""
    text = _HEADER.sub("", decoded(name, data))
    ranks = {line: len(mark) for mark, heading in _HEADING.findall(text) for line in (heading, _plain(heading))}
    tops = list(_TOP.finditer(text))
    if len(tops) < 2:
        return [RawText(name, tops[0][1] if tops else "", _plain(_TOP.sub("", text)), headings=ranks)]
    ends = [top.start() for top in tops[1:]] + [len(text)]
    parts = [
        RawText(name, top[1], _plain(text[top.end() : end]), headings=ranks)
        for top, end in zip(tops, ends, strict=True)
    ]
    before = _plain(text[: tops[0].start()])
    return [RawText(name, "", before, headings=ranks), *parts] if before else parts


def _plain(text: str) -> str:
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
