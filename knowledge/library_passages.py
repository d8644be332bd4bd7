"""Library entries as passages, Chinese and English apart, and the questions that lead to each entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from knowledge.library_schema import LANGUAGES, schema, searchable_kinds
from knowledge.passages import Passage, PassageKind
from knowledge.splitting.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.library_entries import Library, LibraryEntry


def passages_of_library(library: Library) -> list[Passage]:
    """Every passage of every searchable entry, each entry's Chinese ones before its English ones."""
    kinds = searchable_kinds()
    return [passage for entry in library.entries if entry.kind in kinds for passage in passages_of_entry(entry)]


def passages_of_entry(entry: LibraryEntry) -> list[Passage]:
    """The entry cut into passages; each begins with the label of what it shows, never with a heading."""
    return [
        Passage(
            id=f"{entry.id}.{language}.{position}",
            kind=PassageKind(entry.kind),
            title=entry.text(language).name,
            text=piece,
            language=language,
            source=", ".join(entry.words("sources")),
            owner=entry.id,
            position=position,
        )
        for language in LANGUAGES
        for position, piece in enumerate(_pieces(entry, language))
    ]


def leads_to(entry: LibraryEntry, language: str) -> tuple[str, ...]:
    """What a rep may say when he needs this entry: its name, aliases and asks."""
    text = entry.text(language)
    return (text.name, *text.lines("aliases"), *text.asks)


def _pieces(entry: LibraryEntry, language: str) -> list[str]:
    parts = list(_labelled(entry, language))
    rest = entry.body if language == "zh" else entry.english_summary
    parts.append(re.sub(r"^#+[ \t]*(.*)$", r"\1：", rest, flags=re.MULTILINE))
    return pieces_of("\n".join(part for part in parts if part.strip()))


def _labelled(entry: LibraryEntry, language: str) -> Iterator[str]:
    values = entry.text(language).values
    for key, rule in schema()["kind"][entry.kind]["text"].items():
        if "shown" in rule and key in values:
            yield rule["shown"][language] + _joined(values[key], language)


def _joined(value: str | Sequence[str] | Mapping[str, Mapping[str, str]], language: str) -> str:
    if isinstance(value, str):
        return value
    lines = _questions(value) if isinstance(value, Mapping) else value
    stop, gap = ("。", "") if language == "zh" else (".", " ")
    return gap.join(line if line[-1] in "。！？!?.；;”」" else line + stop for line in lines)


def _questions(value: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [f"{field['name']}: {field['question']}" for field in value.values()]
