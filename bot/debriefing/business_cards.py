"""A business card read off a photo: who, what, where and how to reach them, each value as it stands in a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from bot.debriefing.names import ANY_SURNAME, FIRM, TITLE

_MOST_LINES, _MOST_CHARACTERS = 18, 500
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?\d{1,3}[\s-]?)?(?:\(?0?\d{2,4}\)?[\s-]?)?\d{3,4}[\s-]?\d{4}(?:[\s-]?\d{1,4})?(?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_NO_PHONE = re.compile(r"传真|邮编|fax|zip|^\s*F[\s:：.]|QQ|税号|账号", re.IGNORECASE)
_COMPANY = re.compile(
    rf"[\w（）()·&\- ]*?(?:{FIRM}|研究院|Ltd\.?|Limited|Inc\.?|GmbH|LLC|Corp\.?|Corporation|Group|Company|PLC|AG)"
    r"(?![\u4e00-\u9fff])\.?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"地址|路\d|[号楼层室]$|\d号|add(?:ress)?[:：. ]|road|street|avenue|floor", re.IGNORECASE)
_CHINESE_TITLE = re.compile(rf"(?:[\u4e00-\u9fff]{{0,8}}?)(?:{TITLE}|主管|顾问|代表|专员|合伙人)(?![\u4e00-\u9fff])")
_ENGLISH_TITLE = re.compile(
    r"\b(?:[A-Z][A-Za-z&/]*,?\s){0,5}(?:Manager|Director|Engineer|President|Officer|CEO|CFO|CTO|COO|CIO|Buyer|Owner|Founder"
    r"|Partner|Consultant|Head|Supervisor|Chairman|Executive|Representative|Specialist|Coordinator)"
    r"(?:(?:,| of| for)?(?:\s(?:and|&|[A-Z][A-Za-z&/]*)){1,4})?"
)
_CHINESE_NAME = re.compile(rf"{ANY_SURNAME}[\u4e00-\u9fff]{{1,2}}")
_ENGLISH_NAME = re.compile(
    r"(?:(?:Dr|Mr|Ms|Mrs|Prof)\.?\s)?"
    r"(?:[A-Z][a-z]+(?:\s[A-Z]\.)?(?:[ -][A-Z][a-zA-Z'-]+){1,2}|[A-Z]{2,}(?:[ -][A-Z'-]{2,}){1,2})"
)
_SPACED = re.compile(r"^(?:[\u4e00-\u9fff]\s+){1,3}[\u4e00-\u9fff]$")


@dataclass(frozen=True, slots=True)
class BusinessCard:
    """What a card says, in the card's own words; "" where it does not say."""

    name: str = ""
    title: str = ""
    company: str = ""
    phone: str = ""
    mail: str = ""

    def given(self) -> Iterator[tuple[str, str]]:
        """The fields that have a value, in the order they are shown."""
        for field in fields(self):
            if value := str(getattr(self, field.name)):
                yield field.name, value

    def with_value(self, field: str, value: str) -> "BusinessCard":
        """The card with one field said otherwise."""
        return replace(self, **{field: value})


def card_in(lines: Sequence[str]) -> BusinessCard | None:
    """The card these lines are, None where they are something else: a name, a way to reach it, a firm or a title."""
    if len(lines) > _MOST_LINES or sum(map(len, lines)) > _MOST_CHARACTERS:
        return None
    card = read_card(lines)
    is_card = card.name and (card.phone or card.mail) and (card.company or card.title)
    return card if is_card else None


def is_card(lines: Sequence[str]) -> bool:
    """True when these lines are a business card."""
    return card_in(lines) is not None


def read_card(lines: Sequence[str]) -> BusinessCard:
    """What can be read of a card; every value stands so in one of the lines, a name perhaps set wider."""
    parts = [part.strip() for line in lines for part in _parts(line) if part.strip()]
    mail = next((found[0] for part in parts if (found := _MAIL.search(part))), "")
    phone = _phone(parts)
    company = _company(parts)
    rest = [part for part in parts if part != company and "@" not in part and not _ADDRESS.search(part)]
    title, name = _title(rest), _name(rest)
    return BusinessCard(name, title, company, phone, mail)


def _parts(line: str) -> list[str]:
    """What stands apart in a line; a name set wide is one."""
    if _SPACED.match(line.strip()):
        return ["".join(line.split())]
    return re.split(r"\s{2,}|[|｜]", line)


def _phone(parts: Sequence[str]) -> str:
    usable = [part for part in parts if not _NO_PHONE.search(part) and "@" not in part]
    for pattern in (_MOBILE, _PHONE):
        for part in usable:
            if found := pattern.search(part):
                return found[0].strip()
    return ""


def _company(parts: Sequence[str]) -> str:
    found = [m[0].strip() for part in parts if "@" not in part and (m := _COMPANY.match(_unlabelled(part)))]
    return max((name for name in found if len(name) >= 4), key=len, default="")


def _unlabelled(part: str) -> str:
    return re.sub(r"^(?:公司|单位|company)[:：]\s*", "", part, flags=re.IGNORECASE)


def _title(parts: Sequence[str]) -> str:
    for part in parts:
        for pattern in (_CHINESE_TITLE, _ENGLISH_TITLE):
            bare = re.sub(rf"^{_CHINESE_NAME.pattern}[\s,，]+", "", part)
            if (found := pattern.search(bare)) and len(found[0]) <= 40:
                return found[0].strip()
    return ""


def _name(parts: Sequence[str]) -> str:
    """A line that is a name and nothing else, or begins with one before a title."""
    for part in parts:
        bare = re.sub(r"^(?:姓名|name)[:：]\s*", "", part, flags=re.IGNORECASE)
        if (found := _CHINESE_NAME.match(bare)) and _ends_name(bare[found.end() :]):
            return found[0].strip()
    for part in parts:
        if (found := _ENGLISH_NAME.match(part)) and _ends_name(part[found.end() :]) and not _ENGLISH_TITLE.search(part):
            return found[0].strip()
    return ""


def _ends_name(rest: str) -> bool:
    return not rest or bool(re.match(r"[\s,，(（/]", rest))
