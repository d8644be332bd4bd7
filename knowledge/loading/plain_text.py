"""Bytes to text, whatever they were written in: UTF-8, UTF-16, GB18030, Big5, or several in one file."""

from __future__ import annotations

import codecs
import re

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.texts import RawText, Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_MOST_UNREADABLE = 0.05


def read_plain_text(name: str, data: bytes) -> list[RawText]:
    """The file as one text. Raises UnreadableDocumentError when it is not text."""
    return [RawText(name, "", decoded(name, data))]


def decoded(name: str, data: bytes) -> str:
    """The text these bytes hold, without control characters. Raises UnreadableDocumentError when it is none."""
    text = _decoded(data)
    if not text.strip():
        raise UnreadableDocumentError(name, Unreadable.EMPTY)
    unreadable = len(_CONTROLS.findall(text.replace("\0", ""))) + text.count("\ufffd")
    if unreadable > len(text) * _MOST_UNREADABLE:
        raise UnreadableDocumentError(name, Unreadable.NOT_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").replace("\u2028", "\n")
    return _CONTROLS.sub("", text)


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if (wide := _utf16_without_mark(data)) is not None:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lines = data.splitlines(keepends=True)
    if any(_is_utf8_chinese(line) for line in lines):
        return "".join(_line(line) for line in lines)
    return _guessed(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """Half the bytes of Latin text in UTF-16 are NUL; Chinese text betrays itself by its line ends and spaces."""
    sample = data[:4000]
    for encoding, newline in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        even = sample[1::2] if encoding == "utf-16-le" else sample[::2]
        if even.count(0) > len(even) * 0.3 or (newline in sample and sample.count(0) >= len(sample) // 200 > 0):
            text = data.decode(encoding, "replace")
            if text.count("\ufffd") < len(text) // 50 + 1 and _looks_written(text):
                return text
    return None


def _looks_written(text: str) -> bool:
    known = re.findall(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\w\s.,;:!?'\"()%-]", text[:4000])
    return len(known) > 0.9 * len(text[:4000])


def _is_utf8_chinese(line: bytes) -> bool:
    try:
        return any(ord(character) > 0x2E80 for character in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _line(line: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", "replace")


def _guessed(data: bytes) -> str:
    """The encoding whose text reads best: GB18030 accepts nearly any bytes, so rivals get their say."""
    texts = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if texts:
        return min(texts, key=_rarity)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "gb18030", "replace")


def _rarity(text: str) -> float:
    """The share of characters that hardly any text uses."""
    rare = sum(not _is_common(character) for character in text[:4000] if ord(character) > 0x7F)
    return rare / (1 + sum(ord(character) > 0x7F for character in text[:4000]))


def _is_common(character: str) -> bool:
    for encoding, first, last in (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6)):
        try:
            if first <= character.encode(encoding)[0] <= last:
                return encoding == "gb2312" or character < "\ue000"
        except UnicodeEncodeError:
            continue
    return False
