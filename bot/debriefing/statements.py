# ruff: noqa: E501 - patterns are read whole, one to a line
"""Which clause says a need, a pain, an objection, a criterion, a step of the decision or who decides: the rules' proposals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.debriefing.clauses import Clause
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.reading_sense import NOTHING_SENSED, Sensed, Senses
from bot.debriefing.wordings import as_noted, says
from bot.domain.visit import ObjectionKind

_NEGATED_NEED = re.compile(
    r"不(?:想|希望|需要|打算|考虑|要求)|没(?:有)?(?:需求|需要|打算|计划)|\b(?:don't|doesn't|do not|does not|didn't|no) (?:need|want|plan)",
    re.IGNORECASE,
)
_NEGATED_PAIN = re.compile(
    r"没(?:有|出过?|再|怎么|什么|啥)*(?:什么|啥|大的?)?(?:问题|毛病|故障|停机|投诉|麻烦|错|坏)|(?:没(?:有|什么|啥|出过)?|不(?:怎么|太|会|存在)?|从不|没再)(?:什么|啥|大的?)?(?:问题|故障|停机|投诉|麻烦|出错|出过错|坏过?|报废|卡)|\b(?:no|never|without|hardly any|zero) (?:\w+ )?(?:problems?|issues?|downtime|complaints?|errors?|breakdowns?|delays?)\b",
    re.IGNORECASE,
)
_NEGATED_OBJECTION = re.compile(
    r"不(?:担心|怕|嫌|贵|介意)|没(?:有)?(?:顾虑|担心|意见|异议)|价格(?:没|不是)问题|\b(?:no|without any|not (?:worried|concerned) about|isn't worried)\s?(?:concerns?|objections?|worries|about)?",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"^(?:我(?!们?(?:的|家)?(?:价|报|产品|设备|方案|系统|东西|公司))|我们(?!的|家|价|报|贵|太|没|交|售后|品牌|公司|产品|设备|方案))|^(?:I|we)\b(?! are (?:too|more|higher))",
    re.IGNORECASE,
)
_BOSS = re.compile(r"(?:我们?|咱)(?:老板|领导|经理)|\b(?:my|our) (?:boss|manager)\b", re.IGNORECASE)
_KINDS = (
    ObjectionKind.PRICE,
    ObjectionKind.DELIVERY,
    ObjectionKind.AUTHORITY,
    ObjectionKind.TIMING,
    ObjectionKind.TRUST,
    ObjectionKind.COMPETITOR,
    ObjectionKind.NEED,
)
_LIST_MARK = re.compile(
    r"^(?:第[一二三四五][，、,是]?|[一二三四五](?:是|、)|[1-5][、.)）：:]|首先|其次|再次|再就是|再有|还有一?[个点]|另一个|另外一个|一个是|一方面|(?:first|second|third)(?:ly)?\b,?)\s?(?:就?是)?"
)
_HEADER = re.compile(
    r"(?:[两二三四几]|\d)(?:个|点|条|样|方面|件事|项)(?:要求|顾虑|问题|担心|需求|事|标准|东西|疑问|痛点)?[：:]?$|(?:要求|顾虑|问题|需求|标准|痛点)(?:有|是|包括)?(?:[两二三四几]|\d)(?:个|点|条|样)|\b(?:two|three|four) (?:things|points|concerns|requirements|needs|problems|issues|criteria|questions)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[\d%％]|百分之|[一二两三四五六七八九十百千几半]+(?:多|来|几)?(?:个|次|回|台|套|万|千|块|天|小时|分钟|吨|人|倍|成|家|平|米|度|年|月|周|公里|件|亿|页|户|颗)|分之|\b(?:two|three|four|five|six|ten|half|twice|double|per)\b"
)
_SUBJECT = re.compile(
    r"[老小][\u4e00-\u9fff](?:说|问|觉得)|(?:负责人|主管|厂长|店长|园长|院长|老板|采购)[\u4e00-\u9fff]{0,3}(?:说|问|觉得|态度)|(?:总|经理|主任|科长|部长|处长|工)态度|我|咱|他说|她说|客户说|对方说|(?:总|经理|主任|科长|部长|处长|工)(?:说|觉得|想|也|要|会|是|表示|提)|\b(?:I|we|he|she|they)\b",
    re.IGNORECASE,
)
_OTHER_TOPIC = re.compile(
    r"叫|人很|人挺|用的|在用|现在用|目前用|预算|竞争|对手|他挺|她挺|满意|\b(?:they|currently|using|budget)\b",
    re.IGNORECASE,
)
_SHORT_TAIL = 10
_STATED = frozenset({Field.NEED, Field.PAIN, Field.OBJECTION, Field.CRITERION})
_LABELS = {
    **dict.fromkeys(("需求", "客户需求", "要求", "Needs", "Need"), Field.NEED),
    **dict.fromkeys(("痛点", "问题", "难点", "现状问题", "Pain", "Pains"), Field.PAIN),
    **dict.fromkeys(("顾虑", "异议", "担心", "Objections", "Concerns"), Field.OBJECTION),
    **dict.fromkeys(("标准", "决策标准", "评选标准", "关注点", "Criteria"), Field.CRITERION),
}
_HEADED = {
    "要求": "need",
    "需求": "need",
    "顾虑": "objection",
    "担心": "objection",
    "疑问": "objection",
    "问题": "pain",
    "痛点": "pain",
    "标准": "criteria",
    "看": "criteria",
    "concern": "objection",
    "requirement": "need",
    "need": "need",
    "problem": "pain",
    "issue": "pain",
    "criteria": "criteria",
}


@dataclass(frozen=True, slots=True)
class _Said:
    """A run of clauses that make one statement."""

    field: Field
    first: Clause
    last: Clause


def kind_of_objection(words: str) -> ObjectionKind:
    """The cause behind an objection, by its words."""
    return next((kind for kind in _KINDS if says(f"kind_{kind}", words)), ObjectionKind.OTHER)


def statements_in(
    message: str, clauses: Sequence[Clause], taken: frozenset[int] = frozenset(), senses: Senses = NOTHING_SENSED
) -> Iterator[Proposal]:
    """Proposals for what the customer wants, suffers, objects to and judges by.

    A clause that only adds a figure or a few words goes with the one before; `taken` holds the starts of clauses
    that other rules have used up. What is sensed of a clause goes before single words.
    """
    for said in _runs(clauses, taken, senses):
        yield from _proposals(said.field, message[said.first.start : said.last.end])


def _runs(clauses: Sequence[Clause], taken: frozenset[int], senses: Senses) -> Iterator[_Said]:
    said: _Said | None = None
    heading: Field | None = None
    labelled = -1
    for clause in clauses:
        field = None if clause.start in taken else _field_of(clause.text, senses.get(clause.start))
        head = _heading(clause.text)
        if head is not None:
            heading, field = head, None
            labelled = clause.sentence if clause.text.strip() in _LABELS else -1
        elif (
            heading is not None
            and clause.start not in taken
            and (_LIST_MARK.match(clause.text) or labelled == clause.sentence)
        ):
            field = heading if field is None or heading is not Field.NEED or labelled >= 0 else field
        follows = said is not None and clause.start not in taken and clause.sentence == said.last.sentence
        if said is not None and follows and _goes_on(said, field, clause.text):
            said = _Said(said.field, said.first, clause)
            continue
        if said is not None:
            yield said
        said = _Said(field, clause, clause) if field is not None and head is None else None
    if said is not None:
        yield said


def is_own_statement(words: str) -> bool:
    """True where the rep speaks of himself or his own firm, not of the customer."""
    return bool(_OURS.search(words) or _BOSS.search(words))


def _kind_said(said: _Said) -> ObjectionKind:
    return kind_of_objection(said.last.text)


def _heading(words: str) -> Field | None:
    """The field that a heading such as 「提了两个顾虑」 or 「痛点：」 promises for the items after it."""
    label = _LABELS.get(words.strip())
    if label is not None:
        return label
    if not _HEADER.search(words):
        return None
    fields = {"need": Field.NEED, "objection": Field.OBJECTION, "pain": Field.PAIN, "criteria": Field.CRITERION}
    return next((fields[idea] for sign, idea in _HEADED.items() if sign in words.lower()), Field.NEED)


def _goes_on(said: _Said, field: Field | None, words: str) -> bool:
    if (
        _OTHER_TOPIC.search(words)
        or _SUBJECT.search(words)
        or _LIST_MARK.match(words)
        or len(words) > 24
        or said.last.end - said.first.start > 40
    ):
        return False
    if field is None:
        return bool(_FIGURE.search(words)) or (len(words) <= _SHORT_TAIL and said.field is not Field.CRITERION)
    if field is said.field is Field.OBJECTION and len(words) <= _SHORT_TAIL:
        return kind_of_objection(words) in (_kind_said(said), ObjectionKind.OTHER)
    return field is said.field is Field.PAIN and len(words) <= _SHORT_TAIL and bool(_FIGURE.search(words))


def _field_of(words: str, sensed: Sensed | None) -> Field | None:
    if _BOSS.search(words) or (_OURS.search(words) and sensed is None):
        return None
    if _GAIN.search(words) and _FIGURE.search(words):
        return Field.METRIC
    if says("deal_lost", words):
        return None
    by_words = _field_by_words(words)
    if sensed is None:
        return by_words
    field = sensed.field(by_words)
    return field if field in _STATED else None


def _field_by_words(words: str) -> Field | None:
    about_us = bool(re.search(r"我们|咱们?|你们|我报|\b(?:us|our|your?)\b", words, re.IGNORECASE))
    objects = says("objection", words) and not _NEGATED_OBJECTION.search(words)
    hurts = says("pain", words) and not _NEGATED_PAIN.search(words)
    if objects and (about_us or not hurts or _WORRIED.search(words)):
        return Field.OBJECTION
    if says("criteria", words):
        return Field.CRITERION
    if says("need", words) and not _NEGATED_NEED.search(words):
        return Field.NEED
    ours_failed = re.search(
        r"投诉|漏|坏|故障|停|报废|跳闸|不良|退货|开裂|堵|晚了|\b(?:broke|failed|leak|defect|complain)",
        words,
        re.IGNORECASE,
    )
    return Field.PAIN if hurts and (not about_us or ours_failed) else None


_GAIN = re.compile(
    r"(?:省|节约|节省|提高|提升|减少|缩短|下降|降低|降)了|从.{1,8}(?:降|减|缩|提)(?:到|至)|\b(?:cut|cuts|reduced|saved|saves|lowered|improved)\b.{0,30}\b(?:from|by|to)\b",
    re.IGNORECASE,
)
_WORRIED = re.compile(
    r"担心|怕(?!是)|顾虑|嫌|贵|不放心|怀疑|worr|concern|expensive|nervous|afraid|doubt", re.IGNORECASE
)


def _proposals(field: Field, quote: str) -> Iterator[Proposal]:
    text = _LIST_MARK.sub("", as_noted(quote)).strip("，, ")
    if field is Field.CRITERION:
        for item in _criteria(text):
            yield Proposal(field, item, quote)
    elif field is Field.OBJECTION:
        yield Proposal(field, text, quote, details={"kind": kind_of_objection(text).value})
    elif len(text) >= 3:
        yield Proposal(field, _without_subject(text), quote)


def _without_subject(text: str) -> str:
    return re.sub(
        r"^(?:他们|她们|他|她|对方|客户|人家|咱们客户|they |he |she )(?:那边|这边|厂里|现在|就|也|还|主要)*(?=[\u4e00-\u9fffA-Za-z]{3})",
        "",
        text,
        flags=re.IGNORECASE,
    )


_CRITERIA_LEAD = re.compile(
    r"^.{0,12}?(?:只认|看重|在意|关心|关注|在乎|考虑|标准|评分|指标|取决于|优先|看)(?:的)?(?:三条|两条|三点|两点|几点|两样|三样|几个方面|两个|三个)?(?:东西)?(?:是|就是|主要是|有|还是|:|：)?(?:[一1][是、])?|"
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


_DECIDED = frozenset({Field.CHAMPION, Field.AUTHORITY, Field.PROCESS})
_FIRST = re.compile(r"(?:得|要|须|必须|内部|流程)[^，。我]{0,6}先|先要|先由|\bfirst\b", re.IGNORECASE)
_THEN = re.compile(r"再|然后|之后|通过(?:了)?|合格|没问题|行(?:了)?就|才|then\b|and then\b", re.IGNORECASE)


def decisions_in(
    message: str, clauses: Sequence[Clause], senses: Senses = NOTHING_SENSED
) -> Iterator[tuple[Clause, Proposal]]:
    """Proposals for who can say yes, the steps to it and who works for us inside, with their clauses."""
    for index, clause in enumerate(clauses):
        words = clause.text
        if _BOSS.search(words):
            continue
        then = clauses[index + 1] if index + 1 < len(clauses) else None
        if then and then.sentence == clause.sentence and _FIRST.search(words) and _THEN.match(then.text):
            steps = message[clause.start : then.end]
            yield clause, Proposal(Field.PROCESS, as_noted(steps), steps)
            continue
        field, sensed = _decision_by_words(words), senses.get(clause.start)
        field = sensed.field(field) if sensed else field
        if field in _DECIDED:
            yield clause, Proposal(field, as_noted(words), words)


def _decision_by_words(words: str) -> Field | None:
    if says("champion", words) and not _NO_CHAMPION.search(words):
        return Field.CHAMPION
    if says("authority", words) and not _NO_AUTHORITY.search(words):
        return Field.AUTHORITY
    return Field.PROCESS if says("process", words) and not _OURS.search(words) and not _NO_STEP.search(words) else None


_NO_CHAMPION = re.compile(r"不(?:支持|挺|愿意|认可|看好)|没(?:人)?(?:帮|支持)|\bnot\b|n't\b")
_NO_AUTHORITY = re.compile(r"做不了主|说了不算|定不了|不是(?:他|她)(?:定|说了算)|还在等")
_NO_STEP = re.compile(r"没(?:有)?(?:走|上|过)|不(?:用|走|需要)(?:招|走|上)")
