"""Checks library entries against library_schema.toml and names file and line of every mistake."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong in one file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A library file taken apart but not yet believed."""

    file: str
    kind_folder: str
    stem: str
    text: str
    header: Mapping[str, Any]
    body: str

    def line_of(self, key: str, section: str | None = None) -> int:
        """Where a key stands in the file; the section's line, or 1, when it is missing."""
        here: str | None = None
        found = 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            if heading := re.match(r"\s*\[+([^\]]+)\]+", line):
                here = heading[1].strip()
                if section and here == f"{section}.{key}":
                    return number
                found = number if here == section else found
            elif re.match(rf"\s*{re.escape(key)}\s*=", line) and here == section:
                return number
        return found


@cache
def schema() -> Mapping[str, Any]:
    """The rules as they stand in library_schema.toml."""
    return tomllib.loads(files("knowledge").joinpath("library_schema.toml").read_text("utf-8"))


def searchable_kinds() -> frozenset[str]:
    """The kinds whose entries can be found by a search."""
    return frozenset(kind for kind, rules in schema()["kind"].items() if rules.get("searchable", True))


def mistakes_in(entries: Iterable[RawEntry]) -> list[Mistake]:
    """Everything wrong with these entries, alone and together, by file and line."""
    entries = list(entries)
    ids = {(entry.kind_folder, entry.stem) for entry in entries}
    found: list[Mistake] = []
    for entry in entries:
        rules = schema()["kind"].get(entry.kind_folder)
        if rules is None:
            found.append(Mistake(entry.file, 1, f"there is no kind {entry.kind_folder!r} in library_schema.toml"))
            continue
        found += _identity(entry)
        found += _checked(entry, entry.header, rules["header"], None, ids, open_keys={*LANGUAGES, *_open(rules, entry)})
        found += _languages(entry, rules, ids)
    for stem in {stem for _, stem in ids}:
        same = sorted(entry.file for entry in entries if entry.stem == stem)
        found += [Mistake(file, 1, f"the id {stem!r} is also that of {same[0]}") for file in same[1:]]
    return sorted(found)


def _open(rules: Mapping[str, Any], entry: RawEntry) -> set[str]:
    return set(entry.header) if rules.get("open") else set()


def _identity(entry: RawEntry) -> Iterator[Mistake]:
    for key, expected in (("id", entry.stem), ("kind", entry.kind_folder)):
        if (got := entry.header.get(key)) is not None and got != expected:
            yield Mistake(entry.file, entry.line_of(key), f"{key} is {got!r}, but the file's place says {expected!r}")


def _languages(entry: RawEntry, rules: Mapping[str, Any], ids: set[tuple[str, str]]) -> Iterator[Mistake]:
    texts = {language: entry.header.get(language) for language in LANGUAGES}
    for language, text in texts.items():
        if not isinstance(text, dict):
            yield Mistake(entry.file, 1, f"[{language}] is missing")
            continue
        open_keys = set(text) if rules.get("open") else set()
        yield from _checked(entry, text, rules["text"], language, ids, open_keys=open_keys)
        other = texts["en" if language == "zh" else "zh"]
        for key in sorted(set(other) - set(text)) if isinstance(other, dict) else ():
            yield Mistake(entry.file, entry.line_of(key, language), f"[{language}] lacks {key!r}, the other has it")


def _checked(
    entry: RawEntry,
    values: Mapping[str, Any],
    rules: Mapping[str, Mapping[str, Any]],
    section: str | None,
    ids: set[tuple[str, str]],
    *,
    open_keys: set[str],
) -> Iterator[Mistake]:
    place = f"[{section}] " if section else ""
    for key in rules.keys() - values.keys():
        if not rules[key].get("optional") and not (rules[key]["is"] == "questions" and not entry.header.get("fields")):
            yield Mistake(entry.file, entry.line_of(key, section), f"{place}{key} is missing")
    for key, value in values.items():
        if key in rules:
            for wrong in _wrong(value, rules[key], entry, ids):
                yield Mistake(entry.file, entry.line_of(key, section), f"{place}{key} {wrong}")
        elif key not in open_keys:
            yield Mistake(entry.file, entry.line_of(key, section), f"{place}{key} is not a key of this kind")


def _wrong(value: object, rule: Mapping[str, Any], entry: RawEntry, ids: set[tuple[str, str]]) -> Iterator[str]:
    if not _SHAPES[rule["is"]](value):
        yield f"must be: {rule['is']}"
        return
    if isinstance(value, dict) and rule["is"] == "questions":
        for missing in sorted(set(entry.header.get("fields", ())) ^ set(value)):
            yield f"and the header's fields differ in {missing!r}"
        return
    several = value if isinstance(value, list) else [value]
    if isinstance(value, list) and len(value) < rule.get("least", 0):
        yield f"has {len(value)}, at least {rule['least']} are needed"
    allowed = rule.get("one_of") or schema().get(rule.get("one_of_list", ""), {}).get("one_of")
    for item in several:
        if allowed and item not in allowed:
            yield f"says {item!r}, allowed are {', '.join(allowed)}"
        if (kind := rule.get("refers_to")) and (kind, item) not in ids:
            yield f"names {item!r}, but there is no {kind} of that id"


def _is_line(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _is_lines(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(_is_line(item) for item in value) and len(set(value)) == len(value)


def _is_questions(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(item, dict) and _is_line(item.get("name")) and _is_line(item.get("question"))
        for item in value.values()
    )


_SHAPES: Mapping[str, Callable[[object], bool]] = {
    "line": _is_line,
    "lines": _is_lines,
    "words": _is_lines,
    "yes_no": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "questions": _is_questions,
    "table": lambda value: isinstance(value, dict),
    "tables": lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
    "anything": lambda value: True,
}
