from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.domain.message import File
from bot.domain.rep import Rep, Role
from bot.domain.visit import Contact, VisitNote
from bot.domain.visit import Role as Part
from bot.domain.wish import Wish
from bot.domain.writes import KeepPractice
from bot.errors import WordsForRep
from bot.presenting.pictures import Drawer, Picture
from bot.skills.draw_pictures import DrawPictures
from bot.storage.database_store import DatabaseStore
from knowledge.library_entries import Library, load_library
from tests.support.turns import TODAY, buttons, colleague, pressed, said, visited, whole

LIBRARY = load_library()


class Shelf:
    async def library(self) -> Library:
        return LIBRARY


class Pencil:
    """Draws nothing, but at once; the real one is tested beside it."""

    async def drawn(self, pictures: Sequence[Picture]) -> tuple[File, ...]:
        return tuple(File(f"{picture.kind}.png", "image/png", b"png") for picture in pictures)


@pytest.fixture
def skill() -> DrawPictures:
    return DrawPictures(Shelf(), Pencil())  # type: ignore[arg-type]


NOTE = VisitNote(account="远山阀门", contacts=(Contact("邱总", "生产副总", Part.USER),), pains=("停半天",))


async def test_pictures_come_before_the_words_and_buttons_hang_on_these(
    skill: DrawPictures, store: DatabaseStore, rep: Rep
) -> None:
    await visited(store, rep, NOTE)
    shown = await said(skill, store, rep, "画一下远山阀门的关系图")
    *pictures, last = shown.replies
    assert [reply.file.name for reply in pictures if reply.file] == ["timeline.png", "coverage.png", "layers.png"]
    assert all(reply.text and not reply.buttons for reply in pictures), "every picture has words beside it"
    assert last.file is None
    assert "来往 1 次" in last.text.text
    assert "决策层、影响层、内部教练" in last.text.text
    assert list(buttons(shown)) == ["看这家的记录", "访前准备"]


async def test_another_reps_account_is_not_drawn(skill: DrawPictures, store: DatabaseStore, rep: Rep) -> None:
    await visited(store, rep, NOTE)
    [account] = await store.repository(rep.viewer).accounts()
    other = await colleague(store, "8", "小王", Role.REP)
    with pytest.raises(WordsForRep, match=r"accounts\.gone"):
        await pressed(skill, store, other, f"picture:account:{account.id}")


async def test_without_a_picture_the_words_are_there(store: DatabaseStore, rep: Rep, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    broken = DrawPictures(Shelf(), Drawer(tmp_path / "file"))  # type: ignore[arg-type]
    await visited(store, rep, NOTE)
    shown = await said(broken, store, rep, "画一下远山阀门的关系图")
    assert "图这会儿画不出来" in whole(shown)
    assert "来往 1 次" in whole(shown)


async def test_progress_is_the_reps_own(skill: DrawPictures, store: DatabaseStore, rep: Rep) -> None:
    assert "还没练完过一场" in whole(await said(skill, store, rep, "看看我的进步"))
    for number, points in enumerate((41, 60)):
        card = {"overall": points, "dimensions": {"closing": 5}}
        await store.write(rep.viewer, (KeepPractice(f"p{number}", "valves-price-pressure", {}, card),))
    await store.write(rep.viewer, (KeepPractice("p9", "x", {}, {"overall": None}),))
    shown = await pressed(skill, store, rep, "picture:progress")
    assert [reply.file.name for reply in shown.replies if reply.file] == ["progress.png"]
    assert "练了 2 场：第一场 41 分，最近一场 60 分" in whole(shown)
    other = await colleague(store, "8", "小王", Role.MANAGER)
    assert "还没练完过一场" in whole(await pressed(skill, store, other, "picture:progress"))


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
def test_it_claims_pictures_only(skill: DrawPictures, text: str, wanted: bool) -> None:
    assert (skill.claim(Wish(text, TODAY)) >= 0.85) == wanted
