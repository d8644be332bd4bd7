from knowledge.ingestion import Ingestion
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.question_writing import unasked, written
from tests.knowledge.dirty_folder import PAGE


class Writer:
    def questions_for(self, passage):
        return ["他可能会问：", "客户  怎么办", "", "客户 怎么办", "第二问", "第三问"]


def test_at_most_two_different_questions_are_taken():
    store = PassagesInMemory()
    Ingestion(store).ingest("page.txt", PAGE.encode(), team=None)
    assert written(Writer(), unasked(store)[0]) == ("客户 怎么办", "第二问")


def test_what_was_asked_about_is_not_asked_again_also_when_nothing_came():
    store = PassagesInMemory()
    Ingestion(store).ingest("page.txt", PAGE.encode(), team=None)
    first, *others = unasked(store)
    store.keep_questions({first.id: ()})
    assert unasked(store) == others
    assert store.questions() == {first.id: ()}


def test_a_text_that_comes_again_in_another_file_is_not_asked_about_again():
    store = PassagesInMemory()
    ingestion = Ingestion(store)
    first = ingestion.ingest("page.txt", PAGE.encode(), team="north")
    store.keep_questions({one.id: (one.text[:9],) for one in unasked(store)})
    store.withdraw(first.document.id)

    ingestion.ingest("renamed.txt", PAGE.encode(), team="south")

    assert unasked(store) == []
    assert {one.id: (one.text[:9],) for one in store.passages()} == store.questions()


def test_a_text_that_stands_in_two_files_is_asked_about_once():
    store = PassagesInMemory()
    for team in ("north", "south"):
        Ingestion(store).ingest(f"{team}.txt", PAGE.encode(), team=team)
    waiting = unasked(store)
    assert 2 * len(waiting) == len(list(store.passages()))
