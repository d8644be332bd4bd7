from dataclasses import dataclass, field

from knowledge.ingestion import Ingestion
from knowledge.passages_in_memory import PassagesInMemory
from knowledge.question_writing import write_questions
from tests.knowledge.dirty_folder import PAGE


@dataclass
class Writer:
    asked: list[str] = field(default_factory=list)

    def questions_for(self, passage):
        self.asked.append(passage.id)
        return ["客户  怎么办", "", "第二问", "第三问"]


def test_each_passage_is_asked_about_once_also_after_a_stop():
    store, writer = PassagesInMemory(), Writer()
    Ingestion(store).ingest("page.txt", PAGE.encode(), team=None)
    count = len(list(store.passages()))
    assert write_questions(store, writer, at_most=1) == 1
    assert write_questions(store, writer, at_most=100) == count - 1
    assert write_questions(store, writer, at_most=100) == 0
    assert len(set(writer.asked)) == len(writer.asked) == count
    assert set(map(tuple, store.questions().values())) == {("客户 怎么办", "第二问")}
