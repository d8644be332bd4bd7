from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.rep import Rep, Role, Viewer
from bot.domain.visit import Contact, Objection, VisitNote
from bot.domain.visit import Role as Part
from bot.domain.wish import Wish
from bot.domain.writes import EraseOldTexts, ForgetRep, KeepPictures, KeepPractice, Schedule, Write
from bot.errors import WordsForRep
from bot.jobs.draw_pictures import DrawAlbum
from bot.ports import DueWork, Outcome
from bot.presenting.pictures import Drawer, Picture, key_of
from bot.skills.draw_pictures import DrawPictures
from bot.storage.database_store import DatabaseStore
from knowledge.library_entries import Library, load_library
from tests.support.stored import MovedClock
from tests.support.turns import NOW, TODAY, buttons, colleague, pressed, said, visited, whole

LIBRARY = load_library()


class Shelf:
    async def library(self) -> Library:
        return LIBRARY


class Pencil:
    """Draws nothing, but at once, and counts; the real one is tested beside it."""

    def __init__(self) -> None:
        self.drew: list[str] = []

    async def drawn(self, pictures: Sequence[Picture]) -> Mapping[str, bytes]:
        self.drew += [picture.kind for picture in pictures]
        return {key_of(picture): b"png" for picture in pictures}


SKILL = DrawPictures(Shelf())  # type: ignore[arg-type]
NOTE = VisitNote(account="远山阀门", contacts=(Contact("邱总", "生产副总", Part.USER),), pains=("停半天",))


async def asked(store: DatabaseStore, rep: Rep, text: str, drawer: Drawer | Pencil, language: str = "zh") -> Outcome:
    """What comes in the end: at once, or after the line that says so from the job it scheduled."""
    first = await said(SKILL, store, rep, text, language=language)
    if not first.writes:
        return first
    assert len(first.replies) == 1
    [scheduled] = first.writes
    return await job(store, drawer)(due(scheduled))


def job(store: DatabaseStore, drawer: Drawer | Pencil) -> DrawAlbum:
    return DrawAlbum(MovedClock(NOW), store.repository, store.write, Shelf(), drawer)  # type: ignore[arg-type]


def due(scheduled: Write) -> DueWork:
    assert isinstance(scheduled, Schedule)
    return DueWork(1, scheduled.name, scheduled.key, scheduled.payload, scheduled.due, 1, 1)


async def test_pictures_come_before_the_words_and_buttons_hang_on_these(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    shown = await asked(store, rep, "画一下远山阀门的关系图", Pencil())
    *pictures, last = shown.replies
    assert [reply.file.name for reply in pictures if reply.file] == ["timeline.png", "coverage.png", "layers.png"]
    assert all(reply.text and not reply.buttons for reply in pictures), "every picture has words beside it"
    assert last.file is None
    assert "来往 1 次" in last.text.text
    assert "决策层、影响层、内部教练" in last.text.text
    assert list(buttons(shown)) == ["看这家的记录", "访前准备"]


async def test_asked_again_they_come_at_once_and_only_what_changed_is_drawn(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    pencil = Pencil()
    first = await asked(store, rep, "画一下远山阀门的关系图", pencil)
    again = await said(SKILL, store, rep, "画一下远山阀门的关系图")
    assert again.replies == first.replies
    assert not again.writes
    await visited(store, rep, VisitNote(account="远山阀门", objections=(Objection("嫌交期长"),)))
    pencil.drew.clear()
    await asked(store, rep, "画一下远山阀门的关系图", pencil)
    assert pencil.drew == ["timeline"], "who stands where and what is known is as it was"


async def test_killed_before_they_were_sent_they_are_sent_and_not_drawn_again(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    [scheduled] = (await said(SKILL, store, rep, "画一下远山阀门的关系图")).writes
    pencil = Pencil()
    first, second = [await job(store, pencil)(due(scheduled)) for _ in range(2)]
    assert first.replies == second.replies
    assert pencil.drew == ["timeline", "coverage", "layers"]


async def test_asked_twice_while_they_are_drawn_it_is_done_once(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    for _ in range(2):
        await store.write(rep.viewer, (await said(SKILL, store, rep, "画一下远山阀门的关系图")).writes)
        taken = await store.due_work(NOW + timedelta(hours=1), 10)
        assert len(taken) == (_ == 0), "who began goes on with it"
    assert await store.next_due() is not None


async def test_the_job_draws_for_who_may_still_see_it(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    [scheduled] = (await said(SKILL, store, rep, "画一下远山阀门的关系图")).writes
    other = await colleague(store, "8", "小王", Role.REP)
    assert isinstance(scheduled, Schedule)
    theirs = replace(scheduled, payload={**scheduled.payload, "rep": other.id})
    assert "看不到了" in whole(await job(store, Pencil())(due(theirs)))
    gone = replace(scheduled, payload={**scheduled.payload, "rep": "nobody"})
    assert (await job(store, Pencil())(due(gone))).replies == ()


async def test_pictures_are_the_reps_own_and_go_with_him_and_with_time(store: DatabaseStore, rep: Rep) -> None:
    other = await colleague(store, "8", "小王", Role.REP)
    for who in (rep, other):
        await store.write(who.viewer, (KeepPictures(who.id, {"k": b"png"}),))
    assert await store.repository(rep.viewer).drawn_pictures(["k", "x"]) == {"k": b"png"}
    stranger = Viewer(rep.team, "nobody", Role.MANAGER)
    assert await store.repository(stranger).drawn_pictures(["k"]) == {}
    await store.write(rep.viewer, (ForgetRep(rep.id),))
    assert await store.repository(rep.viewer).drawn_pictures(["k"]) == {}
    await store.write(other.viewer, (EraseOldTexts(timedelta(days=7), timedelta(days=365)),))
    assert await store.repository(other.viewer).drawn_pictures(["k"]) == {"k": b"png"}
    await store.write(other.viewer, (EraseOldTexts(timedelta(days=-1), timedelta(days=365)),))
    assert await store.repository(other.viewer).drawn_pictures(["k"]) == {}


async def test_another_reps_account_is_not_drawn(store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    [account] = await store.repository(rep.viewer).accounts()
    other = await colleague(store, "8", "小王", Role.REP)
    with pytest.raises(WordsForRep, match=r"accounts\.gone"):
        await pressed(SKILL, store, other, f"picture:account:{account.id}")


async def test_without_a_picture_the_words_are_there(store: DatabaseStore, rep: Rep, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    await visited(store, rep, NOTE)
    shown = await asked(store, rep, "画一下远山阀门的关系图", Drawer(tmp_path / "file"))
    assert "图这会儿画不出来" in whole(shown)
    assert "来往 1 次" in whole(shown)


async def test_progress_is_the_reps_own(store: DatabaseStore, rep: Rep) -> None:
    assert "还没练完过一场" in whole(await said(SKILL, store, rep, "看看我的进步"))
    for number, points in enumerate((41, 60)):
        card = {"overall": points, "dimensions": {"closing": 5}}
        await store.write(rep.viewer, (KeepPractice(f"p{number}", "valves-price-pressure", {}, card),))
    await store.write(rep.viewer, (KeepPractice("p9", "x", {}, {"overall": None}),))
    [scheduled] = (await pressed(SKILL, store, rep, "picture:progress")).writes
    shown = await job(store, Pencil())(due(scheduled))
    assert [reply.file.name for reply in shown.replies if reply.file] == ["progress.png"]
    assert "练了 2 场：第一场 41 分，最近一场 60 分" in whole(shown)
    other = await colleague(store, "8", "小王", Role.MANAGER)
    assert "还没练完过一场" in whole(await pressed(SKILL, store, other, "picture:progress"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("画一下远山阀门的关系图", True),
        ("远山阀门的时间线", True),
        ("看看我的进步", True),
        ("我练得怎么样", True),
        ("draw the stakeholder map of Hillside Valves", True),
        ("show my progress", True),
        ("客户要我们发图纸", False),
        ("他们想看图纸，下周给", False),
        ("the timeline slipped to March", False),
    ],
)
def test_it_claims_pictures_only(text: str, wanted: bool) -> None:
    assert (SKILL.claim(Wish(text, TODAY)) >= 0.85) == wanted
