"""A photo's text is read by a job, and becomes a contact to confirm or the words of a debrief."""

from collections.abc import Callable

import pytest

from bot.domain.message import Attachment, MessageKind, Reply
from config.settings import Settings
from tests.support.photos import noise, photo_of
from tests.support.talking import Talk, talking, texts

CARD = ("远山阀门制造有限公司", "周敏", "采购部经理", "手机：13800138000", "邮箱：zhou.min@yuanshan.com")
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


async def test_what_is_no_picture_is_said_to_be_none(settings: Settings) -> None:
    async with talking(settings) as talk:
        assert "打不开" in texts(await photographed(talk, b"no picture", 1))
        assert [row[0] for row in await rows(talk, "SELECT state FROM kept_file")] == ["kept"]
