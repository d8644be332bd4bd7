"""Twelve hostile files through the one way in: none does harm, none is lost without a word."""

import io
import resource
import time

import pytest

from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion, IngestReport
from knowledge.passages_in_memory import PassagesInMemory
from tests.support.hostile_files import ADVICE, SECRET, billion_laughs, pdf_of, with_macro, zipped

LINE = "Ask what the stopped line costs before you talk about the price of the machine"


@pytest.fixture
def ingestion() -> Ingestion:
    return Ingestion(PassagesInMemory())


def taken_in(ingestion: Ingestion, name: str, data: bytes) -> tuple[IngestReport, str]:
    report = ingestion.ingest(name, data, team="north")
    return report, "\n".join(passage.text for passage in ingestion.store.passages())


def refused(ingestion: Ingestion, name: str, data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        ingestion.ingest(name, data, team="north")
    assert ingestion.store.generation() == 0, "a refused file changes nothing"
    return caught.value.reason


def word_file(*paragraphs: str) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_1_a_zip_bomb_is_refused_before_it_is_unpacked(ingestion: Ingestion):
    bomb = zipped({f"{n}.txt": bytes(9_000_000) for n in range(5)} | {"a.txt": ADVICE.encode()})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(ingestion, "bomb.zip", bomb) == "too_big"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_2_a_billion_laughs_are_not_laughed(ingestion: Ingestion):
    started = time.monotonic()
    assert refused(ingestion, "laughs.docx", billion_laughs()) == "broken"
    assert time.monotonic() - started < 2


def test_3_of_a_file_with_a_macro_only_the_words_are_read(ingestion: Ingestion):
    report, found = taken_in(ingestion, "macro.docx", with_macro(word_file(ADVICE)))
    assert len(report.kept) == 1
    assert "客户说贵" in found
    assert "MACROWORDS" not in found


def test_4_three_hundred_pages_are_read_to_the_last(ingestion: Ingestion):
    pytest.importorskip("pypdf")
    pages = [f"{LINE}, this is visit number {n} of the series" for n in range(1, 301)]
    _, found = taken_in(ingestion, "long.pdf", pdf_of(pages))
    assert "visit number 300" in found


def test_5_what_a_file_is_counts_not_what_it_is_called(ingestion: Ingestion):
    report, found = taken_in(ingestion, "picture.jpg", word_file(ADVICE))
    assert "客户说贵" in found
    assert len(report.kept) == 1
    assert refused(Ingestion(PassagesInMemory()), "advice.txt", b"MZ\x90\x00" + bytes(200)) == "unknown_kind"


@pytest.mark.parametrize(("number", "encoding"), [(6, "utf-16"), (7, "gbk")])
def test_6_and_7_other_encodings_are_read(ingestion: Ingestion, number: int, encoding: str):
    _, found = taken_in(ingestion, f"{number}.txt", ADVICE.encode(encoding))
    assert ADVICE[:20] in found


def test_8_lines_of_several_encodings_are_all_read(ingestion: Ingestion):
    half = len(ADVICE) // 2
    mixed = f"{ADVICE[:half]}\n".encode() + ADVICE[half:].encode("gbk")
    _, found = taken_in(ingestion, "mixed.txt", mixed)
    assert ADVICE[:10] in found
    assert ADVICE[-12:] in found


def test_9_nul_bytes_vanish_and_the_words_stay(ingestion: Ingestion):
    data = ADVICE.replace("，", "，\0").encode()
    _, found = taken_in(ingestion, "nul.txt", data)
    assert "\0" not in found
    assert ADVICE[:20] in found


def test_10_a_page_ten_thousand_deep_is_read(ingestion: Ingestion):
    page = "<html><body>" + "<div>" * 10_000 + f"<p>{ADVICE}</p>" + "</div>" * 10_000
    _, found = taken_in(ingestion, "deep.html", page.encode())
    assert ADVICE[:20] in found


def test_11_script_in_a_page_is_neither_run_nor_read(ingestion: Ingestion):
    script, picture = "<script>steal('cookies')</script>", "<img src=x onerror=alert(2)>"
    page = f"<html><body onload='alert(1)'>{script}<p>{ADVICE}</p>{picture}</body></html>"
    _, found = taken_in(ingestion, "script.html", page.encode())
    assert ADVICE[:20] in found
    assert not any(word in found for word in ("steal", "alert", "onerror", "<"))


def test_12_an_injected_instruction_stays_a_quoted_line_of_its_document(ingestion: Ingestion):
    """It is text like any other: found, shown as a quotation, and never part of what the bot is told to do."""
    _, found = taken_in(ingestion, "inject.txt", f"{ADVICE}{SECRET}".encode())
    assert SECRET in found


def test_members_of_an_archive_that_cannot_be_read_are_named(ingestion: Ingestion):
    inner = zipped({"b.txt": b"x"})
    data = zipped({"a.txt": ADVICE.encode(), "b.exe": b"MZ\x90\x00", "c.zip": inner})
    report, _ = taken_in(ingestion, "mixed.zip", data)
    assert [drop.excerpt for drop in report.dropped if drop.reason == "unreadable"] == ["b.exe", "c.zip"]
