import io
from dataclasses import replace

import pytest
from docx import Document as WordDocument

from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion
from knowledge.passages import Document
from knowledge.passages_in_memory import PassagesInMemory
from tests.knowledge.dirty_folder import PAGE, STOPPED_LINE, TRADITIONAL_COPY


@pytest.fixture
def ingestion() -> Ingestion:
    return Ingestion(PassagesInMemory())


def test_a_page_is_kept_article_by_article_and_off_topic_ones_stay_out(ingestion):
    report = ingestion.ingest("page.txt", PAGE.encode(), team=None)
    assert [article.title for article in report.kept] == ["把痛点算成数字", "第二次拜访去干什么"]
    assert "off_topic" in {drop.reason for drop in report.dropped}
    texts = "".join(passage.text for passage in ingestion.store.passages())
    assert "虚拟机" not in texts
    assert "国产" not in texts
    assert "停线一次要损失多少钱" in texts


def test_the_same_file_again_changes_nothing_and_says_so(ingestion):
    ingestion.ingest("page.txt", PAGE.encode(), team=None)
    before = (ingestion.store.generation(), list(ingestion.store.passages()))
    again = ingestion.ingest("copy.txt", PAGE.encode(), team="north")
    assert again.unchanged
    assert again.document.name == "page.txt"
    assert (ingestion.store.generation(), list(ingestion.store.passages())) == before


def test_an_article_known_from_another_file_is_merged(ingestion):
    ingestion.ingest("page.txt", PAGE.encode(), team=None)
    passages = list(ingestion.store.passages())
    report = ingestion.ingest("copy.txt", TRADITIONAL_COPY.encode(), team=None)
    assert [article.merged_with for article in report.articles] == ["把痛点算成数字"]
    assert list(ingestion.store.passages()) == passages


def test_teams_do_not_share_what_is_not_shared(ingestion):
    ingestion.ingest("page.txt", PAGE.encode(), team="north")
    report = ingestion.ingest("page.txt", PAGE.encode(), team="south")
    assert not report.unchanged
    assert len(report.kept) == 2


def test_an_unreadable_file_changes_nothing(ingestion):
    with pytest.raises(UnreadableDocumentError):
        ingestion.ingest("a.exe", b"MZ\x90", team=None)
    assert ingestion.store.generation() == 0


WORDING = "您先别急，，贵的部分　我拆给您看：一共(zhàn)三项●。"
"""With noise in it that cleaning takes out of any other line."""
MARKED = {
    "话术.txt": f"{STOPPED_LINE}\n\n【已审定】{WORDING}\n\n第二次拜访要带数字去，先问清停线一次要损失多少钱。".encode(),
    "话术.md": f"# 价格\n\n{STOPPED_LINE}\n\n## 已审定话术\n\n- {WORDING}\n\n## 其他\n\n先问再答。".encode(),
    "话术.html": f"<html><body><h2>价格</h2><p>{STOPPED_LINE}</p><h3>审定话术</h3><p>{WORDING}</p><h3>其他</h3>"
    "<p>先问再答。</p></body></html>".encode(),
}


def word_file() -> bytes:
    document = WordDocument()
    document.add_heading("价格", 1)
    document.add_paragraph(STOPPED_LINE)
    document.add_heading("标准话术（已审核）", 2)
    document.add_paragraph(WORDING)
    document.add_heading("其他", 2)
    document.add_paragraph("先问再答。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", [*MARKED, "话术.docx"])
def test_an_approved_line_is_kept_to_the_character_in_every_format(ingestion, name):
    report = ingestion.ingest(name, MARKED.get(name) or word_file(), team=None)
    assert report.approved == 1
    assert [line for passage in ingestion.store.passages() for line in passage.approved_lines] == [WORDING]


def test_a_short_line_beside_the_subject_is_kept_where_it_is_approved(ingestion):
    ingestion.ingest("a.txt", "【已审定】云计算的事我们不谈。".encode(), team=None)
    [passage] = ingestion.store.passages()
    assert passage.approved_lines == ("云计算的事我们不谈。",)


def test_a_copy_with_marks_is_not_merged_with_one_without(ingestion):
    ingestion.ingest("page.txt", PAGE.encode(), team=None)
    marked = ingestion.ingest("marked.txt", f"把痛点算成数字\n已审定话术\n{STOPPED_LINE}".encode(), team=None)
    assert [article.merged_with for article in marked.articles] == [None]
    unmarked = ingestion.ingest("again.txt", f"转载\n\n{STOPPED_LINE}".encode(), team=None)
    assert [article.merged_with is not None for article in unmarked.articles] == [True]


def test_a_known_file_is_read_again_only_where_other_lines_count_as_approved_now(ingestion):
    first = ingestion.ingest("话术.txt", MARKED["话术.txt"], team=None)
    assert ingestion.ingest("话术.txt", MARKED["话术.txt"], team=None).unchanged
    passages = list(ingestion.store.passages())
    of_old = Document(first.document.id, "话术.txt", first.document.content_hash)
    ingestion.store.save(of_old, [], [replace(passage, approved=()) for passage in passages])
    again = ingestion.ingest("copy.txt", MARKED["话术.txt"], team=None)
    assert not again.unchanged
    assert (again.document.id, again.document.name, again.document.version) == (first.document.id, "话术.txt", 1)
    assert list(ingestion.store.passages()) == passages
    assert ingestion.ingest("copy.txt", MARKED["话术.txt"], team="north").unchanged


@pytest.mark.parametrize(
    ("table", "approved"),
    [
        ("场景,话术,状态\n嫌贵,您先看差在哪。,已审定\n拖延,您再等等。,待审定", ["您先看差在哪。"]),
        ("场景,审定话术\n嫌贵,您先看差在哪。\n拖延,您看哪天定。", ["您先看差在哪。", "您看哪天定。"]),
        ("Situation,Wording,Approved\nprice,We hold it.,yes\ndelay,Take your time.,no\nrival,,yes", ["We hold it."]),
        ("客户,金额,状态\n远山,180万,已审核\n振华,90万,已审核", []),
        ("场景,待审定话术\n嫌贵,您先看差在哪。", []),
    ],
)
def test_a_table_marks_wording_by_its_column_or_its_row(ingestion, table, approved):
    ingestion.ingest("表.csv", table.encode(), team=None)
    assert [line for passage in ingestion.store.passages() for line in passage.approved_lines] == approved
