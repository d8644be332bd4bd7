"""The pages of a scanned PDF, read as the photos they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.photos import read_photo
from knowledge.loading.texts import Unreadable

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader  # type: ignore[import-not-found, import-untyped, unused-ignore]

_MOST_PAGES = 30
"""A page takes seconds to read."""
_JPEG = "/DCTDecode"


def read_scans(name: str, reader: PdfReader) -> list[str]:
    """The text of each page's picture. Raises UnreadableDocumentError: too many pages, or none with words."""
    if len(reader.pages) > _MOST_PAGES:
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_INSIDE)
    texts = [_text_of(name, picture) for page in reader.pages if (picture := _picture_of(page))]
    if not any(texts):
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_INSIDE)
    return texts


def _picture_of(page: PageObject) -> bytes | None:
    """The largest picture of a page as the file a scanner made it; other kinds would have to be unpacked here."""
    named = _under(_under(page, "/Resources"), "/XObject")
    objects = [one.get_object() for one in named.values()]
    pictures = [one.get_data() for one in objects if one.get("/Subtype") == "/Image" and _filter_of(one) == _JPEG]
    return max(pictures, key=len, default=None)


def _under(holder: Any, name: str) -> Any:  # noqa: ANN401  objects of pypdf's own kinds
    """What stands under this name, itself and not a reference to it."""
    try:
        return holder[name]
    except KeyError:
        return {}


def _filter_of(picture: object) -> str:
    found = picture.get("/Filter")  # type: ignore[attr-defined]
    return str(found[0] if isinstance(found, list) and len(found) == 1 else found)


def _text_of(name: str, picture: bytes) -> str:
    try:
        return read_photo(name, picture).text
    except UnreadableDocumentError as error:
        if error.reason == Unreadable.PHOTO_READER_MISSING:
            raise
        return ""
