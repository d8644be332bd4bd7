# ruff: noqa: E501
"""Which accounts a message speaks of, and which stretch of it belongs to each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.debriefing.names import LONG_RANKS, ORGANISATION, RANKS, SURNAME, may_be_organisation

_HAN_NAME = r"[\u4e00-\u9fffA-Za-z0-9·&]"
_BEFORE_STOP = r"从到去在跑了访见和跟给对与向被把是的说让拉约为这那陪替过找来看回"
_PLAIN_RANKS = (
    "总|董|经理|主任|处长?|科长|部长|厂长|院长|校长|行长|局长|所长|主管|老师|工(?=，|。|说|聊|见)|姐|哥|女士|先生"
)
_ORG_HEADS = "公司|集团|银行|医院|学校|科技|电子"
_CUT = (
    r"那边|那儿|那里|这边|公司(?=出|回|开|那|的|见|聊|，|。)|厂里|厂区|工厂(?=出|回|那|的|见|，|。)|现场|总部|办公室|楼下|一趟|出来|回来|过来|开完|开会|开了|谈|聊|见|找|做了|交流|拜访|看了|看看|演示|送|参观|跟|和(?!平|谐|美|润|泰|兴|记|盛)|把|"
    r"的|说|在|今天|昨天|刚|上午|下午|来电|打电话|打来|打了|回复|通知|发来|发了|通了|通电|碰了|碰面|沟通|视频|对接|他们|她们|那个|这个|这家|那家|这单|那单|项目|客户|了|是(?!达)|也|就|还|已经|因为|因|"
    r"要(?!素)|想|不|没|有(?!色|机|道|赞|限|研)|给|让|被|采购部?(?:经理|的)|设备[科部]|生产[科部]|技术[科部]|信息[科中部]|质量部|财务部|约|吃|喝|签|续|催|换|停|定|等"
)
_NAME = (
    rf"(?P<name>(?:(?!{_CUT}|{SURNAME}(?:{_PLAIN_RANKS})|[老小]{SURNAME}(?![\u4e00-\u9fff]{{1,4}}(?:{_ORG_HEADS}))){_HAN_NAME}|(?<=[A-Za-z]) (?=[A-Za-z\u4e00-\u9fff]))"
    r"{2,18})"
)
_SITE = r"(?:那边|那儿|那里|这边|公司|厂里|厂区|工厂|现场|总部|办公室|楼下)?"
_PERSON = rf"(?:{SURNAME}(?:{RANKS})|{SURNAME}[\u4e00-\u9fff]{{1,2}}(?:{LONG_RANKS})|[老小]{SURNAME}|[A-Z][a-z]+)"
_ORG = rf"(?:{ORGANISATION})"
_END = r"(?=[，。,；;、！!:：\s]|$)"
_TIME = r"(?:刚刚?|刚才|今天|昨天|前天|上午|下午|早上|中午|晚上|周[一二三四五六日天]|上周[一二三四五六日天]|今早|昨晚|昨儿|今儿)"
_ANCHORS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:刚刚?|才)?从{_NAME}(?={_SITE}(?:刚|那边)?(?:出|回|开完|谈完|聊完|过来|撤|拜访完|赶|往回))",
        rf"(?:拜访|走访|回访|跑|去|到|约见|拜会|考察|杀到|上门|陪同?.{{1,4}}去)(?:了|过|完|的是|一下)*(?:趟|一趟)?(?:客户)?{_NAME}(?={_SITE}(?:{_CUT}|{_PERSON}|{_END}))",
        rf"(?:和|跟|与|给|同|约了?|见了?|陪)(?:客户)?{_NAME}(?={_SITE}(?:的)?(?:{_PERSON}|他们|采购|设备|生产|技术|信息|开|聊|谈|通|碰|打|沟通|交流|视频|电话|过了|对了|做了|发))",
        rf"(?:^|[，。；;！\s]|第[一二三四]家[是去：:]*|另外|然后|还有|接着|最后){_TIME}?{_NAME}(?=那边|这边|这家|那家|那个单|这个单|的单子|的项目|这单|那单|项目|今天|昨天|刚|上午|下午|来电|打来|打电话|回复|通知|发来|(?:的)?{_PERSON})",
        rf"第[一二三四五]家(?:是|去的?是?|去了|跑的是|：|:)?{_NAME}",
        rf"(?:客户|单位)(?:名称|名字)?(?:是|叫|：|:){_NAME}{_END}",
        rf"^(?:{_TIME}|记一下|更新|汇报)*[，：:\s]*{_NAME}(?=[，：:。\s—-])",
    )
)
_SUFFIXED = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z]{{2,10}}?{_ORG}(?:{_ORG})*)(?!部|里|上|下|内|科|处|长|总|行业|行|人)"
)
_NOT_ACCOUNT_BEFORE = re.compile(
    r"(?:竞品|对手|友商|竞对|用的是?|在用|供应商是?|比|案例|给过|做过|换掉|替换|像|例如|比如|参考|他们(?:的)?客户|供货给|卖给|配套|给(?:[\u4e00-\u9fff]{0,6})?(?:供货|代工|配套)|输给了?|选了|签给了?|被|拿|除了|介绍的|通过|"
    r"我们(?:公司)?(?:是|叫)|隔壁(?:的)?|还有一家|另一家|外面的|找了|听说|问过|试过|引进过|上过)$"
)
_NOT_ACCOUNT_AFTER = re.compile(
    r"^(?:也)?(?:在)?(?:的)?(?:报价|报了|也在|也来|便宜|比我们|给的价|的价格|抢|家的|家便宜|的案例|给他们|已经报|的方案|的人|送样|介绍的|做过|案例)"
)
_LEAD = re.compile(
    rf"^(?:{_TIME}|我们?|又|先|再|就|才|还|一早|顺路|顺便|专门|特地|陪领导|客户|那个|这个|嗯|呃|那|是|在|去了?|到了?|跑了?|拜访了?|见了?|从|和|跟|给|对|与|关于|第[一二三四]家|另外|然后|接着|最后|还有|说一下|说说|汇报|记一下|更新|回访)+"
)
_TAIL = re.compile(r"(?:那边|这边|那儿|那里|公司那|的|今天|昨天|刚刚?|上午|下午|项目|这家|那家|厂里|他们)+$")

_CAPITALS = r"[A-Z][\w&'’.-]*(?:\s(?:(?:of|and|&|the|de|für)\s)?[A-Z0-9][\w&'’-]*)*"
_EN_SUFFIX = (
    r"(?:Inc|Ltd|LLC|Corp|Corporation|Group|GmbH|AG|SA|PLC|Co|Company|Foods?|Bank|Hospital|Clinic|University|College|School|Pumps?|Valves?|Motors?|Logistics|Pharma|Pharmaceuticals?|Chemicals?|Steel|Metals?|Plastics?|"
    r"Packaging|Energy|Power|Electric|Electronics|Systems|Technologies|Technology|Tech|Labs?|Health|Healthcare|Medical|Devices|Dairy|Dairies|Brewery|Brewing|Brewers|Textiles?|Paper|Mills?|Foundry|Machinery|Machines|Tools|Industries|Industrial|"
    r"Manufacturing|Engineering|Construction|Builders|Properties|Hotels?|Resorts?|Airlines?|Airways|Shipping|Freight|Transport|Retail|Stores?|Supermarkets?|Insurance|Capital|Partners|Holdings|Solutions|Software|Networks?|Telecom|Media|"
    r"Farms?|Agri\w*|Water|Gas|Oil|Mining|Glass|Ceramics|Furniture|Automotive|Auto|Aerospace|Robotics|Semiconductors?|Optics|Polymers?|Coatings|Biotech|Biosciences|Council|Authority|Ports?|Rail|Railways|Instruments|Castings?|Bakery|Bakeries|Components|Beverages?|Fashion|Apparel|Cosmetics)"
)
_EN_ANCHORS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:visit(?:ed|ing)?(?: to| with| at)?|left|leaving|back from|(?:came|come|coming|got|walked) out of|out of|went to|been to|been at|drove to|stopped by|dropped by|popped into|swung by|was at|over at|on site at|onsite at|news from|update (?:on|from|for|re)|feedback from|called|rang|emailed))\s(?:the\s)?(?P<name>{_CAPITALS})",
        rf"(?:\bat|\bfrom|\bof)\s(?:the\s)?(?P<name>{_CAPITALS})",
        rf"(?i:\b(?:meeting|call|lunch|demo|session|review|workshop|visit|chat|kick-?off|appointment|coffee|dinner|zoom|teams call)\s(?:today |yesterday |this morning |this afternoon )?(?:with|at|to))\s(?:the\s)?(?P<name>{_CAPITALS})",
        rf"^(?P<name>{_CAPITALS})(?::|\s[-–—]|,)",
        rf"\b(?P<name>{_CAPITALS})(?:'s|’s)\s(?:[a-z]+\s)*(?:procurement|purchasing|plant|team|buyer|CFO|CEO|CTO|CIO|GM|production|IT|board|engineer|manager|director|head|owner|quality|budget|finance)",
        rf"(?:^|[.!?]\s|\n|\bThen\s|\bthen\s)(?P<name>{_CAPITALS})\s(?:want|need|called|told|said|are|is|has|have|went|signed|cancel|postpone|just|will|bought|agreed|rejected|asked|confirmed|approved|decided)",
        rf"(?P<name>\b(?:[A-Z][\w&'’-]*\s)+{_EN_SUFFIX})\b",
    )
)
_EN_NOT_BEFORE = re.compile(
    r"(?i:\b(?:competitors?|against|versus|vs\.?|using|use|uses|used|compared (?:to|with)|than|quote from|offer from|proposal from|bid from|lost (?:it )?to|went with|chose|like|reference|case at|customer at|talking to|talked to|speaking (?:to|with)|also (?:at|with)|alongside|replac(?:e|ing)|switch(?:ing)? from|currently (?:on|with)|running|introduced by|supplies|supplier to|supply|sells? to)\s(?:the\s)?)$"
)
_EN_STOP = re.compile(
    r"^(?:I|We|They|He|She|It|The|A|An|Just|Met|Visited|Called|Spoke|Had|Good|Great|Quick|Today|Yesterday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|RMB|USD|EUR|CNY|CEO|CFO|CTO|CIO|COO|VP|GM|IT|HR|HQ|Q[1-4]|ERP|CRM|MES|WMS|PO|RFP|RFQ|Next|Their|Our|My|His|Her|But|And|So|Also|Then|Budget|Procurement|Finance|Legal|Operations|Production|"
    r"China|Europe|Germany|Shanghai|Beijing|Suzhou|Shenzhen|Christmas|Easter|Excel|Left|Back|Note|Update|Visit|Call|Meeting|Lunch|Demo|If|When|What|How|Can|Do|Does|Is|No|Not|Yes|Mr|Ms|Mrs|Dr|Decision|Timeline|Pain|Need|Needs|Action|Board|Quality|Sorry|Wait|Actually|Apparently|Overall|There|This|That|Here|Nothing|Everyone|Nobody|Long|Short|Two|Three|One|Morning|Afternoon|PLC|AI|SaaS|Teams|Zoom|Hi|Hello|Chinese|English|Competitor|Competition)$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in a message and where."""

    name: str
    start: int
    anchored: bool = True

    @property
    def end(self) -> int:
        """Where the name ends in the message."""
        return self.start + len(self.name)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One account with the parts of the message that speak of it."""

    name: str | None
    start: int
    spans: tuple[tuple[int, int], ...] = field(default_factory=tuple)

    def covers(self, position: int) -> bool:
        """True where that position of the message belongs to this account."""
        return any(first <= position < last for first, last in self.spans)


def stretches_of(message: str, known: Sequence[str] = (), others: Sequence[str] = ()) -> tuple[Stretch, ...]:
    """The accounts of the message in order, each with its parts; one nameless stretch where no account is named."""
    mentions = [
        mention for mention in mentions_in(message, known) if not any(_same(mention.name, other) for other in others)
    ]
    if not mentions:
        return (Stretch(None, 0, ((0, len(message)),)),)
    names: dict[str, list[Mention]] = {}
    for mention in mentions:
        key = next((name for name in names if _same(name, mention.name)), None)
        if key is not None and len(mention.name) > len(key):
            names = {mention.name if name == key else name: listed for name, listed in names.items()}
            key = mention.name
        names.setdefault(key or mention.name, []).append(mention)
    return tuple(_stretch(name, message, mentions, names) for name in names)


def _stretch(name: str, message: str, mentions: Sequence[Mention], names: dict[str, list[Mention]]) -> Stretch:
    spans: list[tuple[int, int]] = []
    for index, mention in enumerate(mentions):
        if mention in names[name]:
            begin = 0 if index == 0 else _clause_start(message, mention.start)
            end = _clause_start(message, mentions[index + 1].start) if index + 1 < len(mentions) else len(message)
            spans.append((begin, max(begin, end)))
    first = next((mention for mention in names[name] if mention.name == name), names[name][0])
    return Stretch(name, first.start, tuple(spans))


def mentions_in(message: str, known: Sequence[str] = ()) -> tuple[Mention, ...]:
    """The mentions of accounts in order: known names, and names in the places where reps put an account."""
    found = [*_known(message, known), *_chinese(message), *_english(message)]
    anchored = [mention for mention in found if mention.anchored]
    kept: list[Mention] = []
    for mention in sorted(anchored or found, key=lambda one: (-len(one.name) if one.anchored else 0, one.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _known(message: str, known: Sequence[str]) -> Iterator[Mention]:
    for name in known:
        for match in re.finditer(re.escape(name), message, re.IGNORECASE):
            if not _NOT_ACCOUNT_BEFORE.search(message[: match.start()]):
                yield Mention(match[0], match.start())


def _chinese(message: str) -> Iterator[Mention]:
    for pattern in _ANCHORS:
        for match in pattern.finditer(message):
            mention = _cleaned(message, match["name"], match.start("name"), anchored=True)
            if mention:
                yield mention
    for match in _SUFFIXED.finditer(message):
        stop = max((index for index, sign in enumerate(match["name"]) if sign in _BEFORE_STOP), default=-1)
        mention = _cleaned(message, match["name"][stop + 1 :], match.start("name") + stop + 1, anchored=False)
        if mention:
            yield mention


def _cleaned(message: str, name: str, start: int, *, anchored: bool) -> Mention | None:
    lead = _LEAD.match(name)
    if lead:
        name, start = name[lead.end() :], start + lead.end()
    name = _TAIL.sub("", name).strip()
    person = re.search(_PERSON, name)
    if not re.search("[\u4e00-\u9fff]", name):
        words = name.split()
        if not re.search("[\u4e00-\u9fff]", message) or any(
            _EN_STOP.match(word) or not word[0].isupper() for word in words
        ):
            return None
    elif person and not re.match("[A-Z]", person[0]):
        name = name[: person.start()].removesuffix("的")
    if not may_be_organisation(name) or not re.search(r"[\u4e00-\u9fffA-Z]", name):
        return None
    if _NOT_ACCOUNT_BEFORE.search(message[max(0, start - 12) : start]) or _NOT_ACCOUNT_AFTER.match(
        message[start + len(name) :]
    ):
        return None
    if anchored and not re.search(rf"{_ORG}$", name) and not _is_free_name(name):
        return None
    return Mention(name, start, anchored)


def _is_free_name(name: str) -> bool:
    """True where a name without an organisation's suffix is still likely one: a word the language has no other use for."""
    if len(name) > 8 and not re.search("[A-Za-z]", name):
        return False
    import jieba.posseg

    tags = [(pair.word, pair.flag) for pair in jieba.posseg.cut(name)]
    ordinary = {"v", "d", "r", "p", "c", "u", "ul", "uj", "m", "t", "y", "f", "a", "ad", "vn", "l", "i", "q", "s", "k"}
    return not all(flag in ordinary for _, flag in tags) or (len(tags) > 1 and all(len(word) == 1 for word, _ in tags))


def _english(message: str) -> Iterator[Mention]:
    for pattern in _EN_ANCHORS:
        for match in pattern.finditer(message):
            name, start = match["name"], match.start("name")
            words = name.split()
            while words and _EN_STOP.match(words[0].rstrip(".,'")):
                start += len(words[0]) + 1
                words = words[1:]
            name = re.sub(r"(?:'s|’s|[.,'-])$", "", " ".join(words))
            if len(name) < 2 or _EN_NOT_BEFORE.search(message[:start]) or not message[start:].startswith(name):
                continue
            if re.match(r"(?:Mr|Ms|Mrs|Dr)\b", name) or _EN_STOP.match(name):
                continue
            yield Mention(name, start)


def _clause_start(message: str, position: int) -> int:
    marks = [message.rfind(mark, 0, position) for mark in "，。,；;！!？?\n."]
    return max(marks) + 1


def _same(one: str, other: str) -> bool:
    """True where two mentions are one account: equal, or one a shorter form of the other."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return (
        short == long
        or long.startswith(short)
        or (len(short) >= 2 and long.endswith(short) and len(short) >= len(long) / 2)
    )
