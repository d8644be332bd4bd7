"""Photos to text lines, read in a child process of their own that gives its memory back."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.photo_lines import Box, PhotoLine, in_reading_order
from knowledge.loading.texts import RawText, Unreadable

LARGEST_PHOTO = 20 * 1024 * 1024
_SECONDS = 120.0
_WORKER = Path(__file__).with_name("photo_worker.py")
_ONE_AT_A_TIME = threading.Lock()
"""A child takes 600 MB while it reads."""
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"})


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """What stands in a photo, at least one line, in rows in reading order; `width` and `height` in pixels."""

    rows: tuple[tuple[PhotoLine, ...], ...]
    width: int
    height: int

    @property
    def lines(self) -> tuple[PhotoLine, ...]:
        """Every line in reading order."""
        return tuple(line for row in self.rows for line in row)

    @property
    def text(self) -> str:
        """The rows one below the other."""
        return "\n".join("  ".join(line.text for line in row) for row in self.rows)


def is_photo(data: bytes) -> bool:
    """Whether these bytes are a picture that may be read, or one that is refused as a picture."""
    return _is_readable(data) or _is_heic(data)


def read_photo(name: str, data: bytes, *, seconds: float = _SECONDS) -> ReadPhoto:
    """The text of a photo (jpg, png, webp); blocks for seconds, one photo at a time.

    Raises UnreadableDocumentError with a reason: not a readable picture, too large, no text, no reader installed.
    """
    _check(name, data)
    with _ONE_AT_A_TIME:
        answer = _asked(name, data, seconds)
    if "refused" in answer:
        raise UnreadableDocumentError(name, Unreadable(str(answer["refused"])))
    lines = [PhotoLine(text, Box(*box), sure) for text, *box, sure in answer["lines"] if text.strip()]
    if not lines:
        raise UnreadableDocumentError(name, Unreadable.NO_TEXT_IN_PHOTO)
    width, height = answer["size"]
    return ReadPhoto(tuple(in_reading_order(lines)), width, height)


def read_photo_as_text(name: str, data: bytes) -> list[RawText]:
    """The same as a reader of documents gives it."""
    return [RawText(name, "", read_photo(name, data).text, is_wrapped=True)]


def _check(name: str, data: bytes) -> None:
    if not data:
        raise UnreadableDocumentError(name, Unreadable.EMPTY)
    if len(data) > LARGEST_PHOTO:
        raise UnreadableDocumentError(name, Unreadable.TOO_BIG)
    if _is_heic(data):
        raise UnreadableDocumentError(name, Unreadable.HEIC)
    if not _is_readable(data):
        raise UnreadableDocumentError(name, Unreadable.UNKNOWN_KIND)
    if find_spec("rapidocr_onnxruntime") is None or find_spec("cv2") is None:
        raise UnreadableDocumentError(name, Unreadable.PHOTO_READER_MISSING)


def _is_readable(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS


def _asked(name: str, data: bytes, seconds: float) -> dict[str, Any]:
    """The worker's answer; whatever a picture does to it ends with it."""
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=True)
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocumentError(name, Unreadable.TOO_SLOW) from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise UnreadableDocumentError(name, Unreadable.BROKEN) from error
    return answer
