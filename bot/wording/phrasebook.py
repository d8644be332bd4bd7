"""The bot's own words in one language, and dates as that language writes them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from importlib.resources import files

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from bot.domain.rich_text import RichText, rendered

LANGUAGES = ("zh", "en")
"""The languages of the wording; the first is the manifest."""

_LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
_DAY = {"zh": "M月d日EEE", "en": "EEE d MMM"}
_MOMENT = {"zh": "M月d日EEE HH:mm", "en": "EEE d MMM, HH:mm"}


@cache
def keys_of(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """Every key of a language, flat (`help.title`), with its text or list of texts."""
    tables = tomllib.loads(files("bot.wording").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    flat: dict[str, str | tuple[str, ...]] = {}
    for table, entries in tables.items():
        for key, value in entries.items():
            flat[f"{table}.{key}"] = tuple(value) if isinstance(value, list) else value
    return flat


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The words of one language."""

    language: str

    def say(self, key: str, /, **slots: RichText | str | int) -> RichText:
        """A sentence with its slots filled. Raises KeyError for an unknown key or a slot without a value."""
        template = keys_of(self.language)[key]
        if not isinstance(template, str):
            raise KeyError(key)
        return rendered(template, {k: v if isinstance(v, RichText) else str(v) for k, v in slots.items()})

    def plain(self, key: str, /, **slots: RichText | str | int) -> str:
        """The same without markup, for buttons and menus."""
        return self.say(key, **slots).text

    def list_of(self, key: str) -> tuple[str, ...]:
        """A list of texts, for example sentences. Empty when there is none."""
        texts = keys_of(self.language).get(key, ())
        return texts if isinstance(texts, tuple) else (texts,)

    def day(self, day: date) -> str:
        """A day with its weekday."""
        return format_date(day, _DAY[self.language], locale=_LOCALES[self.language])

    def money(self, yuan: float) -> str:
        """An amount in yuan, in 万 where the language counts so."""
        if self.language == "zh" and yuan >= 10_000:
            return f"{format_decimal(yuan / 10_000, '#,##0.##', locale='zh_Hans_CN')}万元"
        return format_currency(yuan, "CNY", "¤#,##0.##", locale=_LOCALES[self.language], currency_digits=False)

    def moment(self, at: datetime, zone: tzinfo) -> str:
        """A date and time as said in this language, in the given zone."""
        return format_datetime(at.astimezone(zone), _MOMENT[self.language], locale=_LOCALES[self.language])


_ADDRESS = re.compile(r"https?://[!-~]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z']+")
_SLOT = re.compile(r"\{[a-z_]+\}")
_FUZZY_FROM = 5
"""Letters from which on a word may be misspelt by one of them."""
_LEAST_KNOWN = 1 / 3
"""Which share of a text's words must be English; names and terms are in no list."""


def language_of(text: str) -> str:
    """The language a text is written in: "zh", "en", or "" when it has no words.

    A lone term (SPIN, Europe/Berlin, ok), an address, pinyin and random letters decide nothing.
    """
    text = _ADDRESS.sub("", text)
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    if han:
        return "zh" if han * 4 >= latin else "en"
    words = text.split()
    is_term = len(words) == 1 and not re.fullmatch(r"[A-Za-z]?[a-z']{3,}[.?!]*", words[0])
    return "" if latin < 3 or is_term or _english_share(text) < _LEAST_KNOWN else "en"


def is_gibberish(text: str) -> bool:
    """Whether a text is one bare sign, or letters that make no words we know; names pass by their capital."""
    if _HAN.search(text):
        return False
    if sum(map(str.isalnum, text)) <= 1:
        return any(map(str.isalnum, text))
    words = text.split()
    has_names = sum(word[:1].isupper() for word in words) * 2 > len(words)
    return text.isascii() and any(map(str.isalpha, text)) and not has_names and _english_share(text) < _LEAST_KNOWN


def _english_share(text: str) -> float:
    words = _LATIN_WORD.findall(text.lower())
    return sum(map(_is_english, words)) / len(words) if words else 0.0


@lru_cache(maxsize=4096)
def _is_english(word: str) -> bool:
    """Whether our own English texts hold this word, or one that differs by a letter."""
    if word in _english_words() or len(word) < _FUZZY_FROM:
        return word in _english_words()
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.extractOne(word, _english_words(), scorer=OSA.distance, score_cutoff=1) is not None


@cache
def _english_words() -> frozenset[str]:
    texts = (text for held in keys_of("en").values() for text in ([held] if isinstance(held, str) else held))
    return frozenset(word for text in texts for word in _LATIN_WORD.findall(_SLOT.sub(" ", text.lower())))
