"""Readers that come with a package of their own; skipped out loud where it is not installed."""

import io

import pytest

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.documents import load


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def text_of(name: str, data: bytes) -> str:
    return "\n".join(raw.text for raw in load(name, data))


def test_a_word_file_gives_paragraphs_and_tables():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("第二次拜访", 1)
    document.add_paragraph("带样机去试。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("客户", "预算", "远山阀门", "180万"), strict=True):
        cell.text = text
    found = text_of("a.docx", saved(document))
    assert "第二次拜访" in found
    assert "客户：远山阀门，预算：180万。" in found
    assert text_of("wrong-name.txt", saved(document)) == found


def test_slides_give_their_words_and_notes():
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "先问预算"
    slide.notes_slide.notes_text_frame.text = "讲慢一点"
    assert text_of("a.pptx", saved(deck)).split() == ["先问预算", "讲慢一点"]


def test_sheets_keep_columns_with_values():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["异议", "回答"])
    book.active.append(["太贵", "跟谁比"])
    assert text_of("a.xlsx", saved(book)) == "异议：太贵，回答：跟谁比。"


def test_pdf_without_words_or_with_a_password_is_refused():
    pypdf = pytest.importorskip("pypdf")
    for password, reason in ((None, "no_text_inside"), ("secret", "encrypted")):
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        buffer = io.BytesIO()
        writer.write(buffer)
        with pytest.raises(UnreadableDocumentError) as caught:
            load("a.pdf", buffer.getvalue())
        assert caught.value.reason == reason


def test_a_broken_pdf_is_refused():
    with pytest.raises(UnreadableDocumentError) as caught:
        load("a.pdf", b"%PDF-1.7 nothing else")
    assert caught.value.reason in ("broken", "reader_missing")
