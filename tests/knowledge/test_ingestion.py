import pytest

from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion
from knowledge.passages_in_memory import PassagesInMemory
from tests.knowledge.dirty_folder import PAGE, TRADITIONAL_COPY


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
