"""The library of methods, cases, objections, personas, scenarios and rubrics, loaded from its files.

`python -m knowledge.library_entries` prints every mistake in them and exits 1 if there is one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from knowledge.errors import LibraryError
from knowledge.library_schema import LANGUAGES, Mistake, RawEntry, mistakes_in

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FRAME = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_ENGLISH_SUMMARY = re.compile(r"^English summary:\s*(.*)\Z", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """One thing a method wants known, and the question that finds it."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry in one language; keys that its kind does not have come back empty."""

    language: str
    values: Mapping[str, Any]

    def line(self, key: str) -> str:
        """The one string under this key."""
        return str(self.values.get(key, ""))

    def lines(self, key: str) -> tuple[str, ...]:
        """The list of strings under this key."""
        return tuple(self.values.get(key, ()))

    @property
    def name(self) -> str:
        """What the entry is called."""
        return self.line("name")

    @property
    def summary(self) -> str:
        """What it is for, in a sentence or two."""
        return self.line("summary")

    @property
    def asks(self) -> tuple[str, ...]:
        """The ways a rep would ask for it."""
        return self.lines("asks")

    @property
    def phrases(self) -> tuple[str, ...]:
        """Lines to say word for word."""
        return self.lines("phrases")

    @property
    def fields(self) -> Mapping[str, FieldQuestion]:
        """What to find out, by field id."""
        found = self.values.get("fields", {})
        return {key: FieldQuestion(value["name"], value["question"]) for key, value in found.items()}


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One file of the library: a language-free header, its texts and its body."""

    id: str
    kind: str
    header: Mapping[str, Any]
    texts: Mapping[str, EntryText]
    body: str
    english_summary: str

    def text(self, language: str) -> EntryText:
        """The entry in this language, in Chinese when it has none."""
        return self.texts.get(language, self.texts["zh"])

    def words(self, key: str) -> tuple[str, ...]:
        """A list of the header, such as jobs, stages, fields, methods or sources."""
        return tuple(self.header.get(key, ()))


@dataclass(frozen=True, slots=True)
class Library:
    """All entries, in the order of kind and id."""

    entries: tuple[LibraryEntry, ...]

    def entry(self, entry_id: str) -> LibraryEntry | None:
        """The entry of this id; ids are unique over all kinds."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def of_kind(self, kind: str) -> tuple[LibraryEntry, ...]:
        """The entries of one kind."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


def load_library(folder: Traversable | None = None) -> Library:
    """The shipped library, or the one in a folder of the same layout. Raises LibraryError with all of them."""
    raw, mistakes = read_library(folder)
    if mistakes:
        raise LibraryError(mistakes)
    return Library(tuple(_entry(one) for one in raw))


def read_library(folder: Traversable | None = None) -> tuple[list[RawEntry], list[Mistake]]:
    """The files taken apart, and everything wrong with them."""
    folder = folder or files("knowledge").joinpath("library")
    read = [_read(kind.name, file) for kind, file in _library_files(folder)]
    raw = [one for one in read if isinstance(one, RawEntry)]
    unreadable = [one for one in read if isinstance(one, Mistake)]
    return raw, sorted([*unreadable, *mistakes_in(raw)])


def _library_files(folder: Traversable) -> Iterator[tuple[Traversable, Traversable]]:
    if not folder.is_dir():
        return
    for kind in sorted((item for item in folder.iterdir() if item.is_dir()), key=lambda item: item.name):
        for file in sorted(kind.iterdir(), key=lambda item: item.name):
            if file.name.endswith(".md"):
                yield kind, file


def _read(kind: str, file: Traversable) -> RawEntry | Mistake:
    name = f"{kind}/{file.name}"
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        return Mistake(name, 1, f"is not UTF-8: {error}")
    framed = _FRAME.match(text)
    if framed is None:
        return Mistake(name, 1, "must begin with a TOML header between two lines of +++")
    try:
        header = tomllib.loads(framed[1])
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        return Mistake(name, int(at[1]) + 1 if at else 1, f"the header is not TOML: {error}")
    return RawEntry(name, kind, file.name.removesuffix(".md"), text, header, framed[2].strip())


def _entry(raw: RawEntry) -> LibraryEntry:
    summary = _ENGLISH_SUMMARY.search(raw.body)
    return LibraryEntry(
        id=raw.stem,
        kind=raw.kind_folder,
        header={key: value for key, value in raw.header.items() if key not in LANGUAGES},
        texts={language: EntryText(language, raw.header[language]) for language in LANGUAGES},
        body=_ENGLISH_SUMMARY.sub("", raw.body).strip(),
        english_summary=summary[1].strip() if summary else "",
    )


def main() -> int:
    """Prints the mistakes of the shipped library; 1 if there are any."""
    raw, mistakes = read_library()
    for mistake in mistakes:
        sys.stdout.write(f"{mistake}\n")
    sys.stderr.write(f"{len(raw)} entries read, {len(mistakes)} mistakes\n")
    return 1 if mistakes else 0


if __name__ == "__main__":
    raise SystemExit(main())
