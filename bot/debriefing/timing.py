# ruff: noqa: E501 - patterns are read whole, one to a line
"""The day of the visit and when the customer wants or decides it, as proposals."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.debriefing.clauses import Clause
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.wordings import as_noted, says

_VISIT_WORDS = re.compile(
    r"刚(?:刚|才)?(?=从|在|跟|和|见|去|拜访|开|谈|聊|打|结束|跑|到|回|出|给|送|做|通)|从.{1,14}出来|今天|今早|今晚|昨天|昨儿|昨晚|前天|大前天|(?<!一)(?:上午|下午|晚上)(?<!个晚上)|中午|早上|上(?:个)?(?:周|星期|礼拜)[一二三四五六日天]?|(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}号|\d{1,2}月\d{1,2}[日号]?|"
    r"\b(?:just|today|this morning|this afternoon|tonight|yesterday|last (?:monday|tuesday|wednesday|thursday|friday|week|night)|on (?:monday|tuesday|wednesday|thursday|friday)|two days ago|earlier today)\b",
    re.IGNORECASE,
)
_VISIT_ACT = re.compile(
    r"去|到|见|拜访|走访|回访|跑|聊|谈|开(?:了|完|会)|打(?:了|来|的|个)?电话|来电|电话|通(?:了|话)|微信|邮件|回复|视频|碰|吃|送|演示|交流|做了|从|签|通知|参观|试|培训|安装|调试|接待|来(?:我们|公司|厂)|开标|评标|说|约|\b(?:phone|coffee|popped|walk(?:ed)?|swung|stopped|sat down|debrief|met|meet\w*|visit\w*|called|call|spoke|talk\w*|left|saw|went|had|demo\w*|lunch|dinner|zoom|email\w*|wrote|told|said|signed|back|was at|workshop|came|presented|dropped|stopped)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"重新|再(?=去|来|送|做)|我(?=周|下|会|要)|约(?:好|了|定|在)|下次|准备|打算|要去|会去|明天|后天|\bwill\b|\bnext\b|'ll\b",
    re.IGNORECASE,
)
_RIGHT_NOW = re.compile(r"^(?:刚|上午|下午|中午|早上|晚上|从|just|earlier)", re.IGNORECASE)
_NOT_TIMELINE = re.compile(
    r"(?:合作|用了|成立|去年|前年|上个?月|上季度|上周|昨天|每[年月周天])|我(?!们的)|咱|今年(?:的|[^，。]{0,12}没)|不(?:考虑|买|换|做|上)|去了|见了|\b(?:I|we|I'll|we'll|last|ago|every|yesterday|if|frozen)\b",
    re.IGNORECASE,
)


def visit_day_in(message: str, clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """The words that tell when the visit was: the first clause with a past or present day and something done."""
    for clause in clauses[:8]:
        match = _VISIT_WORDS.search(clause.text)
        following = message[_told_from(clauses, clause) : clause.end + 12]
        if match and _VISIT_ACT.search(following) and not _FUTURE.search(clause.text[: match.start() + 4]):
            yield Proposal(Field.VISIT_DATE, match[0], clause.text)
            return


def _told_from(clauses: Sequence[Clause], clause: Clause) -> int:
    """Where what was done then begins: with a clause that is hardly more than the day, with its sentence."""
    if len(clause.text.split()) > _BARE_DAY or re.search(r"[\u4e00-\u9fff]", clause.text):
        return clause.start
    return next(one.start for one in clauses if one.sentence == clause.sentence)


_BARE_DAY = 3


def visit_day(words: str, quote: str, base: date) -> date | None:
    """The day these words put the visit on, never after the base date."""
    found = dates_in(quote, base, Leaning.PAST)
    for one in found:
        if one.words.startswith(words[:2]) or words in one.words or one.words.lower() in words.lower():
            return one.day if one.day and one.day <= base else None
    if re.match(r"上(?:个)?(?:周|星期|礼拜)$|last week$", words, re.IGNORECASE):
        return None
    return base if _RIGHT_NOW.match(words) or re.match(r"今|today|this|tonight", words, re.IGNORECASE) else None


def timeline_in(clauses: Sequence[Clause], base: date, taken: frozenset[int]) -> Iterator[tuple[Clause, Proposal]]:
    """The best clause that says when they want it, decide or buy."""
    best: tuple[int, Clause, str] | None = None
    for clause in clauses:
        if clause.start in taken or _NOT_TIMELINE.search(clause.text):
            continue
        for found in dates_in(clause.text, base, Leaning.FUTURE):
            if (found.day is not None and found.day <= base) or not says("timeline", clause.text):
                continue
            weight = 1 + (
                2
                if re.search(
                    r"必须|上线|投产|定|签|采购|装|招标|go.?live|decid|sign|install|order|投用|交货|到货|开工|启动",
                    clause.text,
                    re.IGNORECASE,
                )
                else 0
            )
            if best is None or weight > best[0]:
                best = (weight, clause, found.words)
    if best:
        yield best[1], Proposal(Field.TIMELINE, as_noted(best[1].text), best[1].text, details={"when": best[2]})
