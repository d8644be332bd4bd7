"""What helped and what was missing, counted for a team, without the words of an answer's rep, for a year at most."""

from datetime import timedelta

import pytest

from bot.domain.rep import Role, Viewer
from bot.domain.writes import CloseQuestion, EraseOldTexts, NoteAnswer, NoteUnanswered, RateAnswer, Write
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import MovedClock, store_on

ADMIN = Viewer("north", "ada", Role.ADMIN)
REP = Viewer("north", "rita", Role.REP)
ELSEWHERE = Viewer("south", "eve", Role.ADMIN)
ANSWER = NoteAnswer("a1", (("p1", "算清损失"), ("spin", "SPIN")), ("spin",))


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(database: Database, clock: MovedClock) -> DatabaseStore:
    return store_on(database, clock)


async def did(store: DatabaseStore, *writes: Write, by: Viewer = REP) -> None:
    await store.write(by, writes)


async def asked(store: DatabaseStore, viewer: Viewer = ADMIN) -> list[tuple[str, int]]:
    return [(one.text, one.times) for one in await store.repository(viewer).usage.open_questions()]


async def test_a_thumb_counts_for_every_passage_of_the_answer_and_may_be_changed(store, clock):
    since = clock.now() - timedelta(days=7)
    await did(store, ANSWER, RateAnswer("a1", helped=False))
    report = await store.repository(ADMIN).usage.report(since)
    assert {(use.title, use.times) for use in report.unhelpful} == {("算清损失", 1), ("SPIN", 1)}
    assert [(use.title, use.times) for use in report.methods] == [("spin", 1)]

    await did(store, RateAnswer("a1", helped=True))
    report = await store.repository(ADMIN).usage.report(since)
    assert report.unhelpful == ()
    assert len(report.helpful) == 2
    assert not report.says_something


async def test_nobody_rates_the_answer_of_somebody_else(store, clock):
    await did(store, ANSWER)
    await did(store, RateAnswer("a1", helped=False), by=ELSEWHERE)
    assert (await store.repository(ADMIN).usage.report(clock.now() - timedelta(days=1))).unhelpful == ()


async def test_a_question_asked_twice_is_one_and_opens_again_once_it_was_done(store):
    await did(store, NoteUnanswered("年检要准备哪些材料？"), NoteUnanswered("年检要准备哪些材料"))
    assert await asked(store) == [("年检要准备哪些材料", 2)]
    [question] = await store.repository(ADMIN).usage.open_questions()

    await did(store, CloseQuestion(question.id, is_done=True), by=ADMIN)
    assert await asked(store) == []
    await did(store, NoteUnanswered("年检要准备哪些材料"))
    assert await asked(store) == [("年检要准备哪些材料", 3)]

    await did(store, CloseQuestion(question.id, is_done=False), by=ADMIN)
    await did(store, NoteUnanswered("年检要准备哪些材料"))
    assert await asked(store) == [], "dismissed is dismissed"


async def test_only_those_who_teach_their_own_team_see_and_close_questions(store, clock):
    await did(store, ANSWER, RateAnswer("a1", helped=False), NoteUnanswered("年检要准备哪些材料"))
    [question] = await store.repository(ADMIN).usage.open_questions()
    for viewer in (REP, ELSEWHERE):
        assert await asked(store, viewer) == []
        report = await store.repository(viewer).usage.report(clock.now() - timedelta(days=1))
        assert (report.questions, report.unhelpful, report.methods) == ((), (), ())
        await did(store, CloseQuestion(question.id, is_done=True), by=viewer)
    assert await asked(store) == [("年检要准备哪些材料", 1)]


async def test_questions_and_answers_go_when_a_reps_words_go(store, clock):
    await did(store, ANSWER, RateAnswer("a1", helped=False), NoteUnanswered("年检要准备哪些材料"))
    clock.move(timedelta(days=366))
    await store.write(ADMIN, (EraseOldTexts(timedelta(days=7), timedelta(days=365)),))
    assert await asked(store) == []
    assert (await store.repository(ADMIN).usage.report(clock.now() - timedelta(days=999))).unhelpful == ()
