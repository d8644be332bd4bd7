"""Word, PowerPoint and Excel files to text; macros and embedded things are never looked at."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.tables import table_as_text
from knowledge.loading.texts import RawText, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_ROWS = 20_000
_MOST_XML = 100 * 1024 * 1024
_LOOKED_AT = 64 * 1024
_HEADING_STYLE = re.compile(r"(?:Heading ([1-9])|Title$)")


def is_office(data: bytes) -> bool:
    """Whether an archive is a document of an office program."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_office(name: str, data: bytes) -> list[RawText]:
    """The document as texts, whatever it is called. Raises UnreadableDocumentError with a reason."""
    read = _reader_for(name, data)
    try:
        return read(name, data)
    except ImportError as error:
        raise UnreadableDocumentError(name, Unreadable.READER_MISSING) from error
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, OSError, SyntaxError) as error:
        raise UnreadableDocumentError(name, Unreadable.BROKEN) from error


def _reader_for(name: str, data: bytes) -> Callable[[str, bytes], list[RawText]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _MOST_XML:
            raise UnreadableDocumentError(name, Unreadable.TOO_BIG)
        for part in parts:
            if part.flag_bits & 1:
                raise UnreadableDocumentError(name, Unreadable.ENCRYPTED)
            if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive, part):
                raise UnreadableDocumentError(name, Unreadable.BROKEN)
    folders = {part.filename.split("/")[0] for part in parts}
    for folder, reader in (("word", _read_word), ("ppt", _read_slides), ("xl", _read_sheets)):
        if folder in folders:
            return reader
    raise UnreadableDocumentError(name, Unreadable.UNKNOWN_KIND)


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """No office program writes entities; files that grow when read do."""
    with archive.open(part) as file:
        return b"<!ENTITY" in file.read(_LOOKED_AT)


def _read_word(name: str, data: bytes) -> list[RawText]:
    from docx import Document  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from docx.table import Table  # type: ignore[import-not-found, import-untyped, unused-ignore]

    document = Document(io.BytesIO(data))
    lines: list[str] = []
    ranks: dict[str, int] = {}
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.append(table_as_text([[cell.text for cell in row.cells] for row in block.rows]))
        else:
            style = (block.style.name or "") if block.style else ""
            lines.append(f"\n{block.text}\n" if style.startswith(("Heading 1", "Title")) else block.text)
            if found := _HEADING_STYLE.match(style):
                ranks[block.text.strip()] = int(found[1] or 1)
    return [RawText(name, document.core_properties.title or "", "\n".join(lines), headings=ranks)]


def _read_slides(name: str, data: bytes) -> list[RawText]:
    from pptx import Presentation

    slides = Presentation(io.BytesIO(data)).slides
    return [RawText(name, "", "\n\n".join("\n".join(_slide_lines(slide)) for slide in slides))]


def _slide_lines(slide: object) -> Iterator[str]:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide

    assert isinstance(slide, Slide)
    for shape in slide.shapes:
        if isinstance(shape, Shape):
            yield shape.text_frame.text
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            yield table_as_text([[cell.text for cell in row.cells] for row in shape.table.rows])
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
        yield slide.notes_slide.notes_text_frame.text


def _read_sheets(name: str, data: bytes) -> list[RawText]:
    from openpyxl import load_workbook  # type: ignore[import-not-found, import-untyped, unused-ignore]

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    texts: list[RawText] = []
    for sheet in book.worksheets:
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for _, row in zip(range(_MOST_ROWS), sheet.iter_rows(values_only=True), strict=False)
        ]
        texts.append(RawText(name, sheet.title, table_as_text(rows)))
    book.close()
    return texts
