# ruff: noqa: E501 - patterns are read whole, one to a line
"""The title said beside a person's name, and the role in the purchase that a title suggests."""

import re
from dataclasses import replace

from bot.debriefing.names import ANY_SURNAME, DEPARTMENTS, RANKS, TITLE
from bot.debriefing.person import Person
from bot.domain.visit import Role

_EN_TITLE = (
    r"(?:(?:their|the|our|a|an|new|current|acting|deputy|vice|assistant|senior|chief|head|group|regional|general|global|plant|site|lead)\s)*"
    r"(?:[A-Za-z&/-]+\s){0,3}?(?:manager|director|head|officer|engineer|president|VP|vice president|CEO|CFO|CIO|CTO|COO|GM|MD|buyer|owner|founder|chairman|chairwoman|chair|supervisor|lead|controller|"
    r"secretary|assistant|PA|accountant|specialist|planner|coordinator|administrator|superintendent|principal|partner|analyst|architect|technician|foreman|chef|nurse|matron|doctor|professor|boss|treasurer|dean)"
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Za-z&]+(?:\s(?:and|&)?\s?[A-Za-z]+)?)?"
)
_EN_DEPARTMENT = r"(?:from|in|at|of|runs|heads|leads|who runs|who heads)\s(?:the\s)?(?P<dept>procurement|purchasing|IT|finance|operations|production|engineering|maintenance|quality|logistics|R&D|HR|legal|sales|marketing|supply chain|facilities|accounting|accounts|the lab|warehouse|security|planning)\b"
TITLE_AFTER = re.compile(
    rf"^(?:,|\s?\(|\s[-–—])\s?(?:who(?:'s| is) |he(?:'s| is) |she(?:'s| is) |is )?(?P<title>{_EN_TITLE})(?![A-Za-z])|^,\s(?:he|she|who)(?:'s| is) (?:the |a |an |their )?(?P<title2>[a-z][a-z -]{{2,28}}?)(?=[,.;)]|$)|^,?\s{_EN_DEPARTMENT}",
    re.IGNORECASE,
)
TITLE_BEFORE = re.compile(rf"(?:^|[\s,(])(?P<title>{_EN_TITLE}),?\s$", re.IGNORECASE)
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.PROCUREMENT, r"采购|招标|供应链|procurement|purchas|buyer|sourcing|supply chain"),
    (Role.INFLUENCER, r"技术|工艺|质量|品质|质检|品控|财务|研发|信息|IT(?![A-Za-z])|总工|工程师|法务|审计|网络|会计|CTO|CIO|CFO|engineer|quality|financ|technical|R&D|legal|controller|account|安全|安环|technolog|\bQ[AC]\b|project owner|通号|security|architect|顾问"),
    (Role.USER, r"生产|车间|使用|设备|机修|维修|仓|物流|运营|护士|检验|影像|客服|店长|班长|教务|运维|后勤|库|厂务|产线|化验室|总务|工程部|项目部|车队|师傅|contact cent|call cent|production|maintenance|operation|warehouse|logistics|plant|user|nurse|lab|shift|supervisor|line|facilit"),
    (Role.DECISION_MAKER, r"^(?:副)?董事长|^董事长$|^总经理$|老板|创始人|园长|\bGM\b|总裁|CEO|创始人|院长|行长|^校长|^局长|general manager|owner|founder|president|managing director|\bMD\b|chairm|^厂长"),
    (Role.GATEKEEPER, r"秘书|前台|secretary|receptionist"),
)  # fmt: skip


def with_title(message: str, person: Person) -> Person:
    """The person with the title the message gives him, before or after the name, and the words of both as quote."""
    before, after = message[max(0, person.start - 24) : person.start], message[person.end : person.end + 60]
    following = re.match(
        rf"(?:[，,]|\s?[（(]|[，,]?(?:是|他是|她是))(?:是|他是|她是)?(?:他们|她们|对方)?(?:的|那边的|厂里的|公司的)?(?P<title>{TITLE})(?=[，。,；;）)\s]|$|也|说|在|刚|负责)",
        after,
    )
    if following:
        return replace(
            person, title=following["title"], quote_start=person.start, quote_end=person.end + following.end()
        )
    leading = re.search(
        rf"(?P<title>{TITLE}|(?:{DEPARTMENTS})(?:部门?|科|处|中心|室)?)(?:是|的|那边的?|叫)?\s*$", before
    )
    if leading:
        start = person.start - len(before) + leading.start()
        return replace(person, title=_joined(leading["title"], person.name), quote_start=start, quote_end=person.end)
    bracketed = re.match(r"\s?\((?P<title>[^()]{2,40})\)", after)
    if bracketed and re.search("[A-Za-z]", person.name):
        return replace(
            person,
            title=_bare_title(bracketed["title"]),
            quote_start=person.start,
            quote_end=person.end + bracketed.end(),
        )
    english = TITLE_AFTER.match(after)
    if english:
        title = (english["title"] or english["title2"] or english["dept"]).strip()
        return replace(person, title=_bare_title(title), quote_start=person.start, quote_end=person.end + english.end())
    preceding = TITLE_BEFORE.search(
        f" {message[max(0, person.start - 60) : person.start].partition(chr(32))[2]}"
        if person.start > 60
        else message[: person.start]
    )
    if preceding and re.search("[A-Za-z]", person.name):
        start = message.rfind(preceding["title"], 0, person.start)
        return replace(person, title=_bare_title(preceding["title"]), quote_start=start, quote_end=person.end)
    if person.name.startswith("姓"):
        told = [*re.finditer(TITLE, re.split(r"[。！？\n]", message[: person.start])[-1])]
        if told:
            return replace(person, title=told[-1][0].removesuffix("的"), quote_start=person.start, quote_end=person.end)
    return replace(person, title=_own_rank(person.name), quote_start=person.start, quote_end=person.end)


def _joined(title: str, name: str) -> str:
    rank = _own_rank(name)
    return (
        f"{title.removesuffix('的')}{rank}"
        if rank and not title.endswith(rank) and re.fullmatch(rf"(?:{DEPARTMENTS}).{{0,2}}", title)
        else title.removesuffix("的")
    )


def _own_rank(name: str) -> str | None:
    match = re.search(rf"^{ANY_SURNAME}[\u4e00-\u9fff]{{0,2}}?(?P<rank>{RANKS})$", name)
    silent = "总|工|董|姐|哥|叔|姨|女士|先生|小姐|太太|同志|师傅|师|头儿|同学"
    return match["rank"] if match and match["rank"] not in silent.split("|") and len(match["rank"]) > 1 else None


def _bare_title(title: str) -> str:
    return re.sub(
        r"^(?:(?:with|by|to|and|from|of|is|met|asked) )?(?:their|the|our|a|an|new|current)\s",
        "",
        title.strip(),
        flags=re.IGNORECASE,
    )


def role_by_title(title: str | None) -> Role:
    """The role that a title alone suggests; unknown where it is silent."""
    for role, pattern in _ROLES:
        if title and re.search(pattern, title, re.IGNORECASE):
            return role
    return Role.UNKNOWN
