from knowledge.ingestion import Ingestion
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.question_writing import unasked, written
from tests.knowledge.dirty_folder import PAGE


class Writer:
    def questions_for(self, passage):
        return ["客户  怎么办", "", "客户 怎么办", "第二问", "第三问"]


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
