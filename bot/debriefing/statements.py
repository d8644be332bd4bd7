# ruff: noqa: E501
"""Which clause says a need, a pain, an objection, a criterion, a step of the decision or who decides: the rules' proposals."""

import re
from collections.abc import Iterator, Sequence

from bot.debriefing.clauses import Clause
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.wordings import as_noted, says
from bot.domain.visit import ObjectionKind

_NEGATED_NEED = re.compile(
    r"不(?:想|希望|需要|打算|考虑|要求)|没(?:有)?(?:需求|需要|打算|计划)|\b(?:don't|doesn't|do not|does not|didn't|no) (?:need|want|plan)",
    re.IGNORECASE,
)
_NEGATED_PAIN = re.compile(
    r"(?:没(?:有|什么|啥|出过)?|不(?:怎么|太|会|存在)?|从不|没再)(?:什么|啥|大的?)?(?:问题|故障|停机|投诉|麻烦|出错|出过错|坏过?|报废|卡)|\b(?:no|never|without|hardly any|zero) (?:\w+ )?(?:problems?|issues?|downtime|complaints?|errors?|breakdowns?|delays?)\b",
    re.IGNORECASE,
)
_NEGATED_OBJECTION = re.compile(
    r"不(?:担心|怕|嫌|贵|介意)|没(?:有)?(?:顾虑|担心|意见|异议)|价格(?:没|不是)问题|\b(?:no|without any|not (?:worried|concerned) about|isn't worried)\s?(?:concerns?|objections?|worries|about)?",
    re.IGNORECASE,
)
_ABOUT_RIVAL = re.compile(
    r"(?:觉得|嫌|说|抱怨|吐槽)?(?:现在用的|现有|目前的|老系统|旧|原来的|原供应商|他们家)", re.IGNORECASE
)
_OURS = re.compile(
    r"^(?:我(?!们?(?:的|家)?(?:价|报|产品|设备|方案|系统|东西|公司))|我们(?!的|家|价|报|贵|太|没|交|售后|品牌|公司|产品|设备|方案))|^(?:I|we)\b(?! are (?:too|more|higher))",
    re.IGNORECASE,
)
_BOSS = re.compile(r"(?:我们?|咱)(?:老板|领导|经理)|\b(?:my|our) (?:boss|manager)\b", re.IGNORECASE)
_KINDS: tuple[tuple[ObjectionKind, str], ...] = (
    (ObjectionKind.PRICE, r"贵|价|预算|便宜|打折|优惠|降(?!低)|让利|划算|成本高|费用|钱|expens|price|pric|cost|budget|discount|cheap|high(?:er)?\b|steep|afford"),
    (ObjectionKind.DELIVERY, r"交期|交货|到货|供货|工期|周期|产能|实施(?:慢|周期)|安装(?:慢|时间)|停产|停机|deliver|lead time|schedule|install|ramp|capacity|downtime"),
    (ObjectionKind.AUTHORITY, r"做不了主|说了不算|定不了|问.{0,4}(?:领导|老板|总部)|请示|上面|集团(?:不|没|要)|总部(?:不|没|要)|authority|headquarters|\bHQ\b|my boss|approval|can't decide"),
    (ObjectionKind.TIMING, r"不急|不着急|再等|再看|再说|明年|以后再|过(?:段|一段)|暂时|今年(?:不|没)|先放|先缓|缓一缓|忙|时机|太早|年后|节后|下半年|timing|next year|not now|wait|no (?:rush|hurry|urgency)|busy|priority|later|too early|quarter"),
    (ObjectionKind.TRUST, r"担心.{0,10}(?:质量|稳定|靠谱|服务|售后|倒闭|泄|安全|跟不上|做不|效果|能力|兼容)|没听|没用过|案例|业绩|资质|经验|不放心|信心|信不过|相信|怀疑|质疑|靠谱|售后|服务|响应|稳定|安全|小(?:公司|厂|众)|太新|品牌|国产|泄露|风险|兼容|精度|寿命|质量|trust|reference|proven|track record|never heard|support|service|reliab|secur|small|new\b|risk|local|quality|stab|burn"),
    (ObjectionKind.COMPETITOR, r"已经(?:有|签|用|定)|老供应商|合作(?:多年|很久|惯)|用(?:惯|习惯|顺手)|习惯|现有(?:供应商|系统)|关系(?:好|不错)|already|happy with|incumbent|existing|current (?:supplier|vendor)|competitor"),
    (ObjectionKind.NEED, r"不需要|没(?:这个|有这个|什么|啥)?(?:需求|必要)|用不上|够用|没兴趣|不感兴趣|没必要|don't need|doesn't need|no need|no interest|not interested|don't see|doesn't see"),
)  # fmt: skip
_LIST_MARK = re.compile(
    r"^(?:第?[一二三四五1-5][是、.)：:]?|首先|其次|再次|然后|还有|另外|最后|再有|以及|和)?(?:就)?(?:是)?"
)


def kind_of_objection(words: str) -> ObjectionKind:
    """The cause behind an objection, by its words."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words, re.IGNORECASE)), ObjectionKind.OTHER)


def statements_in(clauses: Sequence[Clause], taken: frozenset[int] = frozenset()) -> Iterator[Proposal]:
    """Proposals for what the customer wants, suffers, objects to and judges by, at most one per clause.

    `taken` holds the starts of clauses that other rules have used up.
    """
    previous: Field | None = None
    sentence = -1
    for clause in clauses:
        if clause.start in taken:
            previous, sentence = None, clause.sentence
            continue
        field = _field_of(clause.text)
        if field is None and previous is Field.CRITERION and clause.sentence == sentence and len(clause.text) <= 12:
            field = previous if _LIST_MARK.match(clause.text) and not _OURS.search(clause.text) else None
        if field is not None:
            yield from _proposals(field, clause)
        previous, sentence = field, clause.sentence


def _field_of(words: str) -> Field | None:
    if _BOSS.search(words):
        return None
    about_us = bool(re.search(r"我们|咱们?|你们|\b(?:us|our|your?)\b", words, re.IGNORECASE))
    if (
        says("objection", words)
        and not _NEGATED_OBJECTION.search(words)
        and not _OURS.search(words)
        and not (
            says("pain", words) and not about_us and not re.search(r"担心|怕|顾虑|嫌|贵|worr|concern|expens", words)
        )
    ):
        return Field.OBJECTION
    if says("criteria", words) and not _OURS.search(words):
        return Field.CRITERION
    if says("need", words) and not _NEGATED_NEED.search(words) and not _OURS.search(words):
        return Field.NEED
    if says("pain", words) and not _NEGATED_PAIN.search(words) and not _OURS.search(words):
        return Field.PAIN
    return None


def _proposals(field: Field, clause: Clause) -> Iterator[Proposal]:
    text = as_noted(clause.text)
    if field is Field.CRITERION:
        for item in _criteria(text):
            yield Proposal(field, item, clause.text)
    elif field is Field.OBJECTION:
        yield Proposal(field, text, clause.text, details={"kind": kind_of_objection(text).value})
    elif len(text) >= 3:
        yield Proposal(field, text, clause.text)


_CRITERIA_LEAD = re.compile(
    r"^.{0,12}?(?:看重|在意|关心|关注|在乎|考虑|标准|评分|指标|取决于|优先|看)(?:的)?(?:三点|两点|几点|两样|三样|几个方面|两个|三个)?(?:东西)?(?:是|就是|主要是|有|还是|:|：)?(?:[一1][是、])?|"
    r"^.*?\b(?:cares? (?:most |mainly |mostly |a lot )?about|(?:matters? most|criteria|priorit(?:y|ies)|most important(?: thing)?)(?: (?:is|are|for them|to them|to him|to her))*|(?:judge|decide|choose|select|evaluate|compare|scor\w+)\w*(?: \w+){0,3}? (?:on|by|based on)|comes? down to|looks? (?:mainly |mostly )?at)\s?:?\s",
    re.IGNORECASE,
)


def _criteria(text: str) -> list[str]:
    lead = _CRITERIA_LEAD.match(text)
    rest = text[lead.end() :] if lead and len(text) - lead.end() >= 2 else text
    rest = re.sub(
        r"^(?:第?[一二三四五][是、]|[1-5][.、]|其次是?|然后是?|还有就?是?|以及|再就是|再是|and |then )", "", rest
    )
    parts = [
        part.strip()
        for part in re.split(
            r"、|(?<=[\u4e00-\u9fff])(?:和|跟|以及|还有)(?=[\u4e00-\u9fff])|,\s(?:and\s)?|\sand\s", rest
        )
    ]
    return [part for part in parts if len(part) >= 2] if all(len(part) <= 24 for part in parts) else [rest]


def decisions_in(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Proposal]]:
    """Proposals for who can say yes, the steps to it and who works for us inside, with their clauses."""
    for clause in clauses:
        words = clause.text
        if _BOSS.search(words):
            continue
        if says("champion", words) and not re.search(
            r"不(?:支持|挺|愿意|认可|看好)|没(?:人)?(?:帮|支持)|\bnot\b|n't\b", words
        ):
            yield clause, Proposal(Field.CHAMPION, as_noted(words), words)
        elif says("authority", words) and not re.search(r"做不了主|说了不算|定不了|不是(?:他|她)(?:定|说了算)", words):
            yield clause, Proposal(Field.AUTHORITY, as_noted(words), words)
        elif (
            says("process", words)
            and not _OURS.search(words)
            and not re.search(r"没(?:有)?(?:走|上|过)|不(?:用|走|需要)(?:招|走|上)", words)
        ):
            yield clause, Proposal(Field.PROCESS, as_noted(words), words)
