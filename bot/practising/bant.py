"""What a customer turn reveals: budget, authority, need, timeline, and how the decision is made."""

import re
from collections.abc import Sequence

from bot.domain.practice import Bant, Question, Spin
from bot.practising.cues import has, sentences

_MONEY = re.compile(
    r"[\d一二两三四五六七八九十百几半]+(?:\.\d+)?(?:来|多)?\s?(?:万|千|百万|千万|亿|元|块|美元)|[$€£¥]\s?\d|\d\s?(?:k|m|million|thousand|grand)\b",
    re.IGNORECASE,
)
_ASKED = {
    Bant.BUDGET: re.compile(r"预算|投入|经费|资金|多少钱|价位|budget|invest|spend|fund|set aside", re.IGNORECASE),
    Bant.AUTHORITY: re.compile(
        r"拍板|谁.{0,6}(?:定|签|批|做主|参与|决)|审批|决策|决定|说了算|流程|哪些(?:人|部门)|decid|decision|approv|sign|who else|involved|process|say in",
        re.IGNORECASE,
    ),
    Bant.TIMELINE: re.compile(
        r"什么时候|何时|时间|哪天|几月|多久.{0,6}(?:定|上|用|要)|期限|截止|计划.{0,6}(?:上|用|装|开)|when|timeline|deadline|how soon|date|schedule",
        re.IGNORECASE,
    ),
}
_PERSON = re.compile(
    r"我(?:自己|来|就)|总|老板|厂长|院长|校长|主任|经理|部|科|处|委员会|董事|财务|采购|领导|局|上级|集团"
    r"|\bI\b|\bme\b|boss|manager|director|c[efoti]o|board|committee|owner|finance|procurement|head|mr|ms|mrs|dr|principal|chief",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"月|号|年底|季度|下半年|上半年|周|明年|今年|开学|春节|国庆|之前|以前|马上|尽快|january|february|march|april|\bmay\b|june|july|august"
    r"|september|october|november|december|quarter|\bq[1-4]\b|week|month|year|spring|summer|autumn|fall|winter|asap|soon|before",
    re.IGNORECASE,
)
_UNTOLD = re.compile(
    r"不(?:方便|好|便|能|想)(?:说|透露|讲|告诉)|不知道|不清楚|保密|没定|没想过|还没(?:有)?(?:定|想|批|明确)|再说吧|confidential|can['’]t (?:say|tell|share)"
    r"|don['’]t know|not sure|rather not|none of your|no idea|why do you",
    re.IGNORECASE,
)


def reveals(turn: str, asked: Sequence[Question] = (), *, objects: bool = False) -> tuple[Bant, ...]:
    """The letters this customer turn reveals; `asked` are the rep's questions before it."""
    found = [letter for letter in Bant if _reveals(letter, turn, asked, objects)]
    return tuple(found)


def tells_process(turn: str) -> bool:
    """Whether the customer tells how the decision is made, by what criteria, or offers support inside."""
    return has("bant.process", turn) and not _UNTOLD.search(turn)


def _reveals(letter: Bant, turn: str, asked: Sequence[Question], objects: bool) -> bool:
    if letter is Bant.NEED:
        return _reveals_need(turn, asked, objects)
    for_it = any(_ASKED[letter].search(question.text) for question in asked)
    if letter is Bant.BUDGET:
        figure = _MONEY.search(turn) is not None
        own = has("bant.budget", turn) and re.search(r"预算|budget|经费|专项|拨|allocated|set aside|approved|earmarked", turn, re.I)
        return figure and bool(own or for_it) and not has("bant.budget_not", turn)
    if letter is Bant.AUTHORITY:
        return has("bant.authority", turn) or (for_it and _PERSON.search(turn) is not None and not _UNTOLD.search(turn))
    return has("bant.timeline", turn) or (for_it and _WHEN.search(turn) is not None and not _UNTOLD.search(turn))


def _reveals_need(turn: str, asked: Sequence[Question], objects: bool) -> bool:
    explored = any(question.spin in (Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF) for question in asked)
    situated = any(question.spin is Spin.SITUATION for question in asked)
    if objects and not (explored or situated):
        return False
    told = [s for s in sentences(turn) if has("bant.need", s) and not _UNTOLD.search(s) and len(s) > 5]
    return bool(told) and (explored or situated or any(re.search(r"我们|厂|公司|\bwe\b|\bour\b|\bi\b", s, re.I) for s in told))
