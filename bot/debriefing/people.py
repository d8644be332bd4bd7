# ruff: noqa: E501 - patterns are read whole, one to a line
"""The people a message names, with title and the words that tell what they do in the purchase."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.debriefing.lexicon import is_everyday_word
from bot.debriefing.names import ANY_SURNAME, DEPARTMENTS, RANKS, SURNAME, TITLE
from bot.domain.visit import Role

_FOLLOW = "说倒那才一直早刚特真比被本主私帮透口态意心嘴松点拍签负所以做拿估没先后随当等回拉跑催找推挺支力觉认建非十分也在是对就跟和都还不没很要会给问讲提觉表希想来去带把让又最之今明下有反担答负这那聊谈见看拍管已刚约介主同把为叫电打发定出到过了的和与、，"
_NEVER_GIVEN = (
    _FOLLOW
    + "周一二三四五六日七八九十万千百个几两条次找讲厂部处科公司他她我你们这那什么哪里后前上下左右内外里经理主任总监老师技术生产采购设备财务信息的"
)
_NOT_A_PERSON = re.compile(
    rf"^(?:(?:{DEPARTMENTS})|高级|车间|包装|成本|常务|施工|经营|党委|宣传|办公|时候|平台|应用|管理|商务|广告|成型|左右|所有|方便|全部|单位|方案|任何|应该|成品|高工|白班|夜班|单子|万一|"
    r"和平|安排|易于|关于|对于|由于|等于|终于|冷库|冷链|温度|水处|许多|老总|大老|解决|包括|常规|费用|牛奶|文件|文化|古建|金属|石油|石化|应收|支行|分行|成都|温州|广州|常州|郑州|杭州|徐州|江西|江苏|河南|陕西|云南|"
    r"那边|这边|关心|关注|关系|项目|柜员|黄金|白天|钢厂|纸厂|药厂|陶瓷厂|汽车厂|马上|高层|高管|毛病|毛利|章程|路上|方面|方法|方向|金额|金融|季度|安全|安装|左边|游客|欧洲|关键|华东|华南|华北|夏天|温室|孔径|万元|费率|成功|单价|应急|包装)"
)
_RANKED = re.compile(
    rf"(?P<name>(?P<surname>{ANY_SURNAME})(?P<given>[\u4e00-\u9fff]{{0,2}}?))(?P<rank>{RANKS})(?!部门|办公|会议|家|们的产)"
)
_FAMILIAR = re.compile(rf"(?P<name>[老小阿]{ANY_SURNAME})(?=[{_FOLLOW}。！？；,.\s]|$)")
_TITLED = re.compile(rf"(?P<title>{TITLE})(?:是|叫|的)?(?:一个)?\s?(?P<name>{ANY_SURNAME}[\u4e00-\u9fff]{{1,2}})")
_SURNAME_ONLY = re.compile(rf"姓{ANY_SURNAME}(?=[，。；,;.\s]|$|的|没|也|在|说|他|她)")
_LATIN_TITLED = re.compile(rf"(?<=[A-Za-z] )(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，。、,;；\s]|$|说|和|跟)")
_CALLED = re.compile(
    rf"(?:叫|联系人是?|对接人是?|见了?|遇到了?|介绍了?|负责人是?|认识了?|碰到了?)(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，。,（(的、和跟]|说|$)"
)
_OURS = re.compile(
    r"(?:我们|咱们?|我|我司|公司)(?:的|这边|公司)?(?:[\u4e00-\u9fff]{0,4}(?:领导|老板|同事|经理|总监|总|工程师|技术|售前|售后|客服|助理|老大|主管))?(?:的)?(?:同事)?$|(?:同事|搭档|领导|徒弟)(?:的)?$"
)
_BROUGHT = re.compile(r"(?:带|陪|拉|叫|约)(?:了|着|上)?(?:我们)?(?:的)?[\u4e00-\u9fff]{0,5}$")
_GOING = re.compile(r"(?:一起|一块)?(?:去|过去|上门|跑)")
_OURS_ENGLISH = re.compile(r"\b(?:our|my) (?:own )?(?:[\w-]+ )*$|\bcolleague,? $", re.IGNORECASE)
_INTRODUCER = re.compile(r"^(?:给|帮)?(?:我们?)?(?:介绍|牵(?:的)?线|引荐|推荐|搭(?:的)?桥)(?!了?(?:我们|一下))")

_GIVEN = r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?"
_SURNAMED = r"(?:(?:van|de|von|der|den|la|O'|Mc)\s?)*[A-Z][A-Za-zà-ÿ'-]+"
_HONORIFIC = re.compile(rf"\b(?P<name>(?:Mr|Ms|Mrs|Dr|Miss|Prof|Professor|Madam)\.? {_SURNAMED}(?: {_SURNAMED})?)")
_EN_TITLE = (
    r"(?:(?:their|the|our|a|an|new|current|acting|deputy|vice|assistant|senior|chief|head|group|regional|general|global|plant|site|lead)\s)*"
    r"(?:[A-Za-z&/-]+\s){0,3}?(?:manager|director|head|officer|engineer|president|VP|vice president|CEO|CFO|CIO|CTO|COO|GM|MD|buyer|owner|founder|chairman|chairwoman|chair|supervisor|lead|controller|"
    r"secretary|assistant|PA|accountant|specialist|planner|coordinator|administrator|superintendent|principal|partner|analyst|architect|technician|foreman|chef|nurse|matron|doctor|professor|boss|treasurer|dean)"
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Za-z&]+(?:\s(?:and|&)?\s?[A-Za-z]+)?)?"
)
_EN_DEPARTMENT = r"(?:from|in|at|of|runs|heads|leads|who runs|who heads)\s(?:the\s)?(?P<dept>procurement|purchasing|IT|finance|operations|production|engineering|maintenance|quality|logistics|R&D|HR|legal|sales|marketing|supply chain|facilities|accounting|accounts|the lab|warehouse|security|planning)\b"
_EN_AFTER = re.compile(
    rf"^(?:,|\s?\(|\s[-–—])\s?(?:who(?:'s| is) |he(?:'s| is) |she(?:'s| is) |is )?(?P<title>{_EN_TITLE})(?![A-Za-z])|^,\s(?:he|she|who)(?:'s| is) (?:the |a |an |their )?(?P<title2>[a-z][a-z -]{{2,28}}?)(?=[,.;)]|$)|^,?\s{_EN_DEPARTMENT}",
    re.IGNORECASE,
)
_EN_BEFORE = re.compile(rf"(?:^|[\s,(])(?P<title>{_EN_TITLE}),?\s$", re.IGNORECASE)
_EN_CONTEXT_BEFORE = re.compile(
    r"(?:\b(?:met|meet|with|saw|spoke to|spoke with|talked to|talked with|ask|asked|told|by|see|contact|named|Meet|Met|Saw|With)\s(?:up with\s)?)$|(?:跟|和|见|见了|找|约|叫|的|给|是|与|，|。|老板|老总|经理|总监|主管)\s?$",
    re.IGNORECASE,
)
_EN_CONTEXT_AFTER = re.compile(
    r"^(?:'s (?:team|boss)|\s(?:said|says|told|wants?|wanted|asked|asks|mentioned|thinks|thought|agreed|promised|will|would|is|was|has|needs|likes?|liked|complained|explained|confirmed|also|admitted|worries|worried|"
    r"hates|runs|signs|decides|prefers|hopes|introduced|pushed|offered|knows|can|loves|loved|hinted|warned|suggested|insisted|expects|feels|reports|from|in|at|didn't|doesn't|won't)\b|\s?(?:说|也|是|觉得|希望|问|提|想|要|答应|担心|那边))"
)
_NOT_GIVEN = frozenset(
    [
        "The",
        "This",
        "That",
        "They",
        "Their",
        "There",
        "These",
        "Those",
        "He",
        "She",
        "We",
        "It",
        "I",
        "You",
        "My",
        "Our",
        "His",
        "Her",
        "Its",
        "Just",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Met",
        "Visit",
        "Visited",
        "Call",
        "Called",
        "Spoke",
        "Had",
        "Have",
        "Good",
        "Great",
        "Bad",
        "Quick",
        "Short",
        "Long",
        "Budget",
        "Next",
        "Last",
        "First",
        "Second",
        "Then",
        "So",
        "But",
        "And",
        "Or",
        "If",
        "When",
        "After",
        "Before",
        "While",
        "Also",
        "Now",
        "Still",
        "Not",
        "No",
        "Yes",
        "Ok",
        "Okay",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "They're",
        "Who",
        "What",
        "Why",
        "How",
        "Main",
        "Big",
        "Biggest",
        "Decision",
        "Final",
        "Procurement",
        "Finance",
        "Operations",
        "Quality",
        "IT",
        "HR",
        "CEO",
        "CFO",
        "CTO",
        "COO",
        "VP",
        "GM",
        "Excel",
        "Legal",
        "Board",
        "Production",
        "Sales",
        "Marketing",
        "Current",
        "Currently",
        "Pain",
        "Price",
        "Our",
        "Down",
        "Stopped",
        "Left",
        "Back",
        "Came",
        "Went",
        "Drove",
        "Sent",
        "Got",
        "Saw",
        "Need",
        "Needs",
        "Wants",
        "Want",
        "Timeline",
        "Competitor",
        "Competitors",
        "Follow",
        "Action",
        "Note",
        "Notes",
        "Update",
        "Customer",
        "Client",
        "Mr",
        "Ms",
        "Mrs",
        "Dr",
        "Chinese",
        "English",
        "German",
        "American",
        "European",
        "China",
        "Europe",
        "Asia",
        "Shanghai",
        "Beijing",
        "Shenzhen",
        "Guangzhou",
        "Suzhou",
        "RMB",
        "USD",
        "EUR",
        "CNY",
        "PO",
        "RFP",
        "RFQ",
        "ERP",
        "CRM",
        "MES",
        "WMS",
        "SaaS",
        "POC",
        "Apparently",
        "Anyway",
        "Actually",
        "Sorry",
        "Wait",
        "Correction",
        "Everyone",
        "Nobody",
        "Somebody",
        "Otherwise",
        "However",
        "Plus",
        "Overall",
        "Really",
        "Very",
        "Some",
        "Most",
        "All",
        "Both",
        "Each",
        "Only",
        "Once",
        "Since",
        "Until",
        "Because",
        "Although",
        "Though",
        "Maybe",
        "Probably",
        "Perhaps",
        "Long-term",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "One",
        "Plan",
        "Hi",
        "Hello",
        "Hey",
        "Please",
        "Thanks",
        "Can",
        "Could",
        "Should",
        "Would",
        "Will",
        "Did",
        "Do",
        "Does",
        "Is",
        "Are",
        "Was",
        "Were",
        "Has",
        "Be",
        "Been",
        "On",
        "In",
        "At",
        "By",
        "For",
        "From",
        "With",
        "Without",
        "About",
        "Over",
        "Under",
        "Out",
        "Off",
        "Up",
        "Again",
    ]
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a message: the name as said, where, the title with its quote span."""

    name: str
    start: int
    title: str | None = None
    quote_start: int = 0
    quote_end: int = 0
    ours: bool = False

    @property
    def end(self) -> int:
        """Where the name ends in the message."""
        return self.start + len(self.name)


def people_in(message: str, organisations: tuple[str, ...] = ()) -> tuple[Person, ...]:
    """Every mention of a person in the message, in order; colleagues and introducers are marked as ours."""
    mentions = sorted(
        (*_chinese(message), *_english(message, organisations)), key=lambda person: (person.start, -len(person.name))
    )
    kept: list[Person] = []
    for person in mentions:
        if not kept or person.start >= kept[-1].end:
            kept.append(replace(_with_title(message, person), ours=_is_ours(message, person)))
    return tuple(kept)


def surname_of(name: str) -> str:
    """The part of a name that tells people apart when titles differ: 邱 of 邱总, Chen of Ms. Chen."""
    match = re.match(rf"[老小阿]?(?P<surname>{ANY_SURNAME})", name)
    return match["surname"] if match else name.split()[-1]


def is_same_person(one: str, other: str) -> bool:
    """True where two mentions are one person: same surname in Chinese, a shared word in English."""
    if re.search("[A-Za-z]", one + other):
        return bool(set(one.lower().split()) & set(other.lower().split()))
    return surname_of(one.removeprefix("姓")) == surname_of(other.removeprefix("姓"))


def full_name(person: Person) -> str:
    """The name to note: as said, and for 「姓于」 the surname with the title said beside it."""
    if not person.name.startswith("姓"):
        return person.name
    rank = re.search(rf"(?:{RANKS})$", person.title or "")
    return person.name[1:] + (rank[0] if rank else "")


def _chinese(message: str) -> Iterator[Person]:
    for match in _RANKED.finditer(message):
        if match["given"] and re.match(ANY_SURNAME, match["given"][-1]) and _inside_word(message, match.start()):
            yield Person(match["given"][-1] + match["rank"], match.end() - len(match["rank"]) - 1)
            continue
        odd = match["given"] and (len(match["rank"]) == 1 or set(match["given"]) & set(_NEVER_GIVEN))
        if not _NOT_A_PERSON.match(match[0]) and not odd and not _part_of_word(message, match):
            yield Person(match[0], match.start())
    for match in _FAMILIAR.finditer(message):
        if match["name"] not in (
            "老是",
            "老板",
            "老师",
            "小时",
            "老总",
            "小于",
            "小单",
            "小包",
            "老单",
            "老成",
            "小成",
            "老万",
        ):
            yield Person(match["name"], match.start("name"))
    for match in _SURNAME_ONLY.finditer(message):
        yield Person(match[0], match.start())
    for pattern in (_TITLED, _CALLED, _LATIN_TITLED):
        for match in pattern.finditer(message):
            name = _cut_name(message, match["name"])
            if name and not _NOT_A_PERSON.match(name) and not is_everyday_word(name[:2]):
                yield Person(name, match.start("name"))


def _inside_word(message: str, position: int) -> bool:
    """True where the sign before continues a word, so that a name can hardly start here."""
    before = message[position - 1 : position]
    return bool(re.match("[\u4e00-\u9fff]", before)) and before not in "的是了见和跟与有到找约叫让给说问给对向被由"


def _part_of_word(message: str, match: re.Match[str]) -> bool:
    """True where the surname is the tail of a longer word: 项目经理, 工程部, 安全主管."""
    before, rank = message[: match.start()], match["rank"]
    if match["given"] or len(match["surname"]) > 1:
        return False
    return bool(re.search(rf"(?:{DEPARTMENTS}|分管|主管)$", before + match["surname"])) or bool(
        len(rank) == 1 and rank in "处局科" and not re.match(rf"[{_FOLLOW}。；;.\s]|$", message[match.end() :])
    )


def _cut_name(message: str, name: str) -> str:
    """The name without a following word that the pattern took along: 刘芳说 is 刘芳."""
    if len(name) > 2 and name[1] in "总工董处科局":
        return name[:2]
    while len(name) > 2 and name[-1] in _FOLLOW:
        name = name[:-1]
    return "" if name[-1] in _FOLLOW else name


def _english(message: str, organisations: tuple[str, ...]) -> Iterator[Person]:
    for match in _HONORIFIC.finditer(message):
        yield Person(match["name"], match.start())
    for match in re.finditer(rf"(?<![A-Za-z0-9.'-]){_GIVEN}(?: {_SURNAMED}){{0,3}}(?![A-Za-z0-9-])", message):
        words, start = match[0].split(), match.start()
        while words and words[0] in _NOT_GIVEN:
            start += len(words[0]) + 1
            words = words[1:]
        ends = next((index for index, word in enumerate(words) if word in _NOT_GIVEN), len(words))
        name = " ".join(words[: min(ends, 3)]).removesuffix("'s")
        if (
            not name
            or (words[0].endswith("ed") and len(words[0]) > 5)
            or any(name in known or known in name for known in organisations)
        ):
            continue
        if _is_person(message[max(0, start - 60) : start], message[start + len(name) :], name):
            yield Person(name, start)


def _is_person(before: str, after: str, name: str) -> bool:
    if re.search(r"\b(?:at|visited|left|into|by)\s$", before) and not re.match(r",? (?:from|in) ", after):
        return False
    titled = bool(_EN_AFTER.match(after)) or bool(_EN_BEFORE.search(before) and re.search(r"[a-z]", before))
    return (
        titled
        or bool(_EN_CONTEXT_AFTER.match(after))
        or (
            bool(_EN_CONTEXT_BEFORE.search(before))
            and bool(re.match(r"[,.;)\s]|$|[\u4e00-\u9fff]", after))
            and not re.match(r"\s(?:Ltd|Inc|Group|Corp)", after)
        )
    )


def _is_ours(message: str, person: Person) -> bool:
    before, after = message[max(0, person.start - 14) : person.start], message[person.end : person.end + 12]
    clause = re.split(r"[，。,.;；\n]", before)[-1]
    return bool(_BROUGHT.search(clause) and _GOING.match(after)) or bool(
        _OURS.search(clause) or _OURS_ENGLISH.search(clause) or _INTRODUCER.match(after)
    )


def _with_title(message: str, person: Person) -> Person:
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
    english = _EN_AFTER.match(after)
    if english:
        title = (english["title"] or english["title2"] or english["dept"]).strip()
        return replace(person, title=_bare_title(title), quote_start=person.start, quote_end=person.end + english.end())
    preceding = _EN_BEFORE.search(
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


_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.PROCUREMENT, r"采购|招标|供应链|procurement|purchas|buyer|sourcing|supply chain"),
    (Role.INFLUENCER, r"技术|工艺|质量|品质|质检|品控|财务|研发|信息|IT\b|总工|工程师|法务|审计|网络|会计|CTO|CIO|CFO|engineer|quality|financ|technical|R&D|legal|controller|account|安全|安环|security|architect|顾问"),
    (Role.USER, r"生产|车间|使用|设备|机修|维修|仓|物流|运营|护士|检验|影像|客服|店长|班长|教务|运维|后勤|库|厂务|产线|production|maintenance|operation|warehouse|logistics|plant|user|nurse|lab|shift|supervisor|line|facilit"),
    (Role.DECISION_MAKER, r"^(?:副)?董事长|^董事长$|^总经理$|老板|^GM$|总裁|CEO|创始人|院长|行长|^校长|^局长|general manager|owner|founder|president|managing director|\bMD\b|chairm|^厂长"),
    (Role.GATEKEEPER, r"秘书|前台|secretary|receptionist"),
)  # fmt: skip


def role_by_title(title: str | None) -> Role:
    """The role that a title alone suggests; unknown where it is silent."""
    for role, pattern in _ROLES:
        if title and re.search(pattern, title, re.IGNORECASE):
            return role
    return Role.UNKNOWN
