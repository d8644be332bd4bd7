"""The pages of a scanned PDF, read as the photos they are."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.photo_worker import MOST_PIXELS
from knowledge.loading.photos import read_photo
from knowledge.loading.texts import RawText, Unreadable

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader  # type: ignore[import-not-found, import-untyped, unused-ignore]

_MOST_PAGES = 30
"""A page takes seconds to read."""
_JPEG = "/DCTDecode"


def read_scans(name: str, reader: PdfReader) -> list[RawText]:
    """The text of each page's picture, and the pages whose picture cannot be opened.

    Raises UnreadableDocumentError: too many pages, or none with words.
    """
    if len(reader.pages) > _MOST_PAGES:
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_INSIDE)
    texts: list[str] = []
    unread: list[RawText] = []
    for number, page in enumerate(reader.pages, start=1):
        try:
            picture = _picture_of(page)
            texts.append(read_photo(name, picture).text if picture else "")
        except UnreadableDocumentError as error:
            if error.reason == Unreadable.PHOTO_READER_MISSING:
                raise
            if error.reason != Unreadable.NO_TEXT_IN_PHOTO:
                unread.append(RawText(f"{name} ({number})", "", "", unreadable=error.reason))
    if not any(texts):
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_INSIDE)
    return [RawText(name, "", "\n\n".join(texts), is_wrapped=True), *unread]


def _picture_of(page: PageObject) -> bytes | None:
    """The largest picture of a page: as the file a scanner made it, else unpacked. Raises UnreadableDocumentError."""
    found = {key: one.get_object() for key, one in _under(_under(page, "/Resources"), "/XObject").items()}
    sizes = {key: int(one["/Width"]) * int(one["/Height"]) for key, one in found.items() if _is_picture(one)}
    key = max(sizes, key=sizes.__getitem__, default=None)
    if key is None:
        return None
    if _filter_of(found[key]) == _JPEG:
        data: bytes = found[key].get_data()
        return data
    return _unpacked(page, key) if sizes[key] <= MOST_PIXELS else _refused(Unreadable.TOO_BIG)


def _unpacked(page: PageObject, key: str) -> bytes:
    from pypdf.errors import DependencyError, PyPdfError  # type: ignore[import-not-found, import-untyped, unused-ignore]

    try:
        image = page.images[key].image
        if image is None:
            return _refused(Unreadable.BROKEN)
        file = io.BytesIO()
        image.save(file, "PNG", compress_level=1)
    except (PyPdfError, DependencyError, NotImplementedError, OSError, ValueError, KeyError, TypeError, zlib.error):
        return _refused(Unreadable.BROKEN)
    return file.getvalue()


def _refused(why: Unreadable) -> bytes:
    raise UnreadableDocumentError("", why)


def _is_picture(one: Any) -> bool:  # noqa: ANN401  objects of pypdf's own kinds
    return bool(one.get("/Subtype") == "/Image")


def _under(holder: Any, name: str) -> Any:  # noqa: ANN401  objects of pypdf's own kinds
    """What stands under this name, itself and not a reference to it."""
    try:
        return holder[name]
    except KeyError:
        return {}


def _filter_of(picture: object) -> str:
    found = picture.get("/Filter")  # type: ignore[attr-defined]
    return str(found[0] if isinstance(found, list) and len(found) == 1 else found)
