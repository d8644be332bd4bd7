"""A photo's text is read by a job, and becomes a contact to confirm or the words of a debrief."""

import json
from collections.abc import Callable

import pytest

from bot.domain.message import Attachment, MessageKind, Reply
from config.settings import Settings
from tests.support.photos import noise, photo_of
from tests.support.talking import Talk, talking, texts

CARD = ("远山阀门制造有限公司", "周敏", "采购部经理", "手机：13800138000", "邮箱：zhou.min@yuanshan.com")
OTHER_CARD = ("远山阀门制造有限公司", "李建国", "设备部主任", "手机：13900139000")
ENGLISH_BOARD = (
    "Each mould change costs them half a day",
    "They were late twice",
    "The budget is 1.8 million, not approved",
)
BOARD = ("刚从远山阀门出来，见了邱总", "换一次模具要停半天", "预算180万，还没批", "下周二我带样机去试")


@pytest.fixture
def settings(settings_of: Callable[..., Settings]) -> Settings:
    limits = {f"TELEGRAM__MESSAGES_PER_{name}": "0" for name in ("SECOND", "CHAT_PER_SECOND")}
    return settings_of(ACCESS__OPEN="true", **limits)


async def photographed(talk: Talk, content: bytes, replies: int = 2) -> list[Reply]:
    """What comes back by itself once the photo is read."""
    photo: Attachment = talk.upload(content, "photo.jpg", "image/jpeg")
    assert "在认上面的字" in texts(await talk._send(MessageKind.PHOTO, photo))
    return await talk.later(lambda seen: len(seen) >= replies)


async def rows(talk: Talk, query: str) -> list[tuple[object, ...]]:
    found = await talk.program.memory.database.run(lambda c: c.exec_driver_sql(query).all())
    return [tuple(row) for row in found]


async def test_a_business_card_is_shown_corrected_and_saved(settings: Settings) -> None:
    async with talking(settings) as talk:
        read = await photographed(talk, photo_of(CARD))
        assert "我读到的" in read[0].text.text
        for line in (
            "姓名：周敏",
            "职务：采购部经理",
            "电话：13800138000",
            "邮箱：zhou.min@yuanshan.com",
            "（新客户）",
        ):
            assert line in texts(read)
        assert await rows(talk, "SELECT name FROM contact") == []
        assert "姓名：周明" in texts(await talk.say("姓名是周明，公司改成远山阀门"))
        assert "存好了：周明，记在远山阀门" in texts(await talk.press("保存"))
        kept = await rows(talk, "SELECT contact.name, title, phone, mail, account.name FROM contact JOIN account")
        assert kept == [("周明", "采购部经理", "13800138000", "zhou.min@yuanshan.com", "远山阀门")]
        assert await rows(talk, "SELECT id FROM kept_file") == []
        assert "13800138000" in texts(await talk.say("远山阀门现在什么情况"))
        assert "已经存了或者放弃了" in texts(await talk.press("保存"))


async def test_a_whiteboard_becomes_the_words_of_a_debrief(settings: Settings) -> None:
    async with talking(settings) as talk:
        read = await photographed(talk, photo_of(BOARD))
        assert "换一次模具要停半天" in read[0].text.text
        assert "预算：180万元" in texts(read)
        assert "存好了：远山阀门" in texts(await talk.press("保存"))
        assert talk.done == ["message", "tap"]


async def test_a_photo_without_words_is_kept_with_the_open_card(settings: Settings) -> None:
    async with talking(settings) as talk:
        await talk.say(BOARD[0] + "，预算180万还没批")
        assert "跟那张拜访卡放在一起" in texts(await photographed(talk, noise((300, 300)), 1))
        [(state, draft)] = await rows(talk, "SELECT state, draft_id FROM kept_file")
        assert (state, [(draft,)]) == ("kept", await rows(talk, "SELECT id FROM draft"))
        assert "存好了" in texts(await talk.press("保存"))


async def test_an_album_is_read_as_one_in_the_order_of_its_pages(settings: Settings) -> None:
    async with talking(settings) as talk:
        assert "收到 3 张图片" in texts(
            await talk.show(*map(photo_of, (BOARD[:2], BOARD[2:3], BOARD[3:])), caption="白板")
        )
        heard, card = await talk.later(lambda seen: len(seen) >= 2)
        read = heard.text.text
        assert read.index("白板") < read.index("停半天") < read.index("180万") < read.index("样机")
        assert "预算：180万元" in card.text.text
        assert "待办：" in card.text.text
        assert "存好了：远山阀门" in texts(await talk.press("保存"))
        assert talk.done == ["message", "tap"]
        assert await rows(talk, "SELECT id FROM kept_file") == []


async def test_an_album_in_english_is_one_card(settings: Settings) -> None:
    async with talking(settings, language="en") as talk:
        pages = photo_of(ENGLISH_BOARD[:2]), photo_of(ENGLISH_BOARD[2:])
        assert "Got 2 pictures" in texts(await talk.show(*pages, caption="Just left Hillside Valves, met Dana Cole"))
        heard, card = await talk.later(lambda seen: len(seen) >= 2)
        assert "budget" in heard.text.text
        for line in ("Hillside Valves", "Dana Cole", "half a day", "Budget"):
            assert line in card.text.text


async def test_an_album_keeps_what_it_has_no_words_for_and_says_which(settings: Settings) -> None:
    async with talking(settings) as talk:
        await talk.show(photo_of(BOARD), noise((300, 300)))
        replies = await talk.later(lambda seen: len(seen) >= 3)
        assert "第 2 张：这张图我没认出字来" in texts(replies)
        assert "预算：180万元" in texts(replies)
        assert [row[0] for row in await rows(talk, "SELECT state FROM kept_file")] == ["kept"]


async def test_every_business_card_of_an_album_is_confirmed_for_itself(settings: Settings) -> None:
    async with talking(settings) as talk:
        await talk.show(photo_of(CARD), photo_of(OTHER_CARD), caption="刚从远山阀门出来，预算180万还没批")
        replies = await talk.later(lambda seen: len(seen) >= 4)
        names = [reply.text.text for reply in replies if reply.text.text.startswith("名片")]
        assert ["姓名：周敏" in names[0], "姓名：李建国" in names[1]] == [True, True]
        assert "预算：180万元" in texts(replies)
        assert "姓名：李建国\n职务：设备部主任" in texts(await talk.say("电话是13900139001"))
        assert "存好了：李建国，记在远山阀门" in texts(await talk.press("保存"))
        assert "姓名：周敏\n职务：采购部经理" in texts(await talk.say("电话是13800138001"))
        assert "存好了：周敏" in texts(await talk.press("保存"))
        kept = await rows(talk, "SELECT name, phone FROM contact ORDER BY phone")
        assert kept == [("周敏", "13800138001"), ("李建国", "13900139001")]
        assert "邱总" in texts(await talk.say("见的是邱总"))


async def test_a_saved_card_is_taken_back_corrected_and_saved_again(settings: Settings) -> None:
    async with talking(settings) as talk:
        await photographed(talk, photo_of(CARD))
        await talk.press("保存")
        assert "名片又是没存的了：周敏" in texts(await talk.press("撤销"))
        assert await rows(talk, "SELECT name FROM contact") == []
        assert await rows(talk, "SELECT name FROM account") == []
        assert "电话：13800138000" in texts(await talk.press("看卡"))
        assert "姓名：周明" in texts(await talk.say("姓名是周明"))
        await talk.press("保存")
        assert await rows(talk, "SELECT name FROM contact") == [("周明",)]
        assert "名片又是没存的了：周明" in texts(await talk.say("撤销"))
        assert "没存，图也删了" in texts(await talk.press("放弃"))
        assert await rows(talk, "SELECT name FROM contact") == []


async def test_a_card_of_somebody_known_by_his_title_is_asked_about_and_gets_the_full_name(settings: Settings) -> None:
    async with talking(settings) as talk:
        await talk.say("刚从远山阀门制造有限公司出来，见了采购周经理，预算180万还没批")
        await talk.press("保存")
        read = await photographed(talk, photo_of(CARD))
        assert "「周敏」是不是已经见过的 周经理" in texts(read)
        assert "存好了：周敏" in texts(await talk.press("就是周经理"))
        [(name, phone, aliases)] = await rows(talk, "SELECT name, phone, aliases FROM contact")
        assert (name, phone, json.loads(str(aliases))) == ("周敏", "13800138000", ["周经理"])
        await talk.press("撤销")
        assert [row[0] for row in await rows(talk, "SELECT name FROM contact")] == ["周经理"]


async def test_what_is_no_picture_is_said_to_be_none(settings: Settings) -> None:
    async with talking(settings) as talk:
        assert "打不开" in texts(await photographed(talk, b"no picture", 1))
        assert [row[0] for row in await rows(talk, "SELECT state FROM kept_file")] == ["kept"]
