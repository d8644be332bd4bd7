import io
import struct
import sys
import zlib

import pytest
from PIL.Image import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.documents import load
from knowledge.loading.photo_lines import Box, PhotoLine, in_reading_order
from knowledge.loading.photos import LARGEST_PHOTO, read_photo
from knowledge.loading.texts import Unreadable
from tests.support.photos import noise, opened, photo_of

reads = pytest.mark.skipif(sys.version_info >= (3, 13), reason="the photo reader has no build for this Python")


@reads
def test_chinese_and_english_lines_are_read_with_where_they_stand():
    photo = read_photo("page.jpg", photo_of(["先问清楚贵在哪里", "Ask who signs the budget"]))

    assert photo.text == "先问清楚贵在哪里\nAsk who signs the budget"
    first, second = photo.lines
    assert first.box.bottom < second.box.top
    assert min(first.confidence, second.confidence) > 0.9
    assert (photo.width, photo.height) == (1000, 700)


@reads
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_pictures_are_read(kind: str):
    assert read_photo("page", photo_of(["客户说太贵"], size=(500, 160), kind=kind)).text == "客户说太贵"


@reads
@pytest.mark.parametrize("picture", [photo_of([], size=(400, 300)), noise()], ids=["blank", "noise"])
def test_a_picture_without_words_is_refused(picture: bytes):
    assert _refusal(picture) == Unreadable.NO_TEXT_IN_PHOTO


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Unreadable.EMPTY),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Unreadable.HEIC),
        (b"GIF89a" + bytes(40), Unreadable.UNKNOWN_KIND),
        (b"\xff\xd8\xff" + bytes(LARGEST_PHOTO), Unreadable.TOO_BIG),
    ],
)
def test_what_is_no_photo_is_refused_without_looking_inside(data: bytes, reason: Unreadable):
    assert _refusal(data) == reason


@reads
def test_a_broken_photo_is_refused():
    assert _refusal(photo_of(["客户"])[:400]) == Unreadable.BROKEN


@reads
def test_a_small_file_of_many_pixels_is_refused_before_it_is_unpacked():
    assert _refusal(_png_that_claims(60_000, 60_000)) == Unreadable.TOO_BIG


@reads
def test_reading_ends_in_time():
    assert _refusal(photo_of(["客户"]), seconds=0.01) == Unreadable.TOO_SLOW


def test_columns_of_prose_are_read_one_after_the_other_below_their_heading():
    lines = [_line("标题", 300, 0, 400)]
    lines += [_line(f"左{row}", 0, 60 + row * 25, 300) for row in range(4)]
    lines += [_line(f"右{row}", 400, 62 + row * 25, 300) for row in range(4)]

    assert _read(lines) == ["标题", *(f"左{row}" for row in range(4)), *(f"右{row}" for row in range(4))]


def test_the_cells_of_a_table_are_read_across():
    lines = [_line(f"{side}{row}", left, row * 30, 80) for row in range(4) for side, left in (("价", 200), ("名", 0))]

    assert _read(lines) == [f"名{row} 价{row}" for row in range(4)]


def _line(text: str, left: int, top: int, width: int) -> PhotoLine:
    return PhotoLine(text, Box(left, top, left + width, top + 20), 1.0)


def _read(lines: list[PhotoLine]) -> list[str]:
    return [" ".join(line.text for line in row) for row in in_reading_order(lines)]


def _refusal(data: bytes, *, seconds: float = 60.0) -> str:
    with pytest.raises(UnreadableDocumentError) as refused:
        read_photo("photo", data, seconds=seconds)
    return refused.value.reason


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@reads
def test_the_picture_on_a_page_of_a_scanned_pdf_is_read():
    pytest.importorskip("pypdf")
    file = io.BytesIO()
    opened(photo_of(["先问清楚贵在哪里"], size=(400, 120))).save(file, "PDF")

    [raw] = load("scan.pdf", file.getvalue())

    assert raw.text == "先问清楚贵在哪里"


@reads
@pytest.mark.parametrize(("mode", "filter_name"), [("1", "/CCITTFaxDecode"), ("L", "/FlateDecode")])
def test_pictures_of_a_scan_that_are_no_jpeg_are_unpacked_and_read(mode, filter_name):
    page = opened(photo_of(["先问清楚贵在哪里"], size=(400, 120))).convert(mode)

    [raw] = load("scan.pdf", _scan_of([_flate_page(page) if filter_name == "/FlateDecode" else _pdf_page(page)]))

    assert raw.text == "先问清楚贵在哪里"
    assert raw.is_wrapped


@reads
def test_a_page_whose_picture_cannot_be_opened_is_named_and_the_others_are_read():
    page = opened(photo_of(["先问清楚贵在哪里"], size=(400, 120))).convert("L")
    broken = _flate_page(page)
    _picture_on(broken)[NameObject("/Filter")] = NameObject("/JBIG2Decode")

    read, unread = load("scan.pdf", _scan_of([_flate_page(page), broken]))

    assert read.text == "先问清楚贵在哪里"
    assert (unread.name, unread.text, unread.unreadable) == ("scan.pdf (2)", "", Unreadable.BROKEN)


@reads
@pytest.mark.parametrize("claims", [{"/Filter": NameObject("/JBIG2Decode")}, {"/Width": NumberObject(90_000)}])
def test_a_scan_of_which_no_page_can_be_opened_is_refused(claims):
    page = _flate_page(opened(photo_of(["先问清楚贵在哪里"], size=(400, 120))).convert("L"))
    for key, value in claims.items():
        _picture_on(page)[NameObject(key)] = value

    with pytest.raises(UnreadableDocumentError) as refused:
        load("scan.pdf", _scan_of([page]))

    assert refused.value.reason == Unreadable.NO_TEXT_INSIDE


def _pdf_page(image: Image) -> PageObject:
    """The page as Pillow writes it."""
    file = io.BytesIO()
    image.save(file, "PDF")
    return PdfReader(file).pages[0]


def _flate_page(image: Image) -> PageObject:
    """The page with its picture packed as many scanning programs do."""
    page = PdfReader(io.BytesIO(_scan_of([_pdf_page(image)]))).pages[0]
    picture = StreamObject()
    picture._data = zlib.compress(image.tobytes())
    for key, value in _picture_on(page).items():
        picture[NameObject(key)] = value
    picture[NameObject("/Filter")] = NameObject("/FlateDecode")
    picture.pop("/DecodeParms", None)
    page["/Resources"]["/XObject"][NameObject("/image")] = picture
    return page


def _picture_on(page: PageObject) -> DictionaryObject:
    return page["/Resources"]["/XObject"]["/image"].get_object()


def _scan_of(pages: list[PageObject]) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    for page in pages:
        writer.add_page(page)
    writer.write(file)
    return file.getvalue()
