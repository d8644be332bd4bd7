"""Questions for passages: written while it is quiet, kept at once, gone on with later."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.writes import Schedule
from bot.errors import ModelUnavailable
from bot.jobs.write_questions import ALL_ASKED, AT_ONCE, BUSY, NAME, NEXT_FEW, NO_MODEL, WriteQuestions
from bot.ports import DueWork
from knowledge.passages import Document, Passage, PassageKind
from knowledge.passages_in_memory import PassagesInMemory
from tests.support.stored import MovedClock

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@dataclass
class Writer:
    """Writes one question a passage, and is away after so many."""

    gives_out_after: int = 100
    asked: list[str] = field(default_factory=list)

    def questions_for(self, passage: Passage) -> list[str]:
        if len(self.asked) >= self.gives_out_after:
            raise ModelUnavailable("budget")
        self.asked.append(passage.id)
        return [f"{passage.id}怎么办"]


@pytest.fixture
def store() -> PassagesInMemory:
    store = PassagesInMemory()
    passages = [
        Passage(f"p{at}", PassageKind.DOCUMENT, "t", f"交期谈崩了{at}", "zh", "a", "a", at) for at in range(AT_ONCE + 2)
    ]
    store.save(Document("d", "a", "hash"), [], passages)
    return store


async def after(store: PassagesInMemory, writer: Writer | None, *, quiet: bool = True) -> timedelta | None:
    """One run of the job; when it wants to run again."""

    async def is_quiet() -> bool:
        return quiet

    job = WriteQuestions(MovedClock(NOW), store, lambda: writer, is_quiet)
    [*writes] = (await job(DueWork(1, NAME, NAME, {}, NOW, None, 1))).writes
    assert all(isinstance(write, Schedule) and write.name == NAME for write in writes)
    return writes[0].due - NOW if writes else None


async def test_a_few_at_a_time_each_passage_once(store: PassagesInMemory) -> None:
    writer = Writer()
    assert await after(store, writer) == NEXT_FEW
    assert len(store.questions()) == AT_ONCE
    assert await after(store, writer) == NEXT_FEW
    assert await after(store, writer) == ALL_ASKED
    assert writer.asked == [f"p{at}" for at in range(AT_ONCE + 2)]
    assert store.questions()["p0"] == ("p0怎么办",)


async def test_it_waits_while_a_rep_is_served(store: PassagesInMemory) -> None:
    writer = Writer()
    assert await after(store, writer, quiet=False) == BUSY
    assert not writer.asked


async def test_what_was_written_before_the_model_gave_out_is_kept(store: PassagesInMemory) -> None:
    assert await after(store, Writer(gives_out_after=2)) == NO_MODEL
    assert set(store.questions()) == {"p0", "p1"}


async def test_without_a_model_nothing_is_asked_for(store: PassagesInMemory) -> None:
    assert await after(store, None) is None
