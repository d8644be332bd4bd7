"""Versions, what stands in for what, what people decide about texts, and whose documents are whose."""

import pytest
from sqlalchemy import update

from bot.domain.documents import ShelfDocument
from bot.domain.rep import Role, Viewer
from bot.domain.writes import RestoreDocument, RuleOnArticle, ShareDocument, TakeInPiece, WithdrawDocument, Write
from bot.errors import WriteConflict
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.passage_store import SqlPassageStore
from bot.storage.tables import article, document, passage
from knowledge.ingestion import Ingestion, IngestReport
from knowledge.question_writing import unasked
from tests.knowledge.dirty_folder import PAGE, SECOND_VISIT, STOPPED_LINE
from tests.support.stored import MovedClock

ADMIN = Viewer("north", "ada", Role.ADMIN)
MANAGER = Viewer("north", "max", Role.MANAGER)
REP = Viewer("north", "rita", Role.REP)
ELSEWHERE = Viewer("south", "eve", Role.ADMIN)


def taken_in(
    database: Database, name: str, text: str, *, by: Viewer = ADMIN, team: str | None = "north"
) -> IngestReport:
    store = SqlPassageStore(database, taken_in_by=by, clock=MovedClock().now)
    return Ingestion(store).ingest(name, text.encode(), team=team)


def found(database: Database, team: str = "north") -> str:
    return "\n".join(one.text for one in SqlPassageStore(database).passages() if one.team in (None, team))


async def change(store: DatabaseStore, *writes: Write, by: Viewer = ADMIN) -> None:
    await store.write(by, writes)


async def shelf_of(store: DatabaseStore, viewer: Viewer = ADMIN) -> list[ShelfDocument]:
    return list(await store.repository(viewer).shelf.documents())


async def test_a_document_of_the_same_name_is_a_new_version_and_the_old_one_comes_back(store, database):
    first = taken_in(database, "手册.txt", STOPPED_LINE)
    second = taken_in(database, "手册.txt", SECOND_VISIT)

    assert (first.document.version, second.document.version) == (1, 2)
    assert "第二次拜访" in found(database)
    assert "停线" not in found(database)
    [shown] = await shelf_of(store)
    versions = await store.repository(ADMIN).shelf.versions(shown.id)
    assert [(one.version, one.is_live) for one in versions] == [(2, True), (1, False)]

    await change(store, RestoreDocument(first.document.id))

    assert "停线" in found(database)
    assert "第二次拜访" not in found(database)
    assert [one.version for one in await shelf_of(store)] == [1]


async def test_passages_are_listed_without_their_texts_and_read_by_id(database):
    taken_in(database, "一.txt", STOPPED_LINE)
    gone = taken_in(database, "二.txt", SECOND_VISIT, by=ELSEWHERE, team="south")
    store = SqlPassageStore(database)
    passages = {one.id: one for one in store.passages()}

    assert {one.id: (one.kind, one.language, one.owner, one.team) for one in store.listed()} == {
        one.id: (one.kind, one.language, one.owner, one.team) for one in passages.values()
    }
    assert {one.id: one for one in store.read([*passages, "nothing"])} == passages
    store.withdraw(gone.document.id)
    assert {one.team for one in store.listed()} == {"north"}
    assert {one.team for one in store.read(list(passages))} == {"north"}


async def test_a_new_version_is_not_taken_for_a_repetition_of_the_old_one(database):
    taken_in(database, "手册.txt", STOPPED_LINE)
    report = taken_in(database, "手册.txt", f"{STOPPED_LINE}加一句新的。")

    assert [article.merged_with for article in report.articles] == [None]
    assert "加一句新的" in found(database)


async def test_what_repeated_a_withdrawn_document_stands_in_for_it_until_that_comes_back(store, database):
    original = taken_in(database, "一.txt", STOPPED_LINE)
    copy = taken_in(database, "二.txt", f"转载\n\n{STOPPED_LINE}")
    assert [article.merged_with is not None for article in copy.articles] == [True]

    await change(store, WithdrawDocument(original.document.id))
    assert {one.source for one in SqlPassageStore(database).passages()} == {"二.txt"}

    await change(store, RestoreDocument(original.document.id))
    assert {one.source for one in SqlPassageStore(database).passages()} == {"一.txt"}


async def test_an_article_left_out_is_taken_in_all_the_same_and_stays_so_in_the_next_version(store, database):
    report = taken_in(database, "网页.txt", PAGE)
    articles = await store.repository(ADMIN).shelf.articles(report.document.id)
    off_topic = next(one for one in articles if one.left_out == "off_topic")
    assert "虚拟机" not in found(database)

    await change(store, RuleOnArticle(off_topic.id, taken_in=True))
    assert "虚拟机" in found(database)

    taken_in(database, "网页.txt", f"{PAGE}\n新的一行")
    assert "虚拟机" in found(database)


async def test_an_article_thrown_out_stays_out_in_the_next_version_and_comes_back_by_hand(store, database):
    report = taken_in(database, "网页.txt", PAGE)
    [kept, *_] = await store.repository(ADMIN).shelf.articles(report.document.id)

    await change(store, RuleOnArticle(kept.id, taken_in=False))
    again = taken_in(database, "网页.txt", f"{PAGE}\n新的一行")

    assert kept.text[:20] not in found(database)
    thrown_out = [
        one for one in await store.repository(ADMIN).shelf.articles(again.document.id) if one.left_out == "thrown_out"
    ]
    assert [one.title for one in thrown_out] == [kept.title]
    await change(store, RuleOnArticle(thrown_out[0].id, taken_in=True))
    assert kept.text[:20] in found(database)


async def test_a_dropped_piece_is_taken_in_and_stays_in(store, database):
    report = taken_in(database, "网页.txt", PAGE)
    pieces = await store.repository(ADMIN).shelf.pieces(report.document.id)
    advert = next(one for one in pieces if "京ICP备" in one.text)

    await change(store, TakeInPiece(advert.id))

    assert "京ICP备" in found(database)
    assert advert.id not in [one.id for one in await store.repository(ADMIN).shelf.pieces(report.document.id)]
    taken_in(database, "网页.txt", f"{PAGE}\n新的一行")
    assert "京ICP备" in found(database)


async def test_a_team_neither_sees_nor_changes_what_is_anothers(store, database):
    report = taken_in(database, "手册.txt", STOPPED_LINE)
    shelf = store.repository(ELSEWHERE).shelf

    assert await shelf.documents() == []
    assert await shelf.document(report.document.id) is None
    assert await shelf.versions(report.document.id) == []
    assert await shelf.articles(report.document.id) == []
    assert await shelf.pieces(report.document.id) == []
    [article] = await store.repository(ADMIN).shelf.articles(report.document.id)
    assert await shelf.article(article.id) is None
    for write in (WithdrawDocument(report.document.id), RuleOnArticle(article.id, taken_in=False)):
        with pytest.raises(WriteConflict):
            await change(store, write, by=ELSEWHERE)


async def test_only_those_who_may_change_a_document_do(store, database):
    report = taken_in(database, "手册.txt", STOPPED_LINE)

    with pytest.raises(WriteConflict):
        await change(store, WithdrawDocument(report.document.id), by=REP)
    with pytest.raises(WriteConflict):
        await change(store, ShareDocument(report.document.id, with_all=True), by=MANAGER)
    await change(store, WithdrawDocument(report.document.id), by=MANAGER)
    assert await shelf_of(store, REP) == []


async def test_a_shared_document_is_seen_by_all_and_changed_by_the_team_that_shared_it(store, database):
    report = taken_in(database, "手册.txt", STOPPED_LINE)

    await change(store, ShareDocument(report.document.id, with_all=True))
    assert "停线" in found(database, "south")
    for by in (ELSEWHERE, MANAGER):
        with pytest.raises(WriteConflict):
            await change(store, WithdrawDocument(report.document.id), by=by)

    await change(store, ShareDocument(report.document.id, with_all=False))
    assert "停线" not in found(database, "south")
    assert "停线" in found(database)


async def test_other_teams_keep_an_article_when_the_one_it_repeats_is_no_longer_shared(store, database):
    shared = taken_in(database, "手册.txt", STOPPED_LINE)
    await change(store, ShareDocument(shared.document.id, with_all=True))
    taken_in(database, "抄的.txt", STOPPED_LINE + "。", by=ELSEWHERE, team="south")
    assert "停线" in found(database, "south")

    await change(store, ShareDocument(shared.document.id, with_all=False))

    assert {one.source for one in SqlPassageStore(database).passages() if one.team == "south"} == {"抄的.txt"}


async def test_what_repeats_a_teams_own_article_is_there_for_all_once_it_is_shared(store, database):
    taken_in(database, "一.txt", STOPPED_LINE)
    copy = taken_in(database, "二.txt", STOPPED_LINE + "。")

    await change(store, ShareDocument(copy.document.id, with_all=True))

    assert "停线" in found(database, "south")


async def test_reps_read_what_answers_may_use_and_nothing_that_was_left_out(store, database):
    report = taken_in(database, "网页.txt", PAGE)

    shelf = store.repository(REP).shelf
    assert [one.left_out for one in await shelf.articles(report.document.id)] == ["", ""]
    assert await shelf.pieces(report.document.id) == []


MARKED = f"转载\n\n已审定话术\n{STOPPED_LINE}"


def approved_of(database: Database) -> list[str]:
    return [line for one in SqlPassageStore(database).passages() for line in one.approved_lines]


async def test_approved_lines_are_kept_with_passages_and_when_an_article_is_cut_again(store, database):
    taken_in(database, "话术.txt", MARKED)
    before = list(SqlPassageStore(database).passages())
    [line] = approved_of(database)
    assert line in STOPPED_LINE
    [article] = await store.repository(ADMIN).shelf.articles((await shelf_of(store))[0].id)
    await change(store, RuleOnArticle(article.id, taken_in=False))
    assert approved_of(database) == []
    await change(store, RuleOnArticle(article.id, taken_in=True))
    assert list(SqlPassageStore(database).passages()) == before


async def test_an_approved_line_stays_when_what_told_it_too_is_replaced_by_a_version_without(database):
    taken_in(database, "一.txt", MARKED)
    copy = taken_in(database, "二.txt", f"又转\n\n{MARKED}")
    assert [article.merged_with is not None for article in copy.articles] == [True]
    taken_in(database, "一.txt", STOPPED_LINE)
    assert len(approved_of(database)) == 1


async def test_a_document_of_before_gets_its_marks_when_it_is_taken_in_again(database):
    first = taken_in(database, "话术.txt", MARKED)
    repeated = taken_in(database, "二.txt", f"又转\n\n{STOPPED_LINE}")
    assert [article.merged_with is not None for article in repeated.articles] == [True]
    database.run_now(lambda c: c.execute(update(document).values(approved_hash=None)))
    for table in (passage, article):
        database.run_now(lambda c, table=table: c.execute(update(table).values(approved=None)))
    assert approved_of(database) == []
    again = taken_in(database, "话术.txt", MARKED)
    assert (again.unchanged, again.document.id, again.document.version) == (False, first.document.id, 1)
    assert len(approved_of(database)) == 1
    assert taken_in(database, "话术.txt", MARKED).unchanged
    assert found(database).count("停线一次要损失多少钱") == 1


async def test_questions_stay_with_a_text_whatever_file_brings_it(store, database):
    first = taken_in(database, "手册.txt", STOPPED_LINE)
    passages = SqlPassageStore(database)
    asked = unasked(passages)
    passages.keep_questions({one.id: (f"问{at}",) for at, one in enumerate(asked)})
    await change(store, WithdrawDocument(first.document.id))
    assert passages.questions() == {}

    taken_in(database, "改了名.txt", STOPPED_LINE)

    assert unasked(passages) == []
    assert sorted(passages.questions().values()) == sorted((f"问{at}",) for at in range(len(asked)))
