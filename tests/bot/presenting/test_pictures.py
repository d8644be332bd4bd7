"""Pictures as files: drawn by the real child process and looked at again."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.domain.account import Account, AccountContact, Commitment, Visit
from bot.domain.account_record import AccountRecord
from bot.domain.finding import Finding, FindingState, Speaker
from bot.domain.open_points import OpenPoint
from bot.domain.practice import LARGEST, Dimension, PastScore
from bot.domain.visit import Contact, Objection, Party, Sentiment, Stage, VisitNote
from bot.errors import CannotDraw
from bot.presenting.account_pictures import pictures_of
from bot.presenting.account_views import people_page
from bot.presenting.drawing.page import MARGIN, WIDTH, fitted, width_of
from bot.presenting.pictures import Drawer, key_of
from bot.presenting.progress_picture import progress_picture
from bot.wording.phrasebook import LANGUAGES, Phrasebook, keys_of
from knowledge.library_entries import load_library

LIBRARY = load_library()
WORDS = Phrasebook("zh")
TODAY = date(2026, 11, 23)
ACCOUNT = Account("a1", "远山阀门", "r1")


def visit(day: date, **values: object) -> Visit:
    note = VisitNote(account="远山阀门", **values)  # type: ignore[arg-type]
    return Visit(f"v{day}", "a1", "r1", day, note, datetime(2026, 11, 23, tzinfo=UTC))


def told(field: str, value: str, state: FindingState = FindingState.HEARD, **more: object) -> Finding:
    topic = str(more.pop("topic", "pains"))
    values: dict[str, Any] = {"state": state, **more}
    return Finding(f"f{value}", "a1", "v", "r1", TODAY, topic, (field,), value, "", Speaker.CUSTOMER, **values)


FULL = AccountRecord(
    ACCOUNT,
    TODAY,
    (
        AccountContact("a1", "邱总", "生产副总", "user"),
        AccountContact("a1", "李经理", "采购", "procurement"),
        AccountContact("a1", "老王", None, "unknown"),
    ),
    (
        visit(TODAY, pains=("换一次模具要停半天",), stage=Stage.TRIAL, sentiment=Sentiment.POSITIVE),
        visit(TODAY - timedelta(days=9), objections=(Objection("嫌贵，说对手便宜两成"),), sentiment=Sentiment.NEGATIVE),
        visit(TODAY - timedelta(days=20), contacts=(Contact("邱总"),), not_discussed=(OpenPoint.CHAMPION,)),
    ),
    findings=(
        told("meddic.pain", "换一次模具要停半天", FindingState.CONFIRMED),
        told("meddic.metrics", "晚交两批货", topic="metrics"),
        told("downstairs.decision_layer", "周总拍板", topic="authority", detail="周总"),
        told("", "邱总 → 周总", topic="relations", detail="reports_to"),
        told("", "采购 → 生产", topic="relations", detail="listens_to"),
    ),
    commitments=(
        Commitment("c1", "a1", "远山阀门", "r1", Party.US, "发报价单", TODAY - timedelta(days=3)),
        Commitment("c2", "a1", "远山阀门", "r1", Party.CUSTOMER, "给图纸", TODAY + timedelta(days=3)),
    ),
)


def scores(*points: int) -> list[PastScore]:
    full = {one.value: LARGEST[one] // 2 for one in Dimension}
    start = datetime(2026, 10, 1, tzinfo=UTC)
    return [PastScore("valves", start + timedelta(days=at), one, full) for at, one in enumerate(points)]


def test_pictures_say_what_is_known() -> None:
    timeline, coverage, layers = pictures_of(FULL, LIBRARY, WORDS)
    assert [(one.mood, one.stage) for one in timeline.visits] == [
        ("positive", "试用测试"), ("negative", ""), ("neutral", "")
    ]  # fmt: skip
    assert [(one.is_late, one.text) for one in timeline.promises] == [(True, "发报价单"), (False, "给图纸")]
    meddic, bant = coverage.methods
    assert (meddic.name, len(meddic.tiles), bant.name, len(bant.tiles)) == ("MEDDIC", 6, "BANT", 4)
    states = {tile.name: tile.state for tile in meddic.tiles}
    assert states["痛处"] == "confirmed"
    assert states["量化的好处"] == "heard"
    assert states["内部支持者"] == "not_discussed"
    assert states["决策流程"] == "empty"
    floors = {floor.name: floor.people for floor in layers.layers}
    assert floors == {
        "决策层": (("周总", "听说的，还没见"),),
        "影响层": (("李经理", "采购"),),
        "执行层": (("邱总", "生产副总"),),
    }
    assert (layers.inside.people, layers.inside.missing) == ((), "里面还没有人替我们说话")
    assert layers.unplaced.people == (("老王", ""),)
    assert [(one.who, one.to, one.form) for one in layers.arrows] == [
        ("邱总", "周总", "reports_to"), ("李经理", "邱总", "listens_to")
    ]  # fmt: skip
    assert layers.arrows[0].text == "邱总 归 周总 管（11月23日周一听到）"


def test_the_picture_and_the_page_place_people_alike() -> None:
    *_, layers = pictures_of(FULL, LIBRARY, WORDS)
    page = people_page(FULL, WORDS).text
    for floor in (*layers.layers, layers.inside):
        assert all(name in next(line for line in page.splitlines() if floor.name in line) for name, _ in floor.people)
    assert "决策层：周总，听说的，还没见" in page
    assert "还不知道在哪一层：老王" in page
    assert "· 邱总 归 周总 管" in page
    assert "空着的：内部教练" in page


def test_nothing_is_drawn_from_nothing() -> None:
    assert pictures_of(AccountRecord(ACCOUNT, TODAY), LIBRARY, WORDS) == ()


def test_whom_somebody_met_is_there_once_with_his_title() -> None:
    met = AccountRecord(
        ACCOUNT, TODAY, (AccountContact("a1", "周总", "总经理", "decision_maker"),), findings=FULL.findings
    )
    *_, layers = pictures_of(met, LIBRARY, WORDS)
    assert layers.layers[0].people == (("周总", "总经理"),)


async def test_every_picture_is_a_png_as_wide_as_a_phone(tmp_path: Path) -> None:
    progress = progress_picture(scores(41, 52, 49, 63, 70, 78), lambda one: one, ZoneInfo("Asia/Shanghai"), WORDS)
    pictures = (*pictures_of(FULL, LIBRARY, WORDS), progress)
    drawn = await Drawer(tmp_path).drawn(pictures)
    assert list(drawn) == [key_of(one) for one in pictures]
    for content in drawn.values():
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.width) == ("PNG", WIDTH)
        assert 600 < image.height < 2400
        assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 20, "something is drawn"


def test_a_picture_is_known_by_what_it_shows() -> None:
    [first, *_], [again, *_] = pictures_of(FULL, LIBRARY, WORDS), pictures_of(FULL, LIBRARY, WORDS)
    [other, *_] = pictures_of(replace(FULL, today=TODAY - timedelta(days=9)), LIBRARY, WORDS)
    assert key_of(first) == key_of(again)
    assert key_of(first) != key_of(other), "what was late is not late yet"


async def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotDraw):
        await Drawer(tmp_path / "file").drawn(pictures_of(FULL, LIBRARY, WORDS))


def test_the_serving_process_does_not_hold_the_drawing_library() -> None:
    code = "import bot.assemble.program, sys; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


DRAWN = {
    key for key in keys_of("zh") if key.split(".")[0] in {"picture", "record", "stage", "todo", "accounts", "brief"}
}


def test_the_font_has_every_sign_of_our_own_words() -> None:
    code = """
import json, sys
import paperang_p2_fonts_cjk
from pathlib import Path
from typing import Any
from matplotlib.ft2font import FT2Font
font = FT2Font(str(Path(paperang_p2_fonts_cjk.__file__).parent / "fonts" / "wqy-microhei.ttc"))
print(json.dumps([sign for sign in json.load(sys.stdin) if ord(sign) not in font.get_charmap()]))
"""
    said = "".join(str(text) for language in LANGUAGES for key, text in keys_of(language).items() if key in DRAWN)
    signs = sorted({sign for sign in said if sign.isprintable()})
    done = subprocess.run([sys.executable, "-c", code], input=json.dumps(signs), capture_output=True, text=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("text", ["换一次模具要停半天，因此晚交货" * 5, "each mould change costs half a day " * 5])
def test_lines_fit_the_page_and_say_when_they_were_cut(text: str) -> None:
    lines = fitted(text, 38, WIDTH - 2 * MARGIN, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width_of(line, 38) <= WIDTH - 2 * MARGIN for line in lines)
    assert not any(line[0] in "，。" for line in lines)


def test_a_line_is_filled_before_it_is_cut() -> None:
    [line] = fitted("Alexandra Featherstonehaugh", 42, 400, 1)
    assert line.startswith("Alexandra Feather")
    assert line.endswith("…")
    assert width_of(line, 42) <= 400
    assert fitted("设备动力部副部长兼车间主任", 40, 240, 1) == ["设备动力部…"]


def test_progress_compares_the_ends_only_when_there_are_two() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    one = progress_picture(scores(41), lambda name: name, zone, WORDS)
    assert (one.parts, len(one.scores)) == ((), 1)
    many = progress_picture(scores(*range(40, 55)), lambda name: name, zone, WORDS)
    assert (len(many.scores), many.scores[-1].points) == (10, 54)
    assert "最好 54 分" in many.note
    assert all(0 <= before <= 100 and 0 <= now <= 100 for _, before, now in many.parts)


def test_a_tile_names_somebody_once() -> None:
    findings = (
        told("meddic.economic_buyer", "周总拍板", topic="authority", detail="周总"),
        told("meddic.economic_buyer", "周总", topic="contacts", detail="decision_maker"),
        told("meddic.economic_buyer", "李总", topic="contacts", detail="decision_maker"),
    )
    coverage, _ = pictures_of(AccountRecord(ACCOUNT, TODAY, findings=findings), LIBRARY, WORDS)
    tiles = {tile.name: tile.text for tile in coverage.methods[0].tiles}
    assert tiles["拍板人"] == "周总、李总"


def test_lines_are_as_wide_as_the_font_draws_them() -> None:
    assert width_of("阀门", 40) == pytest.approx(80)
    assert width_of("iiii", 40) < width_of("WWWW", 40) / 2
    assert width_of("\U0001f600", 40) == pytest.approx(40), "a sign the font lacks is taken to be wide"
