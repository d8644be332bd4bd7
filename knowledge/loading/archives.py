"""Zip archives of documents, unpacked in memory within strict limits."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.texts import LARGEST_FILE, RawText, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_MEMBERS = 500
_MOST_GROWTH = 200
"""How many times larger than the archive its members may be; prose shrinks by ten at most."""


def read_archive(name: str, data: bytes, read: Callable[[str, bytes], list[RawText]]) -> list[RawText]:
    """The texts of every member, of those that `read` cannot read the reason; archives inside are not opened.

    Raises UnreadableDocumentError when the archive is broken, encrypted, too large, or nothing in it is readable.
    """
    texts: list[RawText] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in _members(name, archive, len(data)):
                if member.flag_bits & 1:
                    raise UnreadableDocumentError(name, Unreadable.ENCRYPTED)
                try:
                    texts += read(_shown_name(member), _content(archive, member))
                except UnreadableDocumentError as error:
                    texts.append(RawText(_shown_name(member), "", "", unreadable=error.reason))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableDocumentError(name, Unreadable.BROKEN) from error
    if all(text.unreadable for text in texts):
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_INSIDE)
    return texts


def _members(name: str, archive: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or total > LARGEST_FILE or total > _MOST_GROWTH * max(size, 4096):
        raise UnreadableDocumentError(name, Unreadable.TOO_BIG)
    return [member for member in members if not member.filename.startswith("__MACOSX/")]


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.filename.lower().endswith(".zip"):
        raise UnreadableDocumentError(member.filename, Unreadable.UNKNOWN_KIND)
    return archive.read(member)


def _shown_name(member: zipfile.ZipInfo) -> str:
    """Old Windows tools write Chinese names in GBK, which zipfile reads as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
