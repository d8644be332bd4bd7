"""One dirty text into articles: what belongs to nobody goes, the rest is repaired and split."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.approval import ApprovedLine, spans_in
from knowledge.cleaning.approval_marks import marked_lines
from knowledge.cleaning.articles import Part, parts_of, shown_title
from knowledge.cleaning.lines import joined, set_apart, told_once
from knowledge.cleaning.noise import garbled_parts, repaired
from knowledge.cleaning.report import CleanArticle, Drop, DropReason, dropped
from knowledge.cleaning.unwanted import is_advert, reasons_against, without_fragments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORTEST_ARTICLE = 60
_GOES_ON = frozenset("的之是和与及或有在:：—-")
"""A title that goes on like this is the subject of a sentence."""
_SENTENCES = re.compile(r"[^。！？!?；;]+[。！？!?；;]*")


@dataclass(slots=True)
class Cleaned:
    """What became of a text."""

    articles: list[CleanArticle] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def cleaned(text: str, *, title: str = "") -> Cleaned:
    """The articles in a text and everything left out of them; `title` is used where the text gives none."""
    return cleaned_lines(marked_lines(text, title=title), title=title)


def cleaned_lines(lines: Sequence[str], *, title: str = "") -> Cleaned:
    """The same of a text's lines; approved ones are in the articles to the character."""
    result = Cleaned()
    for part in parts_of(_without_unwanted(_repaired(lines), result.drops), title=title):
        _add(part, result)
    return result


def _repaired(lines: Sequence[str]) -> list[str]:
    """The lines with noise taken out, but for approved ones."""
    whole: list[str] = []
    for approved, group in groupby(lines, key=_is_approved):
        if approved:
            whole += group
        else:
            whole += [line.strip() for line in repaired("\n".join(group)).splitlines() if line.strip()]
    return whole


def _is_approved(line: str) -> bool:
    return isinstance(line, ApprovedLine)


def _add(part: Part, result: Cleaned) -> None:
    lines = [shorter for line in part.lines if (shorter := _without_fragments(line))]
    lines = joined(_told_once(_without_title(lines, part.title), result.drops))
    lines = _without_unwanted(list(set_apart(lines)), result.drops)
    lines = [kept for line in lines if (kept := _without_sentences(line, result.drops))]
    lines = _told_once(lines, result.drops)
    text, approved = "\n".join(lines), spans_in(_with_line_ends(lines))
    if len(re.sub(r"\W", "", text)) < _SHORTEST_ARTICLE and not approved:
        if text:
            result.drops.append(dropped(f"{part.title} {text}".strip(), DropReason.TOO_SHORT))
        return
    title = shown_title(without_fragments(part.title)) if part.title else _first_words(text)
    result.articles.append(CleanArticle(title, text, approved))


def _with_line_ends(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield line
        yield "\n"


def _without_fragments(line: str) -> str:
    return line if _is_approved(line) else without_fragments(line)


def _told_once(lines: list[str], drops: list[Drop]) -> list[str]:
    kept, repeated = told_once(lines)
    drops += [dropped(line, DropReason.REPEATED) for line in repeated]
    return kept


def _without_unwanted(lines: list[str], drops: list[Drop]) -> list[str]:
    kept: list[str] = []
    against = (
        None if _is_approved(line) else reason for line, reason in zip(lines, reasons_against(lines), strict=True)
    )
    for reason, group in groupby(zip(against, lines, strict=True), key=lambda pair: pair[0]):
        found = [line for _, line in group]
        if reason is None:
            kept += found
        else:
            drops.append(dropped(" ".join(found), reason))
    return kept


def _without_sentences(line: str, drops: list[Drop]) -> str:
    if _is_approved(line):
        return line
    for garbled in garbled_parts(line):
        drops.append(dropped(garbled, DropReason.GARBLED))
        line = line.replace(garbled, "")
    sentences = _SENTENCES.findall(line) if len(line) > _SHORTEST_ARTICLE else [line]
    adverts = [sentence for sentence in sentences if is_advert(sentence)]
    drops += [dropped(advert, DropReason.ADVERT) for advert in adverts]
    return "".join(sentence for sentence in sentences if sentence not in adverts).strip() if adverts else line


def _without_title(lines: list[str], title: str) -> list[str]:
    """A digest writes the title into the first line once more."""
    if not title or not lines or not lines[0].startswith(title) or _is_approved(lines[0]):
        return lines
    rest = lines[0][len(title) :]
    if rest[:1] in _GOES_ON:
        return lines
    return [rest.strip(), *lines[1:]] if rest.strip() else lines[1:]


def _first_words(text: str) -> str:
    return re.split(r"[。！？!?；;，,\n]", text)[0][:30]
