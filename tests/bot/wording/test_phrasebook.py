"""Which language a text is in, and the bot's words in each."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.rich_text import bold
from bot.wording.phrasebook import LANGUAGES, Phrasebook, is_gibberish, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("客户说太贵", "zh"),
        ("客戶說太貴", "zh"),
        ("他问 BANT 和 MEDDIC 怎么用", "zh"),
        ("贵", "zh"),
        ("They say we are too expensive", "en"),
        ("what now?", "en"),
        ("stop", "en"),
        ("Please translate 太贵 for me, I have no idea what it means", "en"),
        ("custmer says too expansive", "en"),
        ("asdfgh qwer", ""),
        ("kehu shuo tai gui le", ""),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit", ""),
        ("SPIN", ""),
        ("Europe/Berlin", ""),
        ("ok", ""),
        ("😀👍", ""),
        ("12,500 / 30%", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


def test_slots_are_filled_with_plain_and_marked_text() -> None:
    words = Phrasebook("zh")
    assert words.plain("settings.time_zone", zone="Asia/Shanghai") == "时区：Asia/Shanghai"
    assert words.say("settings.language", language=bold("中文")).spans
    assert words.plain("trouble.too_large", megabytes=25).count("25 MB") == 1


@pytest.mark.parametrize(("key", "slots"), [("no.such_key", {}), ("settings.time_zone", {}), ("cancel.words", {})])
def test_what_cannot_be_said_is_an_error(key: str, slots: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        Phrasebook("zh").say(key, **slots)


def test_lists_are_lists_also_of_one_and_of_none() -> None:
    words = Phrasebook("en")
    assert "stop" in words.list_of("cancel.words")
    assert words.list_of("settings.help") == (words.plain("settings.help"),)
    assert words.list_of("no.such_list") == ()


def test_a_moment_is_told_in_the_zone_and_form_of_the_reader() -> None:
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert Phrasebook("zh").moment(at, ZoneInfo("Asia/Shanghai")) == "11月23日周一 07:30"
    assert Phrasebook("en").moment(at, ZoneInfo("Europe/Berlin")) == "Mon 23 Nov, 00:30"


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_rendered_away(language: str) -> None:
    assert "**" not in Phrasebook(language).plain("notice.text")


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("asdfgh", True),
        ("hjkl qwer zxcv", True),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit", True),
        ("a", True),
        ("custmer says too expansive", False),
        ("SPIN", False),
        ("Hillside", False),
        ("贵", False),
        ("12,500", False),
        ("？？？", False),
    ],
)
def test_letters_that_make_no_words_are_gibberish(text: str, is_none: bool) -> None:
    assert is_gibberish(text) is is_none
