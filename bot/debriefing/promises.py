# ruff: noqa: E501 - patterns are read whole, one to a line
"""Next actions agreed or announced: who must act, what, and the words that fix the day."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.debriefing.clauses import Clause
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.reading_sense import NOTHING_SENSED, Sensed, Senses
from bot.debriefing.wordings import as_noted, says
from bot.domain.visit import Party

_US = re.compile(
    r"^(?:[^我他她]{0,10})(?<![给跟和帮对向发让叫要催请等寄找把])(?:我(?!们?(?:的|家|价|觉得|感觉|想知道|问|说(?!了?(?:先|可以|周|下|明|后|等|回|尽|马|给|带|帮|安排|会))|跟他说(?!.{0,4}(?:先|可以|周|下|明|后|等|回|尽|给|带))|看他))|咱们?(?!的)|我们(?!的|家|价))|(?:让|叫|要|催|请|等|约|要求|希望|邀请)(?:着|了)?(?:我们?|咱们?)(?!的)|^(?:让|叫)(?:我|下)|(?:给|帮|为|替|向|跟)(?:她|他|他们|她们|客户|对方)(?:申请|争取|出|做|发|寄|送|报|准备|安排|回|打|问|协调|解释|讲|补|改)|让(?:售后|技术|厂里|工厂|服务|研发|实施)|\b(?:I|we)(?:'ll| will| need| have to| must| should| am | are |'m|'re| agreed| promised| owe|\b)|\b(?:asked|wants?|expects?|told) (?:me|us)\b|\bsend (?:him|her|them)\b",
    re.IGNORECASE,
)
_THEM = re.compile(
    r"(?:他|她|对方|客户|他们|人家|[\u4e00-\u9fff]{1,3}(?:总|经理|主任|处长?|科长|部长|厂长|院长|老师|工)|老[\u4e00-\u9fff]|小[\u4e00-\u9fff])(?:那边|这边)?(?:说|表示)?(?:已经|也)?(?:答应|承诺|同意|会(?![后议上员])|负责|安排|回头|去|来|下周|明天|后天|周|帮|给我们|让|要(?!我|求我)|把|先)|(?:约|找|联系|通知|告诉)我们?(?!的|一?下)|(?:答应|承诺|同意)(?!我)|帮(?:我们?|忙)|给我们?(?:话|信|消息|发|回|介绍|引荐|约|安排|答复|消息|结果|准信|开)|发(?:给)?我|"
    r"\b(?:he|she|they|the customer|the client|[A-Z][a-z]+)(?:'ll| will| agreed| promised| is going to| are going to| offered| is arranging| is sending)\b",
    re.IGNORECASE,
)
_THEIR_ACT = re.compile(
    r"答复|回复|给(?:个)?(?:话|信|准信|结果|结论|答复)|开会(?:讨论|定|评)|上会|立项|评审|内部(?:讨论|沟通|商量|过)|走流程|批|盖章|付款|打款|get back to (?:me|us)|let (?:me|us) know|approve",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:约(?:好|了|定)(?:了)?|说好(?:了)?|讲好|敲定(?:了)?|商定|(?:下一步|接下来|后续|待办)(?:就是|是|要|：|:)?|(?:他|她|对方|客户)?(?:答应|承诺|同意)(?:了)?|next steps?:?(?: is| are)?|action items?:?|to[- ]?do:?|follow[- ]?up:?|agreed (?:to|that|on)|(?:and )?(?:so )?(?:I|we)(?:'ll| will| need to| have to| must| should| agreed to| promised to| am going to|'m going to| are going to)|he'll|she'll|they'll|(?:he|she|they) (?:will|agreed to|promised to))\s?",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?:他们?|她们?|对方|客户|总|经理|主任|科长|部长|处长)(?:那边|这边)?(?:会(?![后议上员])|去|拿去|拿着|安排|负责|来)(?!了|过)|(?:总|经理|主任|工|长|姐|哥|老师)说(?:会|可以|安排|回头|帮|周|下周|明天)|我(?:们)?(?:去|来|让|安排|负责|打算|准备)(?!了|过)|(?:让|叫|请|要)(?:他们?|她们?|对方)?[^，。]{0,10}(?:跟|和|给)我(?:们)?(?:对接|联系|发|回)",
    re.IGNORECASE,
)
_BARE_ACT = re.compile(
    r"(?:给(?!我)|送(?!来)|寄(?!来)|发(?!出|来|布|现|生|标)|交(?!期|货|付|房)|带|出(?:报告|方案|报价|图|.{0,4}报告|.{0,3}方案)|做(?:方案|报价|演示|个?\s?demo|测试|.{0,4}演示)|去(?:[^年]|$)|回(?:他|她|复|访)|演示|拜访|跟进|联系|报价|进场)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?:没(?:有)?|不肯?|未|拒绝)(?:答应|同意|承诺|松口)|\b(?:didn't|did not|wouldn't|would not|hasn't|won't) (?:agree|promise|commit)\b",
    re.IGNORECASE,
)
"""What somebody did not agree to is no promise."""
_QUESTION = re.compile(r"[？?]$|怎么|如何|\bhow (?:do|should|can)\b|要不要|该不该")


def commitments_in(
    clauses: Sequence[Clause], base: date, senses: Senses = NOTHING_SENSED
) -> Iterator[tuple[Clause, Proposal]]:
    """Proposals for next actions with their clauses; finished actions, ideas and questions are none."""
    for index, clause in enumerate(clauses):
        words = clause.text
        if not _is_promised(clause, base, senses.get(clause.start)) or _QUESTION.search(words):
            continue
        who = Party.US if _our_people(clauses, index) or _goes_on_ours(clauses, index) else party_of(words)
        day_words = _day_words(clauses, index, base)
        action = _action(words, day_words)
        if len(action) >= 2 and not _is_bare_giving(action):
            yield clause, Proposal(Field.COMMITMENT, action, words, details={"who": who.value, "due": day_words})


def _is_promised(clause: Clause, base: date, sensed: Sensed | None) -> bool:
    """By its words; what is sensed as likely none is none, what is sensed as most likely one is one."""
    if sensed is None:
        return _is_promise(clause.text, base)
    by_words = Field.COMMITMENT if _is_promise(clause.text, base) else None
    return sensed.field(by_words) is Field.COMMITMENT


_REASON = re.compile(r"因为|由于|\bbecause\b", re.IGNORECASE)
_LOOK_AGAIN = re.compile(r"让我们?再(?:看看|想想|考虑|琢磨)(?:$|一下)")
_DONE_FOR_THEM = re.compile(r"让我们?(?:帮|给|替)?(?:他|她|他们)?[^，。]{0,3}了")


def _goes_on_ours(clauses: Sequence[Clause], index: int) -> bool:
    """True where the clause before begins with the rep's own word and this one names nobody: 我说去问，后天给答复."""
    before = clauses[index - 1] if index else None
    if before is None or before.sentence != clauses[index].sentence or _THEM.search(clauses[index].text):
        return False
    return bool(re.match(r"我(?:们)?(?:说|就说|答应|回去|会)", before.text))


def _is_bare_giving(action: str) -> bool:
    """True where only the giving is said, the thing and its day belonging to the clause before: 月底给他."""
    return bool(re.fullmatch(r"(?:之?前|就|再)?(?:发|交|送|寄|给|报)(?:给)?(?:他|她|他们|客户|对方|过去)?", action))


def _is_promise(words: str, base: date) -> bool:
    if not says("act", words) and not re.search(r"\bowe\b|\bnext steps?\b", words, re.IGNORECASE):
        return False
    if _REFUSED.search(words):
        return False
    dated = any(found.day is None or found.day >= base for found in dates_in(words, base, Leaning.FUTURE))
    if says("done_already", words) and not (dated and (says("agreed", words) or re.search("让|安排|派", words))):
        return False
    if _REASON.match(words) or _LOOK_AGAIN.search(words) or _DONE_FOR_THEM.search(words):
        return False
    if re.search(
        r"参观|来(?:了)?我们|(?:今天|昨天|上午|刚).{0,8}(?:去|来|见|聊|开|拜访|跑)", words
    ) and not dated_later(words, base):
        return False
    if re.search(r"^(?:刚|今天|昨天|上周|上午|下午)", words) and not re.search(
        r"(?:今天|下午).{0,6}(?:就|会|要|再)", words
    ):
        return False
    weak = says("idea", words) and not re.search(r"约(?:好|了)|说好|答应|让我|\bagreed\b|\bwill\b|'ll\b", words)
    if not dated and re.search(r"了$", words) and not says("agreed", words):
        return False
    if re.search("定(?:在|于)", words) and not (_US.search(words) or _THEM.search(words)):
        return False
    acts = bool(_MODAL.search(words))
    ours = dated_later(words, base) and bool(_BARE_ACT.search(words))
    theirs = dated_later(words, base) and bool(_THEIR_ACT.search(words))
    if re.search(r"上线|投产|投用|开标|评标|定标|定(?:下|供|哪|谁)|招标公告|验收|竣工", words) and not (
        says("agreed", words) and _US.search(words)
    ):
        return False
    return (
        says("agreed", words) or acts or ours or theirs or (dated and bool(_THEM.search(words) or _US.search(words)))
    ) and not weak


def _day_words(clauses: Sequence[Clause], index: int, base: date) -> str:
    """The date words of the clause, else of a neighbour in the same sentence that is hardly more than a date."""
    near = [clauses[index], *clauses[index + 1 : index + 2], *clauses[max(0, index - 1) : index]]
    for clause in near:
        found = dates_in(clause.text, base, Leaning.FUTURE)
        rest = clause.text.replace(found[0].words, "") if found else clause.text
        bare = clause is clauses[index] or (found and (len(rest) <= 3 or _is_bare_giving(rest)))
        if found and bare and clause.sentence == clauses[index].sentence:
            return found[0].words
    return ""


def _our_people(clauses: Sequence[Clause], index: int) -> bool:
    said = "".join(clause.text for clause in clauses[: index + 1] if clause.sentence == clauses[index].sentence)
    return bool(
        re.search(
            r"(?:我们|咱们?|我)(?:的)?(?:售前|同事|工程师|技术|售后|研发|服务|实施)(?![^，。]{0,6}(?:跟|给)他)", said
        )
    ) and bool(re.search(r"^(?:他|她|[老小])", clauses[index].text) or "我们" in clauses[index].text)


def dated_later(words: str, base: date) -> bool:
    """True where the words name a day after the base date."""
    return any(found.day is not None and found.day > base for found in dates_in(words, base, Leaning.FUTURE))


_OUR_HOUSE = re.compile(
    r"^(?:那边)?(?:研发|售后|实施|工厂|厂里|仓库|我们[^，。]{0,4})(?:那边|部)?(?:也)?(?:答应|承诺|同意|说|安排|会)"
)
_COMES_TO_US = re.compile(
    r"(?<!我)(?<!我们)来(?:我们(?:厂|公司|这)?|公司|工厂|展厅|车间)|\b(?:come|visit)s? (?:to )?(?:us|our)\b",
    re.IGNORECASE,
)


def party_of(words: str) -> Party:
    """Who must act on the words of a promise; ours where they name nobody."""
    if _OUR_HOUSE.search(words):
        return Party.US
    if _COMES_TO_US.search(words):
        return Party.CUSTOMER
    us, them = _US.search(words), _THEM.search(words)
    if us and them:
        return (
            Party.CUSTOMER
            if them.start() < us.start()
            and not re.search(
                r"(?:让|叫|要|催|请|要求|希望|等)(?:我们?|咱们?)|\b(?:asked|wants?|expects?|told) (?:me|us)", words
            )
            else Party.US
        )
    if us:
        return Party.US
    if them:
        return Party.CUSTOMER
    if _THEIR_ACT.search(words):
        return Party.CUSTOMER
    return Party.US


def _action(words: str, day_words: str) -> str:
    text = _LEAD.sub("", as_noted(words))
    if day_words and text.startswith(day_words):
        text = text[len(day_words) :]
    return (
        re.sub(
            r"^(?:我方|我们?|咱们?)(?:这边)?(?:会|要|得|再|来|去(?=[\u4e00-\u9fff]{3}))?", "", text.strip(" ，,的就")
        ).strip()
        or text
    )
