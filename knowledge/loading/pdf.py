"""PDF to text, page by page, by pypdf."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.scans import read_scans
from knowledge.loading.texts import LONGEST_TEXT, RawText, Unreadable

_MOST_PAGES = 3000
_TEXT_ON_A_PAGE = 15
"""Fewer characters a page than this, on average, is a scan with page numbers."""


def read_pdf(name: str, data: bytes) -> list[RawText]:
    """The document as one text, and the pages of a scan that cannot be opened.

    Raises UnreadableDocumentError: encrypted, broken, too long, or without words.
    """
    try:
        from pypdf import PdfReader  # type: ignore[import-not-found, import-untyped, unused-ignore]
        from pypdf.errors import PyPdfError  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise UnreadableDocumentError(name, Unreadable.READER_MISSING) from error
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocumentError(name, Unreadable.ENCRYPTED)
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableDocumentError(name, Unreadable.TOO_BIG)
        title = str((reader.metadata and reader.metadata.title) or "")
        pages = _pages(reader)
        if sum(map(len, pages)) < _TEXT_ON_A_PAGE * len(pages):
            return [replace(text, title=text.text and title) for text in read_scans(name, reader)]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise UnreadableDocumentError(name, Unreadable.BROKEN) from error
    return [RawText(name, title, "\n\n".join(pages), is_wrapped=True)]


def _pages(reader: object) -> list[str]:
    from pypdf import PdfReader  # type: ignore[import-not-found, import-untyped, unused-ignore]

    assert isinstance(reader, PdfReader)
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > LONGEST_TEXT:
            break
    return pages
