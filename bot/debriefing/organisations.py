# ruff: noqa: E501 - patterns are read whole, one to a line
"""Where a message names an organisation in the place where reps put the account, with how strong the sign is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.debriefing.cues import words_of
from bot.debriefing.lexicon import is_branded, is_everyday_word, is_firm_stem, is_free_name
from bot.debriefing.names import (
    ANY_SURNAME,
    EN_SUFFIX,
    FIRM,
    LONG_RANKS,
    ORGANISATION,
    RANKS,
    SURNAME,
    may_be_organisation,
)
from bot.debriefing.on_demand import on_demand

_RANK_NEAR = r"总|董|经理|副经理|副?主任|副?处长?|副?科长|副?部长|副?厂长|副?院长|副?校长|副?行长|副?局长|副?所长|主管|老师|老板|工(?=，|。|说|聊|见|和|跟)|姐|哥|女士|先生|博士|师傅"
_PERSON = rf"(?:{ANY_SURNAME}(?:{RANKS})|{SURNAME}(?:(?!的)[\u4e00-\u9fff]){{1,2}}(?:{LONG_RANKS})|[老小]{SURNAME}|[A-Z][a-z]+)"
_DEPARTMENT = (
    r"(?:采购|设备|生产|技术|信息|质量|品质|财务|工程|机电(?!的)|研发|仓储|仓库|总务|后勤|运营|运维|器械|项目|安全|基建|行政|人事|物流|市场|法务|审计|工艺|动力|能源|数据|科技|网络|医务|教务|供应链)(?:[科部处室]|中心|总监|经理|主管|主任|负责|副总|的|[老小](?=[\u4e00-\u9fff]))|"
    rf"院办|厂办|总经办|所长|局长|站长|IT部?|老板|老总|厂长|院长|校长|矿长|董事长|总经理|护士长|化验室|车间|C[A-Z]O|VP|GM|{SURNAME}(?=[总董处科局工](?![\u4e00-\u9fff]{{0,3}}(?:{FIRM})))"
)
_CUT = (
    r"那边|那儿|那里|这边|公司(?=出来|回来|那)|厂里|工厂(?=出来|回来|那边)|现场|总部|办公室|楼下|一趟|出来|回来|过来|开完|开会|开了|谈|聊|见|找|做了|交流|拜访|看了|看看|演示|送|参观|跟|(?<![泰协仁三祥兴永元瑞康谦万义太天嘉德信])和(?!平|谐|美|润|泰|兴|记|盛|信)|把|"
    r"的(?!士)|说|在|今天|昨天|前天|今早|刚|上午|下午|来电|打电话|打来|打了|回复|通知|发来|发了|通了|通电|碰了|碰面|沟通|视频|对接|他们|她们|那个|这个|这家|那家|这单|那单|单子|项目|客户|了|是(?!达)|也|就|还|已经|因为|因|连着|上礼拜|上周|约到|约了|"
    rf"要(?!素)|想|不|没|有(?!色|机|道|赞|限|研|友)|给|让|被|签|续|催|换|停|等|黄了|丢了|中了|招标|预算|合同|{_DEPARTMENT}|{SURNAME}(?:{_RANK_NEAR})|{SURNAME}(?!的)[\u4e00-\u9fff](?:{LONG_RANKS})|[老小]{SURNAME}(?=，|。|说|聊|见|$)"
)
_SIGN = r"(?:[\u4e00-\u9fffA-Za-z0-9·&]|(?<=[A-Za-z0-9]) (?=[A-Za-z0-9\u4e00-\u9fff]))"
_NAME = rf"(?P<name>(?:(?!{_CUT}){_SIGN}){{2,18}})"
_TIME = r"(?:(?:刚刚?才?|刚才|今天|昨天|前天|上午|下午|早上|中午|晚上|一早|今早|昨晚|昨儿个?|今儿个?|(?:上|这)?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}号|(?:上|下)午)(?:[\d一二三四五六七八九十]+点(?:半|多|钟)?)?)"
_START = rf"(?:^|[，。；;！!？?、：:,.\s]|{_TIME}|我们?|又|再|先|就|后来|后面|最后|然后|接着|另外|还|陪.{{1,6}}|路过|转到|顺路|顺便|专门|特地|跑|主要|重点|嗯|呃|哎|那个)"
_SITE = r"(?:那边|那儿|那里|这边|公司|厂里|工厂|现场|总部|办公室|楼下)?"
_VISIT = (
    rf"(?:刚刚?|才)?从{_NAME}(?={_SITE}(?:的[\u4e00-\u9fff]{{2,4}})?(?:刚|那边)?(?:出|回|开完|谈完|聊完|过来|撤|拜访完|赶|往回))",
    rf"{_START}(?:(?:去|来)?拜访|去(?:看|参观)?(?!年)|到(?!了?[时点])|拜访|走访|回访|跑(?!步|业务)|约见|拜会|考察|上门|进|转到|路过)(?:了|过|完(?!美)|的是|的)?(?:一?趟|一下)?(?:(?:我们)?(?:那个|一个)?(?:老|大|新)?客户)?(?:那个|这个|隔壁楼?的|对面的|旁边的|楼[上下]的)?{_NAME}",
    rf"(?:见|拜访|去|跑)(?:了|完(?!美))?{_NAME}(?=的[\u4e00-\u9fff]{{1,4}}(?:办|部|处|科|中心|室|所|队|组)(?=[，。、说的见聊]))",
    rf"{_START}在{_NAME}(?={_SITE}(?:跟|和|见|聊|谈|开|做|碰|吃|给|测|装|调|待|呆|转|泡|蹲))",
    rf"(?:开完|参加完?|开了|听完){_NAME}(?=的[\u4e00-\u9fff]{{0,8}}(?:会|评审|开标|答辩|招标))",
    rf"拜访(?:了|过|完(?!美)|的是)?{_NAME}",
    rf"(?:和|跟|与){_NAME}(?=的[\u4e00-\u9fff]{{1,6}}?(?:吃|聊|谈|见|通|开|打|碰|交流|对))",
    rf"第[一二三四五]家(?:是|去的?是?|去了|跑的?是?|：|:)?{_NAME}",
    rf"{_START}(?:连着)?见(?:到|了|完(?!美)|过|的是|的)?(?:一下)?{_NAME}(?={_SITE}(?:的)?(?:{_PERSON}|{_DEPARTMENT}))",
)
_ROLE_NEXT = rf"[，,\s]?(?:的)?\s?(?:{_PERSON}|{_DEPARTMENT}|采购(?=\s?[A-Z])|创始人|合伙人|负责人|对接人|联系人|店长|园长|馆长|场长|站长|前台|门卫|保安|招商经理|销售总监|库主任|车队长|队长|主任|经理)"
_TALK = (
    rf"(?:和|跟|与|给|(?<!不)(?<!相)(?<!共)同|约了?|约到了?|陪)\s?(?:老|大|新)?(?:客户)?{_NAME}(?={_SITE}\s?(?:的)?\s?(?:{_PERSON}|他们|{_DEPARTMENT}))",
    rf"(?:和|跟|与|给|电话跟进|跟进|电话跟进|跟进|联系了?|回访了?)(?:老|大|新)?(?:客户)?{_NAME}(?={_SITE}(?:的)?(?:开|聊|谈|通(?!过)|碰|打(?:了|个|过|电话)|沟通|交流|视频|电话|过了|对了|做了|发|送|签|装|的?[\u4e00-\u9fff]{{0,6}}的事))",
    rf"(?:电话跟进|跟进|联系|回访)(?:了)?(?:客户)?{_NAME}(?=，|。)",
)
_CALLED = (
    rf"(?:客户|客户是|客户叫|客户，(?:就是)?|一家|有家|那家|新客户)(?:，)?(?:叫|叫做|是)?{_NAME}(?={_SITE}(?:今天|昨天|刚|来|的|，|也|说|想|要|反馈|反映|{_ROLE_NEXT}))",
    rf"(?:就是|做[\u4e00-\u9fff]{{1,6}}的)，?(?:那个|那家)?{_NAME}(?=嘛|吧|，|的{_ROLE_NEXT})",
    rf"(?:汇报|更新|说|讲|记|同步|聊)(?:一下|下)(?:关于)?{_NAME}(?=的|这|那|，)",
    rf"(?:见|见到|见了|拜访|约了?)(?:的是|的)?{_NAME}(?={_ROLE_NEXT})",
    rf"[好坏]消息[哈啊呀]?[，：:]{_NAME}(?=那边|的|这)",
    rf"(?:^|[。；\n])(?:今天)?(?:上午|下午|早上|中午|晚上)(?:是|：|:)?{_NAME}(?=[，：:])",
    rf"[，：:]{_NAME}(?=的[\u4e00-\u9fff]{{0,6}}(?:招标|项目|单子|合同|预算|采购))",
    rf"(?:那个|那家){_NAME}(?=[，、嘛吧])",
    rf"(?:是|叫|在){_NAME}(?={_ROLE_NEXT})",
    rf"(?:是|在|做了|当了){_NAME}(?=的(?:{_DEPARTMENT}|老板|副总|总监|经理|主任))",
    rf"(?:和|跟){_NAME}(?=的(?:几位|几个|人|团队|领导|同事|老总|高层))",
)
_TOPIC = (
    rf"(?:^|[。；;：:！!\n]|(?:丢|黄|成|签|中)了，|[一二三四]是|，?(?:另外|然后|还有|接着|最后|对了)，?){_TIME}?(?:，)?{_NAME}(?=那边|这边|这家|那家|那个[^，。]{{0,10}}(?:单|项目|事)|的[^，。]{{1,6}}(?:项目|单子|订单)|这个单|的单子|的项目|这单|那单|的招标|项目|今天|昨天|刚|上午|下午|来电|打来|打电话|回复|通知|发来|约到|约了|定了|签了|成了|中标|黄了|丢了|回款|(?:的)?(?:{_PERSON}|{_DEPARTMENT}))",
    rf"，{_NAME}(?=的(?:{_PERSON}|{_DEPARTMENT}))",
    rf"^{_NAME}(?={_ROLE_NEXT})",
    rf"(?:客户|单位)(?:名称|名字)?(?:是|叫|：|:|\s)\s?{_NAME}(?=[，。,\s]|$)",
    rf"^(?:{_TIME}|电话|微信|邮件|视频|回访|拜访|记录一下|记录|记一下|更新一下|更新|汇报一下|汇报|拜访记录)*[，：:\s]*{_NAME}(?=[，：:。\s—-])",
    rf"(?:with|at|from|在) {_NAME}(?= ?(?:的|那边|，|,))",
)
_PATTERNS = tuple(
    (on_demand(pattern), kind)
    for kind, group in (("visit", _VISIT), ("talk", _TALK), ("called", _CALLED), ("topic", _TOPIC))
    for pattern in group
)
_SUFFIXED = on_demand(
    rf"(?P<name>(?:(?!{_CUT}|[从到去跑访对与向被为这那陪替过来他她它]){_SIGN}){{2,10}}?(?:{FIRM})+)(?!部|里|上|下|内|科|处|长|总|行业|行|人|们|界|线|层|圈)"
)
_LEAD = on_demand(
    rf"^(?:[A-Z]?[a-z]+ (?:with|at|to|from) |{_TIME}|[见聊谈]?完(?!美)|我们?|又|先|再|就|才|还|一早|那个|这个|嗯+|呃+|哎|那|趟|个|家|关于|另外|然后|接着|最后|还有|汇报一下|汇报|记一下|更新|老客户|客户|主要|拜访|回访|去|叫做?(?=[\u4e00-\u9fff]{3}))+"
)
_PASSING_BEFORE = on_demand(
    r"(?:我们?[和跟与]|我们?|咱们?|竞品|对手|友商|竞对|主要是|用的是?|在用|用着|供应商是?|比|案例|给过|做过|换掉|替换|像|例如|比如|参考|(?:他们|她们|对方)(?:的)?(?:大|老|最大的?)?(?:客户|下游|上游)(?:是|有)?|供货给|卖给|配套|给(?:[\u4e00-\u9fff]{0,6})?(?:供货|代工|配套)|输给了?|选了|签给了?|"
    r"被|拿|除了|通过|我们(?:公司)?(?:是|叫)|隔壁(?:的)?|还有一家|有家叫|另一家|外面的|找了|听说|问过|试过|引进过|上过|在看|中的是|倾向)$"
)
_PASSING_AFTER = on_demand(
    r"^(?:那边|家)?(?:也)?(?:已经|在)?(?:的)?(?:报价|报了|也在|也来|便宜|比我们|给的价|的价格|抢|家的|家便宜|的案例|给他们|的人走|送样|介绍的|做过|案例|刚来|来做过)"
)
_PLACE = on_demand(
    r"(?:软件园|科技园|产业园|工业园|园区|开发区|高新区|大厦|广场|展馆|展会|大楼|机场|高铁站|火车站|会展中心)$"
)
_LABELLED = on_demand(r"(?:客户|单位)(?:名称|名字)?[：:]\s?$")
_AT_SITE = on_demand(r"(?:的[\u4e00-\u9fff]{2,4})?(?:那边|那儿|那里|这边|厂里|出来|回来|开完|谈完|聊完)")
_TOGETHER = on_demand(r"我们?[和跟与]")
_WITH_ROLE = on_demand(rf"^{_ROLE_NEXT}")
_RANK_ALONE = on_demand(
    rf"^(?:{RANKS}|技术员|业务员|{_DEPARTMENT}|门卫|前台|.*[组班队]|[一二三四五六七八九十百千几两]+[万千百多].*|到(?!达).*|现在.*|目前.*|[\u4e00-\u9fff]?总|.*(?:秘书|主任|经理|科长|部长|处长|厂长|院长|工程师))$"
)

_CAPITALS = r"[A-Z][\w&’-]*(?:\s(?:(?:of|and|&|the|de|für)\s)?[A-Z0-9][\w&’-]*)*"
_EN_VISIT = tuple(
    on_demand(pattern)
    for pattern in (
        rf"(?i:\b(?:visit(?:ed|ing)?(?: to| with| at)?|dropped in on|called on|looked in on|caught up with|left|leaving|back from|(?:came|come|coming|got|walked) out of|out of|went to|been to|been at|drove to|got through to|pitched to|presented to|stopped by|dropped by|popped into|swung by|was at|over at|on site at|onsite at|in at))\s(?:the\s)?(?P<name>{_CAPITALS})",
        rf"(?i:\b(?:meeting|call|calls|lunch|demo|session|review|workshop|visit|chat|kick-?off|phone|forth|follow(?:ed)?[- ]up|appointment|coffee|dinner|zoom|teams call)\s(?:today |yesterday |this morning |this afternoon )?(?:with|at|to))\s(?:the\s)?(?P<name>{_CAPITALS})",
        rf"(?:^|[.!?]\s|\n|\bFirst,?\s|\bSecond,?\s|\bThird,?\s|\bThen,?\s)(?P<name>{_CAPITALS})(?=:|\s[-–—]\s)",
        rf"(?i:\b(?:first|second|third|then|next|also|lost|won|closed|update (?:on|from|for|re)|news from|feedback from|called|rang|emailed|heard from))[,:]?\s(?P<name>{_CAPITALS})",
        rf"(?:\bat|\bfrom|\bof)\s(?:the\s)?(?P<name>{_CAPITALS})",
    )
)
_EN_TOPIC = tuple(
    on_demand(pattern)
    for pattern in (
        rf"\bThe\s(?P<name>{_CAPITALS})(?=\s(?:hotel|hospital|clinic|plant|school|factory|people|folks|team|guys|crew)\b)",
        rf"^(?:[A-Z][a-z]+ [a-z]+: )?(?P<name>{_CAPITALS})(?=:|\s[-–—]\s|,)",
        rf"\b(?P<name>{_CAPITALS})(?=(?:'s|’s)\s(?:[a-z]+\s)*(?:procurement|purchasing|plant|team|buyer|CFO|CEO|CTO|CIO|GM|production|IT|board|engineer|manager|director|head|owner|quality|budget|finance))",
        rf"(?:^|[.!?]\s|\n|[,:]\s)(?P<name>{_CAPITALS})(?=\s(?:want|need|called|told|said|are|is|has|have|went|signed|cancel|postpone|just|will|bought|agreed|rejected|asked|confirmed|approved|decided)\w*\b)",
        rf"(?P<name>\b(?:[A-Z][\w&’-]*\s)+{EN_SUFFIX}(?:\s[A-Z][a-z]+)*)\b",
        rf"(?i:\b(?:visited|visit|at|from|by|with|to|met|called|left)\s(?:the\s)?)(?P<name>(?:[a-z]+\s){{1,2}}(?i:{EN_SUFFIX}))(?=\s(?:today|yesterday|this)|[,.:])",
    )
)
_EN_PASSING = on_demand(
    r"(?i:\b(?:competitors?|against|versus|vs\.?|using|use|uses|used|compared (?:to|with)|than|above|below|quote from|offer from|proposal from|bid from|to|with|chose|like|reference|case at|customer at|talking to|talked to|speaking (?:to|with)|also (?:at|with)|"
    r"alongside|replac(?:e|ing)|switch(?:ing)? from|currently (?:on|with)|running|introduced by|supplies|supplier to|supply|sells? to|pay|evaluate|evaluating)\s(?:the\s)?)$"
)
_EN_THEIR = on_demand(
    r"(?:'s|’s)\s(?:\w+\s)?(?:CFO|CEO|CTO|CIO|GM|buyer|owner|manager|director|team|procurement|purchasing|engineer)\b"
)
_EN_VISIT_WITH = on_demand(
    r"(?i:\b(?:call|calls|meeting|lunch|demo|session|review|workshop|chat|coffee|dinner|visit|went|been|drove|visited|kick-?off|phone|forth|through|pitched|presented|follow(?:ed)?[- ]up|caught up)\s(?:\w+\s){0,2}(?:with|to)\s(?:the\s)?)$"
)
_EN_FIRM_AND_PERSON = on_demand(rf"^(?P<firm>(?:[A-Z][\w&’-]*\s)+{EN_SUFFIX})\s(?:Dr\.?\s)?[A-Z][a-z]+\s[A-Z][\w’-]+$")
_EN_ADDRESS = on_demand(r"\b(?:Mr|Mrs|Ms|Dr|Prof)\.\s$")
_EN_SPEAKS = on_demand(r"\s(?:told|said|says|wants?|asked|agreed|showed|mentioned|promised|thinks?|gave)\b")
_EN_STOP = on_demand(
    r"^(?:I|We|They|He|She|It|The|A|An|At|In|From|With|On|Over|Saw|Just|Met|Visited|Called|Spoke|Had|Good|Great|Quick|Today|Yesterday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|RMB|USD|EUR|CNY|CEO|CFO|CTO|CIO|COO|VP|GM|IT|HR|HQ|Q[1-4]|ERP|CRM|MES|WMS|PO|RFP|RFQ|Next|Their|Our|My|His|Her|But|And|So|Also|Then|Budget|Procurement|Finance|Legal|Operations|Production|"
    r"China|Europe|Germany|Singapore|Shanghai|Beijing|Suzhou|Shenzhen|Christmas|Easter|Excel|Left|Back|Note|Update|Visit|Call|Meeting|Lunch|Demo|If|When|What|How|Can|Do|Does|Is|No|Not|Yes|Mr|Ms|Mrs|Dr|Decision|Timeline|Pain|Need|Needs|Action|"
    r"Board|Quality|Sorry|Wait|Actually|Apparently|Overall|There|This|That|Here|Nothing|Everyone|Nobody|Long|Short|Two|Three|One|First|Second|Third|Lost|Won|Morning|Afternoon|PLC|AI|SaaS|Teams|Zoom|Hi|Hello|Chinese|English|Competitor|Competition|"
    r"Golden|Week|WeChat|SMS|PET|Money|Auditors|Price|Final|Average|Anything|Average|Quick|Site)$"
)


_RANK_NEAR_END = re.compile(rf"(?:{RANKS}|科|处|部|组)$")
_EARLY = 12
"""Where an abbreviation as good as opens the message."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in a message, where, and how strongly the place says that it is the account.

    weight: 5 known, 4 visited and named like a firm, 3 visited or talked to, 2 topic of the sentence, 1 in passing.
    """

    name: str
    start: int
    weight: int

    @property
    def end(self) -> int:
        """Where the name ends in the message."""
        return self.start + len(self.name)


def organisations_in(message: str, known: Sequence[str] = (), others: Sequence[str] = ()) -> tuple[Mention, ...]:
    """The organisations of the message in order, people and rivals (`others`) left out, the strongest of overlapping ones."""
    found = [one for one in (*_known(message, known), *_chinese(message), *_english(message)) if one.name not in others]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (-one.weight, -len(one.name), one.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _known(message: str, known: Sequence[str]) -> Iterator[Mention]:
    for name in known:
        for match in re.finditer(re.escape(name), message, re.IGNORECASE):
            if not _PASSING_BEFORE.search(message[: match.start()]):
                yield Mention(match[0], match.start(), 5)


def _chinese(message: str) -> Iterator[Mention]:
    if not re.search(r"[\u4e00-\u9fff]", message):
        return
    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(message):
            found = _cleaned(message, match["name"], match.start("name"))
            if found:
                name, start = found
                firm = bool(re.search(rf"(?:{ORGANISATION})$", name)) and len(name) > 2
                after = message[start + len(name) :]
                if (
                    (firm and is_firm_stem(_stem(name), acting_allowed=kind != "topic"))
                    or is_free_name(name)
                    or (is_branded(name) and not _RANK_NEAR_END.search(name))
                    or _LABELLED.search(message[:start])
                    or (_AT_SITE.match(after) and is_firm_stem(name))
                    or (_WITH_ROLE.match(after) and is_firm_stem(name) and not is_everyday_word(name))
                ):
                    weight = {"visit": 3, "talk": 3, "called": 2, "topic": 2}[kind] + int(firm)
                    yield Mention(name, start, 1 if _PLACE.search(name) else weight)
    for short in words_of("short_firms"):
        for match in re.finditer(short, message):
            if not _PASSING_BEFORE.search(message[: match.start()]):
                yield Mention(match[0], match.start(), 3 if match.start() < _EARLY else 1)
    for match in _SUFFIXED.finditer(message):
        found = _cleaned(message, match["name"], match.start("name"))
        if found and len(found[0]) > 3 and is_firm_stem(_stem(found[0])):
            yield Mention(found[0], found[1], 1)


def _stem(name: str) -> str:
    return re.sub(rf"(?:{ORGANISATION})+$", "", name)


def _cleaned(message: str, name: str, start: int) -> tuple[str, int] | None:
    lead = _LEAD.match(name)
    if lead:
        name, start = name[lead.end() :], start + lead.end()
    name = name.strip()
    if (
        not may_be_organisation(name)
        or name in words_of("places")
        or _RANK_ALONE.match(name)
        or re.fullmatch(_PERSON, name)
    ):
        return None
    if not re.search(r"[\u4e00-\u9fff]", name) and not all(
        word[0].isupper() and not _EN_STOP.match(word) for word in name.split()
    ):
        return None
    if re.search(r"\d", name) and not re.match(r"[A-Za-z]|360|58|3M|51", name):
        return None
    after = message[start + len(name) :]
    passing = _PASSING_BEFORE.search(message[max(0, start - 12) : start])
    if (passing and not (_TOGETHER.fullmatch(passing[0]) and _WITH_ROLE.match(after))) or _PASSING_AFTER.match(
        message[start + len(name) :]
    ):
        return None
    return name, start


def _english(message: str) -> Iterator[Mention]:
    for patterns, weight in ((_EN_VISIT, 3), (_EN_TOPIC, 2)):
        for pattern in patterns:
            for match in pattern.finditer(message):
                found = _bare(message, match["name"], match.start("name"))
                if found:
                    firm = bool(re.search(rf"\b{EN_SUFFIX}\b", found[0]))
                    yield Mention(found[0], found[1], weight + int(firm))


def _bare(message: str, name: str, start: int) -> tuple[str, int] | None:
    words = name.split()
    while words and _EN_STOP.match(words[0].rstrip(".,'")):
        start += len(words[0]) + 1
        words = words[1:]
    name = re.sub(r"(?:'s|’s|[.,'-])$", "", " ".join(words))
    if _EN_SPEAKS.match(message[start + len(name) :]) and (firm := _EN_FIRM_AND_PERSON.match(name)):
        name = firm["firm"]
    before = message[:start]
    if _EN_ADDRESS.search(before):
        return None
    if len(name) < 2 or not message[start:].startswith(name) or re.match(r"(?:Mr|Ms|Mrs|Dr)\b", name):
        return None
    of_theirs = _EN_THEIR.match(message[start + len(name) :])
    if _EN_PASSING.search(before) and not of_theirs and not _EN_VISIT_WITH.search(before):
        return None
    return name, start
