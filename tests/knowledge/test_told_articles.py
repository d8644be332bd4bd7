from knowledge.ingestion import Ingestion
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.told_articles import ToldArticles
from tests.knowledge.dirty_folder import CLOUD, SECOND_VISIT, STOPPED_LINE, TRADITIONAL_COPY


class CountingStore(PassagesInMemory):
    """Remembers which articles it was asked to read."""

    asked: tuple[str, ...] = ()

    def read_articles(self, ids):
        self.asked = (*self.asked, *ids)
        return super().read_articles(ids)


def taken_in(store, name, text, *, told=None, team=None):
    ingestion = Ingestion(store, told=told) if told else Ingestion(store)
    return ingestion.ingest(name, text.encode(), team=team)


def merged(report):
    return [article.merged_with is not None for article in report.articles]


def test_each_article_is_read_once_however_many_documents_come():
    store, told = CountingStore(), ToldArticles()
    for number, text in enumerate((STOPPED_LINE, SECOND_VISIT)):
        taken_in(store, f"{number}.txt", text, told=told)
    store.asked = ()
    assert merged(taken_in(store, "copy.txt", f"转\n\n{TRADITIONAL_COPY}", told=told)) == [True]
    once = len(store.asked)
    taken_in(store, "4.txt", "另一件事\n\n" + CLOUD, told=told)
    assert len(set(store.asked)) == len(store.asked)
    assert len(store.asked) <= once + 2


def test_what_is_withdrawn_or_another_teams_own_is_repeated_by_nothing():
    store, told = PassagesInMemory(), ToldArticles()
    first = taken_in(store, "a.txt", STOPPED_LINE, told=told, team="north")
    assert merged(taken_in(store, "b.txt", f"转\n\n{STOPPED_LINE}", told=told, team="south")) == [False]
    assert merged(taken_in(store, "c.txt", f"又\n\n{STOPPED_LINE}", told=told, team="north")) == [True]
    store.withdraw(first.document.id)
    assert merged(taken_in(store, "d.txt", f"再\n\n{STOPPED_LINE}", told=told, team="north")) == [False]
