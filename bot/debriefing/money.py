# ruff: noqa: E501 - patterns are read whole, one to a line
"""Sums of money as people say them, in Chinese and English, with the figure that code can stand for.

The libraries at hand misread spoken forms (三万五 as 30,005, 一百八十来万 not at all), so the numbers are read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = dict(
    zip("零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖", (0, 0, 1, 2, 2, *range(3, 10), *range(1, 10)), strict=True)
)
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "拾": 10, "佰": 100, "仟": 1000}
_SCALES = {
    "百万": 1e6, "千万": 1e7, "万": 1e4, "w": 1e4, "亿": 1e8, "个亿": 1e8, "千": 1e3, "k": 1e3, "thousand": 1e3, "grand": 1e3,
    "m": 1e6, "mn": 1e6, "mil": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "十万": 1e5, "lakh": 1e5,
}  # fmt: skip
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "a": 1, "an": 1, "half a": 0.5,
}  # fmt: skip
_CURRENCIES = {
    "CNY": r"¥|￥|RMB|CNY|人民币|元|块钱|块|yuan|renminbi|kuai",
    "USD": r"US\$|USD|\$|美元|美金|美刀|刀|dollars?|bucks",
    "EUR": r"€|EUR|欧元|欧|euros?",
    "GBP": r"£|GBP|英镑|pounds?|quid",
    "HKD": r"HK\$|HKD|港币|港元",
    "JPY": r"JPY|日元|日币|yen",
    "SGD": r"S\$|SGD|新币",
    "TWD": r"NT\$|TWD|台币|新台币",
}
_SIGNS = "|".join(sorted((sign for signs in _CURRENCIES.values() for sign in signs.split("|")), key=len, reverse=True))
_HAN = r"[零〇一二两三四五六七八九十百千万亿]"
_WORDS = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_NUMBER = rf"(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|半个?|(?:{_HAN}|点(?={_HAN}))+)"
_LOOSE = r"[来多几余把]"
_SCALE = r"(?:百万|千万|十万|万|个亿|亿|千|(?:k|w|mn|mil|m|bn)(?![A-Za-z])|thousand|grand|million|billion)"
_COUNTED = r"(?:台|套|件|吨|人|次|公里|米|平|亩|箱|条|张|辆|颗|片|瓶|袋|只|单|户|点位|个(?!亿)|伏|千瓦|瓦|%|％|字|步|种|家|份|股|头)"
_ONE = rf"{_NUMBER}{_LOOSE}?\s?{_SCALE}?{_LOOSE}?(?:(?:[一二三四五六七八九]|(?<=万)\d(?!\d))(?!{_HAN}|[月号点天周个台套年成折]))?"
_PATTERN = re.compile(
    rf"(?P<before>(?:{_SIGNS})\s?)?(?P<low>{_ONE})"
    rf"(?:\s?(?:[-~～—–]|到|至|\bto\b)\s?(?:{_SIGNS})?\s?(?P<high>{_ONE}))?\s?(?P<after>{_SIGNS})?(?!\s?[多余来几]?{_COUNTED})",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b(?P<number>(?:{_WORDS})(?:[ -](?:{_WORDS}))*) (?P<scale>thousand|million|billion|grand)(?: (?P<after>{_SIGNS}))?\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"[几数](?=[十百千万亿])|上(?=[十百千万])|(?<=[十百千])几|^[千万]把")
_ADJACENT = re.compile(
    r"(?<![零〇])[一二两三四五六七八九](?=[一二三四五六七八九][十百千万亿])|[一二两三四五六七八九](?=[一二三四五六七八九]$)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum found in a text: its words, where they stand, its currency and its figure.

    `figure` is None where no single sum is meant (a range, 几十万); `currency` is None where the words name none.
    """

    words: str
    start: int
    figure: float | None
    currency: str | None

    @property
    def end(self) -> int:
        """Where the words end in the text."""
        return self.start + len(self.words)

    @property
    def yuan(self) -> int | float | None:
        """The figure in yuan, None for a range or another currency."""
        if self.figure is None or self.currency != "CNY":
            return None
        return int(self.figure) if self.figure == int(self.figure) else self.figure


def amounts_in(text: str) -> tuple[Amount, ...]:
    """All sums of money in the text, in order; counted things, dates and percentages are none."""
    found = sorted((*_written(text), *_spoken(text)), key=lambda amount: (amount.start, -len(amount.words)))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return tuple(kept)


def number_in(words: str) -> float | None:
    """The number these words stand for: 一百八十, 三万五, 1,200, 95w; None when they are none."""
    match = re.fullmatch(
        rf"(?P<number>{_NUMBER}?)\s?(?P<scale>{_SCALE}?)", _LOOSE_RE.sub("", words.strip()), re.IGNORECASE
    )
    tail = re.fullmatch(r"(\d+(?:\.\d+)?)([万亿千])([一二三四五六七八九\d])", words.strip())
    if tail:
        scale = _SCALES[tail[2]]
        return float(tail[1]) * scale + float(_DIGITS.get(tail[3], 0) or tail[3]) * scale / 10
    if not match or not words.strip():
        return None
    scale = _SCALES.get(match["scale"].lower(), 1.0) if match["scale"] else 1.0
    return _plain(match["number"]) * scale


_LOOSE_RE = re.compile(_LOOSE)


def _written(text: str) -> Iterator[Amount]:
    for match in _PATTERN.finditer(text):
        signs = (match["before"] or "").strip() or (match["after"] or "").strip()
        if not signs and not re.search(rf"{_SCALE}", match["low"] + (match["high"] or ""), re.IGNORECASE):
            continue
        words = match[0].strip()
        start = match.start() + (len(match[0]) - len(match[0].lstrip()))
        start = start - 1 if start and text[start - 1] in "几数上小" else start
        if start and re.match(r"[A-Za-z0-9第]", text[start - 1]) and not match["before"]:
            continue
        words = text[start : match.end()].strip()
        opened = _OPENED_RANGE.search(text[:start])
        if opened:
            yield Amount(
                text[opened.start() : match.end()].strip(), opened.start(), None, _currency(signs, match[0], text)
            )
            continue
        if _is_metres(match["low"]) and not signs:
            continue
        if _is_bare_unit(match["low"]) and not signs and text[start] not in "几数上":
            continue
        yield Amount(words, start, _figure(text[start : match.end()], match), _currency(signs, match[0], text))


def _spoken(text: str) -> Iterator[Amount]:
    for match in _SPOKEN.finditer(text):
        value = 0.0
        for word in re.findall(_WORDS, match["number"].lower()):
            value = value * 100 if word == "hundred" else value + _ENGLISH[word]
        figure = value * _SCALES[match["scale"].lower()]
        yield Amount(match[0], match.start(), figure, _currency(match["after"] or "", match[0], text))


_OPENED_RANGE = re.compile(
    rf"(?:\bbetween |在|介于)\s?(?:(?:{_SIGNS})\s?)?{_NUMBER}\s?{_SCALE}?\s?(?:and|和|与|跟)\s?$", re.IGNORECASE
)


def _is_metres(words: str) -> bool:
    """True for 3 m and 5 k, which set apart by a space are lengths and sizes."""
    return bool(re.search(r"\d\s[kmw]$", words.strip(), re.IGNORECASE))


def _is_bare_unit(words: str) -> bool:
    return bool(re.fullmatch(r"[万千百亿十]+|半个?", words))


def _figure(words: str, match: re.Match[str]) -> float | None:
    if match["high"] or _VAGUE.search(words) or _ADJACENT.search(re.sub(rf"{_LOOSE}|{_SIGNS}", "", words)):
        return None
    return number_in(match["low"].strip())


def _currency(signs: str, words: str, text: str) -> str | None:
    for code, pattern in _CURRENCIES.items():
        if signs and re.fullmatch(pattern, signs, re.IGNORECASE):
            return code
    spoken_in_chinese = re.search(r"[一-鿿]|\dw", words, re.IGNORECASE) or re.search(r"[一-鿿]", text)
    return "CNY" if spoken_in_chinese else None


def _plain(number: str) -> float:
    if number in ("半", "半个"):
        return 0.5
    if re.fullmatch(r"[\d,.]+", number):
        return float(number.replace(",", ""))
    if "点" in number:
        return _with_point(number)
    return _from_han(number)


def _with_point(number: str) -> float:
    whole, _, rest = number.partition("点")
    digits = re.match(r"[零〇一二两三四五六七八九]+", rest)
    decimals = "".join(str(_DIGITS[sign]) for sign in digits[0]) if digits else "0"
    scale = 1.0
    for sign in rest[len(digits[0]) if digits else 0 :]:
        scale *= _UNITS.get(sign, 1)
    return float(f"{int(_from_han(whole))}.{decimals}") * scale


def _from_han(number: str) -> float:
    """Reads 一百二 as 120 and 三万五 as 35,000, as they are meant when spoken."""
    total, section, digit, last_unit = 0.0, 0.0, 0.0, 1
    for sign in number:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            last_unit = 10 if sign in "零〇" else last_unit
        elif _UNITS[sign] < 10_000:
            section += (digit or 1) * _UNITS[sign]
            digit, last_unit = 0.0, _UNITS[sign]
        else:
            section += digit * (last_unit // 10 if section and last_unit > 10 else 1)
            total = (total + (section or 1)) * _UNITS[sign] if total < _UNITS[sign] else total + section * _UNITS[sign]
            section, digit, last_unit = 0.0, 0.0, _UNITS[sign]
    return total + section + digit * (last_unit // 10 if last_unit > 10 else 1)
