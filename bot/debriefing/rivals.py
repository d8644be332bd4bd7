# ruff: noqa: E501 - patterns are read whole, one to a line
"""Rivals and incumbent suppliers that a message names, with the words that make them rivals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.debriefing.cues import words_of
from bot.debriefing.lexicon import brand_words_in, is_free_name
from bot.debriefing.names import FIRM, RANKS, SURNAME, may_be_organisation
from bot.debriefing.on_demand import on_demand

_STOP = (
    r"呃|嗯|汇报|电话|的|在|也|都|就|给|报|说|跟|和|与|还|已经|前|上周|昨天|今天|刚|来|去|了|，|。|；|、|那边|这边|那家|家(?=的|也|在|来|报|，|。)|他们|用|做|比|便宜|贵|高|低|系统|设备|机器|产品|的|方案|价格|报价|要|有|没|不|因为|但|"
    r"售后|服务|交期|三年|两年|多年|年|一直|好几|合作|软件|平台|机床|阀门|样品|样机|抢|谈|接触|联系|对比|相比|更|呢|吧|啊|是|中了|拿|送|递|签|之后|以后|又|才|这|那|老|坏|慢|快|好|差|贵|价|做过|公司(?=的|也|在|来|报|，|。)"
)
_NAME = rf"(?P<name>(?:(?!{_STOP})[\u4e00-\u9fffA-Za-z0-9·&]|(?<=[A-Za-z]) (?=[A-Z])){{2,12}})"
_LIST = rf"(?P<names>(?:(?!{_STOP})[\u4e00-\u9fffA-Za-z0-9·&]|(?<=[A-Za-z]) (?=[A-Z])){{2,12}}(?:(?:、|和|跟|还有|以及|，还有)(?:(?!{_STOP})[\u4e00-\u9fffA-Za-z0-9·&]){{2,12}})*)"
_PATTERNS = tuple(
    on_demand(pattern)
    for pattern in (
        rf"(?:竞品|竞争对手|竞对|友商|对手)(?:公司)?(?:主要|目前|现在|就|还)?(?:是|有|包括|为|：|:)?{_LIST}",
        rf"(?:现在|目前|之前|以前|一直|原来|原先|老的?|现有的?|手上|正在|当前|一直以来)(?:也|都|还|主要|在)?(?:用|使|采购|买|上)(?:着)?(?:的)?(?:都|还)?(?:是|就是)?{_LIST}",
        rf"(?:在用|用的(?:都|还|就)?是|用着|用的){_LIST}",
        rf"(?:供应商|供货商|服务商|厂家|承建商|集成商|老供应商)(?:一直|现在|目前|原来|以前)?(?:是|叫|就是|为){_LIST}",
        rf"(?:^|[，。；、\s]|说|听说|还有|有|知道|但|因为|而|家叫|其中|不过){_NAME}(?:那边|他们|家|那家|公司)?(?:也|又|前两天|昨天|上周|上个月|已经|这周|刚|刚刚|最近|一直|都)*(?:在|来|去)?(?:跟|跟进|接触|谈|报了|报价|报的|报(?![警废修表销错名])|送了?样|递了?方案|做了?演示|抢|挖|投标|竞标|围标|盯|磨|参与|入围|掺和|给的?价|给的?报价|出价|低价|中标|中了)(?!给)",
        rf"(?:供应商|供货商|厂家|服务商){_NAME}",
        rf"(?:之前|以前|原来|一直|现在|目前|去年|都)(?:是|都)?(?:从|跟|在|找|向){_NAME}(?:那边|那里|家)?(?:买|拿|采购|进|订|合作|做|供)",
        r"(?i:prefer|用的是|倾向于?)\s?(?P<names>[A-Z][A-Za-z0-9]+)",
        rf"(?:另外|其他|剩下|还有)(?:的)?[一两三四]家(?:分别)?(?:是|叫)?{_LIST}",
        rf"(?:现在|目前|眼下)的是{_LIST}",
        rf"(?:一?家|有个|有一家)(?:叫|叫做|是){_NAME}(?:的)?",
        rf"(?:跟|和|与){_NAME}(?:的人|那边的人|家)?(?:走得|关系|合作|很熟|签了|有合同|有协议|绑)",
        rf"(?:^|[，。；]|说|其中|听说){_NAME}(?:的人|的销售|家)?(?:上|前|昨|今|这|刚|也|最近|早就|一直|已经)[^，。]{{0,6}}?(?:做过|来过|去过|报过|送过|演示|拜访|试过|跟进|接触|报价|测试|交流)",
        rf"(?:也|还|同时|正|都)(?:有)?(?:在)?(?:看|找|谈|接触|约|对比|比较|考察|联系|考虑|问|试)(?:了|过|的)?(?:了)?{_LIST}",
        rf"(?:跟|和|拿|与|同){_LIST}(?:家)?(?:的)?(?:在)?(?:做)?(?:比(?!亚)|对比|相比|比较|比价|PK|pk|竞争)",
        rf"(?<!对)(?<!相)比{_NAME}(?:家|那边|他们)?(?:的)?(?:还|要|都)?(?:贵|便宜|高|低|好|差|强|慢|快|多|少|长|短)",
        rf"(?:换掉|替换掉|输给了?|丢给了?|选了|选的|签了|签给了?|给了|定了|被)(?:的)?(?:是)?{_NAME}(?=抢|拿|中|$|，|。|的|了|、|家)",
        rf"(?:^|[，。；、\s]|说|听说|但|不过|嫌){_NAME}(?:家)?(?:的)?(?:价格|报价|方案|产品|设备|系统|机器|售后|服务)?(?:比我们|比咱们?)",
        rf"(?:还有|另外)(?:一家|个)?(?:叫|是)?{_NAME}(?:也)?(?:在|报|来|参与|投)",
        rf"(?:倾向(?:于)?|偏向|看好|中意|属意){_NAME}(?=$|，|。|的|那|家)",
        rf"(?:我们|咱们)(?:和|跟|与){_NAME}(?:在)?(?:谈|比|竞争|争|两家|之间|，|。)",
        rf"(?:有|被){_NAME}(?:在)?(?:竞争|搅局|抢|截胡|低价)",
        rf"(?:跟|和|与){_NAME}(?=签了|签的|续了)",
        rf"(?:供货|供应|供料|配套|维护|维保)的(?:是|就是)?{_NAME}(?=老|总|一直|经常|，|的|也|。|$)",
        rf"(?:就|要|不然就|不行就|考虑|打算|准备)(?:换|找|用|上|买){_NAME}(?=的|$|，|。)",
        rf"(?:是|用的是|都是)?{_NAME}(?=(?:免费)?(?:投放|铺|供货|供应)的)",
        rf"[一二三四五六七八九半\d]成(?:给|是|用|从)(?:了)?{_NAME}(?=$|，|。|的)",
        rf"(?:除了)?(?:我们|咱们)(?:以外|之外)?、{_LIST}",
        rf"{_NAME}(?:家)?(?:的)?(?:合同|协议|维保|服务)(?:.{{0,6}})?到期",
    )
)
_CAPITALS = r"[A-Z][\w&'’-]*(?:\s[A-Z][\w&'’-]*){0,3}"
_EN_LIST = rf"(?P<names>{_CAPITALS}(?:(?:, (?:and )?| and | or | & ){_CAPITALS})*)"
_EN_PATTERNS = tuple(
    on_demand(pattern)
    for pattern in (
        rf"(?i:\b(?:competitors?|competition|rivals?|competing with|up against))(?i:\s(?:is|are|include[s]?|here|there))*[:,]?\s{_EN_LIST}",
        rf"(?i:\blost\b[^.,;]{{0,30}}?\bto\s)(?P<names>{_CAPITALS})",
        rf"(?i:\b(?:stay(?:ing|ed)?|stick(?:ing)?|remain|been|are|is|going|gone) (?:on|with)\s){_EN_LIST}",
        rf"(?i:\b(?:is|are|was|comes|came|bought|unit|system|machine|ones?) from\s)(?P<names>{_CAPITALS})(?=[.,;]|$)",
        rf"{_EN_LIST}(?i:\s(?:is|are) (?:both|all) (?:in|bidding|quoting|there)\b)",
        rf"(?P<names>{_CAPITALS})(?i:\s(?:already\s|also\s|just\s)?(?:did|gave|ran|had) (?:a|an|the|their) (?:demo|trial|presentation|pilot|pitch))",
        rf"(?i:\b(?:quotes?|offers?|bids?|proposals?|prices?) (?:from|by)\s){_EN_LIST}",
        rf"(?i:\bshort-?list(?:ed)?:?\s(?:also\s|are\s|is\s)?){_EN_LIST}",
        rf"(?P<names>{_CAPITALS})(?i:\s(?:has|have|had|holds?) the (?:\w+ )?contract|\s(?:is|are) (?:already |also |still )?in (?:the|there)|\s(?:won|beat us|got the (?:order|deal)))",
        rf"(?i:\bthan (?:they|he|she) pays?\s){_EN_LIST}",
        rf"\b(?:us|we) (?:and|or|vs\.?|versus|against) {_EN_LIST}",
        rf"(?i:\b(?:competitors?|competition|rivals?|competing with|up against|against|versus|vs\.?|incumbent|current (?:supplier|vendor|provider|system)|existing (?:supplier|vendor|system))(?:\s(?:is|are|include[s]?|here|there|supplier|vendor|being))*[:,]?\s(?:the\s)?){_EN_LIST}",
        rf"(?i:\b(?:currently|now|still|already|been|they|also|he|she)\s(?:use|using|uses|run|running|runs|buy|buying|buys|on|work(?:s|ing)? with|have|has|with)\s(?:an?\s|the\s)?(?:old\s)?){_EN_LIST}",
        rf"(?i:\b(?:using|uses|use|switch(?:ing)? from|replac(?:e|ing)|lost (?:it |the deal |the order )?to|(?:moving|going|moved|go) ahead with|going with|went with|gone with|chose|chosen|prefers?|favou?rs?|leaning (?:to|towards?)|quotes? from|offers? from|proposals? from|bids? from|demo from|pitch from|compared? (?:us )?(?:to|with|against)|comparing (?:us )?(?:to|with|against)|above|below|evaluate|cheaper than|more expensive than|higher than|lower than|also talking to|looking at|evaluating|considering|trialling|trialled|tried|tested|piloted|piloting|testing)\s(?:also\s)?(?:the\s)?){_EN_LIST}",
        rf"{_EN_LIST}(?i:\s(?:is|are|was|were|has|have|had)?\s?(?:also\s|already\s|just\s|will\s)*(?:quoted|quoting|bidding|bid|pitch(?:ed|ing)|offer(?:ed|ing|s)?|undercut\w*|demoed|in the (?:race|running|mix)|in there|sniffing|circling|came in|is cheaper|are cheaper|is \d+%|cheaper|submitted|been in|visited them)\b)",
        rf"{_EN_LIST}(?:'s|’s)?(?i:\s(?:quote|price|offer|bid|proposal|system|contract)\b)(?i:.{{0,20}}(?:lower|cheaper|higher|below|under|less|expires|ends|runs out))",
    )
)
_UNNAMED = on_demand(
    r"^(?:一家|两家|三家|几家|别家|别人|另一家|另外.{0,3}|其他.{0,3}|国产.{0,4}|进口.{0,4}|外地.{0,3}|本地.{0,3}|同行.{0,3}|我们.{0,3}|你们.{0,3}|咱们?.{0,2}|他们.{0,3}|客户.{0,3}|对方.{0,2}|去年.{0,2}|市场.{0,3}|预期.{0,3}|"
    r"人工|手工|纸质.{0,3}|表格|竞争对手|对手|友商|竞品|供应商|小厂.{0,2}|大厂.{0,2}|隔壁.{0,4}|电话|微信|钉钉|飞书|企业微信|邮件|Excel.*|excel.*|WPS|Word|领导|老板|集团|总部|采购|财务|技术|设备|车间|大家|谁|什么|哪家|这家|那家|上家|下家|厂家|对外|方案|价格|合同|手机|"
    r"[\u4e00-\u9fff]{0,2}(?:总|经理|主任|处长|科长|部长|厂长|院长|工|部|科|处|部门|办|老师|书记|行长)|老[\u4e00-\u9fff]|小[\u4e00-\u9fff]|.*(?:万|年|月|天|周|次|个|台|套|块|元|点|成|%|号)|自己.{0,4}|本来.*|现在.*|目前.*|之前.*|以前.*|今年.*|明年.*|正式.*|竞.*|招.*|投.*|流程.*|技术.*|"
    r"(?:I|We|They|He|She|It|The|Excel|ERP|MES|CRM|WMS|RFP|RFQ|PO|CEO|CFO|CTO|GM|VP|IT|HR|HQ|Q[1-4]|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|China|Chinese|German|European|English|Mr|Ms|Mrs|Dr|Google|Word|PowerPoint|WhatsApp|WeChat|Teams|Zoom)\b.*)$"
)


@dataclass(frozen=True, slots=True)
class Rival:
    """A rival's name, where it stands and the words around it that made it one."""

    name: str
    start: int
    quote_start: int
    quote_end: int
    certain: bool = False


def rivals_in(message: str, not_rivals: tuple[str, ...] = ()) -> tuple[Rival, ...]:
    """The rivals a message names; unnamed firms, the customer itself and people are none."""
    found: dict[str, Rival] = {}
    for rival in sorted(_candidates(message), key=lambda one: one.start):
        plausible = may_be_organisation(rival.name) and not _UNNAMED.match(rival.name) and _is_name(rival.name)
        clash = not rival.certain and any(rival.name in name or name in rival.name for name in not_rivals)
        if plausible and not clash and not any(rival.name in name or name in rival.name for name in found):
            found[rival.name] = rival
    return tuple(found.values())


def _is_name(name: str) -> bool:
    if not re.search("[\u4e00-\u9fff]", name):
        return name[0].isupper()
    return (
        name in words_of("brands") or bool(re.search(rf"(?:{FIRM})$", name)) or (len(name) <= 5 and is_free_name(name))
    )


_ACRONYM = on_demand(
    r"^(?:GPU|CPU|LoRa|PMS|ICP|PPAP|GMP|ISO|CIP|OEE|MES|WMS|ERP|CRM|OA|PLM|SCM|BOM|SOP|KPI|ROI|TCO|POC|PPT|PDF|SaaS|API|HIS|LIS|PACS|EMR|CE|FDA|NMPA|UL|ROHS|RoHS|FAT|SAT|PLC|DCS|SCADA|AGV|RFID|GPS|LED|PET|PVC|CDP|BI|AI|IT|HR|QA|QC|RD|PR|PO|NDA|SLA|CIO|CEO|CFO|CTO|COO|GM|VP|FAE|AE|PM|MRO|OEM|ODM|WiFi|APP|App|Excel|Word)$"
)
_CUE = on_demand(
    r"对手|竞争|竞品|友商|供应商|厂家|也(?:在|来|去|报|有)|的报价|在用|用的|装的|试过|比我们|中标|中的|投标|在投|维保|合作.{0,4}年|老系统|原来的|现有的|在争|抢|拿走|选了|倾向|对比|除了我们|外包给|给他们(?:做|供)|"
    r"做[^，。]{1,8}的是|签给|丢给|输给"
)
_NO_CUE = on_demand(r"我们(?:给|帮|为|做过|的案例)|案例|他们(?:的)?(?:客户|下游|甲方)|介绍")


def _by_cue(message: str) -> Iterator[Rival]:
    """Brand-like words of clauses that speak of rivals or of who supplies today."""
    for clause in (*re.finditer(r"[^，。；！？\n,;]+", message), *_rival_sentences(message)):
        if _CUE.search(clause[0]) and not _NO_CUE.search(clause[0]):
            brands = [(brand, clause[0].find(brand)) for brand in words_of("brands") if brand in clause[0]]
            latin = re.finditer(
                r"(?<![A-Za-z])[A-Z][A-Za-z]{1,11}(?![A-Za-z])(?=[^A-Za-z]*[\u4e00-\u9fff]|$)", clause[0]
            )
            brands += [(word[0], word.start()) for word in latin if _has_han(clause[0]) and not _ACRONYM.match(word[0])]
            for word, place in (*brands, *brand_words_in(clause[0])):
                after = clause[0][place + len(word) :]
                if not re.search(rf"(?:{RANKS})$", word) and not re.match(
                    rf"(?:{RANKS}|说|觉得|问|想|告诉|反映|提|大学|医院|市|省|区|那边的?(?:{SURNAME}))", after
                ):
                    yield Rival(word, clause.start() + place, clause.start(), clause.end())


def _rival_sentences(message: str) -> Iterator[re.Match[str]]:
    """Whole sentences about the rivals, whose names may follow a comma."""
    return (
        one
        for one in re.finditer(r"[^。；！？\n;]+", message)
        if re.search("对手(?!机)|竞品|友商", one[0]) and len(one[0]) < 40
    )


def _has_han(words: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", words))


def _candidates(message: str) -> Iterator[Rival]:
    yield from _by_cue(message)
    for number, pattern in enumerate((*_PATTERNS, *_EN_PATTERNS)):
        for match in pattern.finditer(message):
            group = "names" if "names" in pattern.groupindex else "name"
            for name in re.finditer(r"(?:(?!、|和|跟|还有|以及|，|, (?:and )?| and | or | & ).)+", match[group]):
                words = name[0].strip()
                start = match.start(group) + name.start() + len(name[0]) - len(name[0].lstrip())
                yield Rival(words, start, match.start(), match.end(), certain=number in (0, len(_PATTERNS)))
