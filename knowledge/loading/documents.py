"""One door for every kind of file: looks at what it is, not only at what it is called."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.archives import read_archive
from knowledge.loading.markdown import read_markdown
from knowledge.loading.office import is_office, read_office
from knowledge.loading.pdf import read_pdf
from knowledge.loading.photos import is_photo, read_photo_as_text
from knowledge.loading.plain_text import read_plain_text
from knowledge.loading.tables import read_csv
from knowledge.loading.texts import LARGEST_FILE, LONGEST_TEXT, RawText, Unreadable
from knowledge.loading.web_page import read_web_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Reader = Callable[[str, bytes], list[RawText]]

_READERS: Mapping[str, Reader] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".log": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".xhtml": read_web_page,
    ".csv": read_csv,
    ".tsv": read_csv,
}
_ARCHIVE = b"PK\x03\x04"
_BINARY_STARTS = (
    b"\xd0\xcf\x11\xe0", b"GIF8", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf",
    b"\x1f\x8b", b"OggS", b"ID3", b"SQLite format 3",
)  # fmt: skip


def load(name: str, data: bytes) -> list[RawText]:
    """The texts of a file, at least one of them readable. Raises UnreadableDocumentError with a reason."""
    if not data:
        raise UnreadableDocumentError(name, Unreadable.EMPTY)
    if len(data) > LARGEST_FILE:
        raise UnreadableDocumentError(name, Unreadable.TOO_BIG)
    is_archive = data.startswith(_ARCHIVE) and not is_office(data)
    texts = read_archive(name, data, _load_one) if is_archive else _load_one(name, data)
    texts = [text for text in texts if text.text.strip() or text.unreadable]
    if all(text.unreadable for text in texts):
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_INSIDE)
    if sum(len(text.text) for text in texts) > LONGEST_TEXT:
        raise UnreadableDocumentError(name, Unreadable.TOO_BIG)
    return texts


def _load_one(name: str, data: bytes) -> list[RawText]:
    reader = _reader_for(name, data)
    if reader is None:
        raise UnreadableDocumentError(name, Unreadable.UNKNOWN_KIND)
    return reader(name, data)


def _reader_for(name: str, data: bytes) -> Reader | None:
    """What the bytes are decides; the name only tells plain kinds of text apart."""
    if data.startswith(b"%PDF-"):
        return read_pdf
    if is_photo(data):
        return read_photo_as_text
    if data.startswith(_ARCHIVE):
        return read_office
    if any(data.startswith(start) for start in _BINARY_STARTS):
        return None
    if data[:1000].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return read_web_page
    ending = PurePath(name).suffix.lower()
    return _READERS.get(ending, None if ending else read_plain_text)
