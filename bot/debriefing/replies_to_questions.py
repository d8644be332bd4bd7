"""A bare answer to what the card asks back: 「王总」 to who decides, 「年底」 to when, a name to which account."""

import re
from collections.abc import Sequence
from datetime import date

from bot.debriefing.field_values import Unreadable, Wording, first_day, written
from bot.debriefing.money import amounts_in
from bot.debriefing.organisations import organisations_in
from bot.debriefing.people import people_in
from bot.debriefing.wordings import says
from bot.domain.open_points import OpenPoint
from bot.domain.visit import Stage, VisitNote

_FIELDS = {
    OpenPoint.ACCOUNT: "account",
    OpenPoint.CONTACT: "contacts",
    OpenPoint.NEED: "needs",
    OpenPoint.PAIN: "pains",
    OpenPoint.BUDGET: "budget",
    OpenPoint.AMOUNT: "budget",
    OpenPoint.AUTHORITY: "authority",
    OpenPoint.TIMELINE: "timeline",
    OpenPoint.PROCESS: "decision_process",
    OpenPoint.CRITERIA: "decision_criteria",
    OpenPoint.COMPETITOR: "competitors",
    OpenPoint.CHAMPION: "champion",
    OpenPoint.NEXT_STEP: "commitments",
    OpenPoint.NEXT_STEP_DAY: "commitments",
    OpenPoint.LOSS_REASON: "objections",
    OpenPoint.WIN_REASON: "decision_criteria",
}
_LONGEST = 60
REASONS = frozenset({OpenPoint.LOSS_REASON, OpenPoint.WIN_REASON})
"""What is answered at any length, and with sums and days in it."""
_FREE = 5
"""How many signs, an English word counting two, a free wording takes at least."""
_NODS = re.compile(
    r"^(?:嗯+|好的?|行|可以|是的?|对的?|谢谢|多谢|知道了?|收到|哈+|哦|没有?了?|无|不清楚|大概吧?|也许|可能吧?|不好说|差不多吧?|算是吧?|"
    r"(?:就|再|暂时|其他|别的)?(?:都)?没(?:有|什么|啥)*(?:别的|其他的?|要?补充的?|要说的)?了?吧?|(?:暂时|先)?就?这[些样](?:了|吧)?|"
    r"that'?s (?:all|it)|nothing(?: else| more| to add)?|no more|"
    r"ok(?:ay)?|yes|no|none|good|thanks?(?: you)?|fine|well|hm+|maybe|more or less|kind of|sure|got it|great|"
    r"[,，\s])*[\s。.!！~]*$",
    re.IGNORECASE,
)


_MENDING = re.compile(
    r"改成|改为|改到|换成|去掉|删掉|不要.{0,12}[张家条]|写错|记错"
    r"|\bmake it\b|\bchange\b|\bleave out\b|\binstead of\b|,? not ",
    re.IGNORECASE,
)
"""What puts something right answers no question, but for who decides."""
_POST = re.compile(
    r"董事长|总经理|总裁|老板|院长|校长|局长|行长|厂长|一把手|董事会|\b(?:CEO|CFO|COO|CTO|owner|president|chairman|board|GM"
    r"|managing director|general manager|plant manager|(?:\w+ )?director)\b",
    re.IGNORECASE,
)


def answered(note: VisitNote, asked: Sequence[OpenPoint], said: str, base: date) -> VisitNote:
    """The note with the asked point that these few words answer; unchanged where they answer none."""
    text = said.strip()
    if _NODS.match(text) or text.endswith(("?", "？", "吗")):
        return note
    for point in asked if len(text) <= _LONGEST else [point for point in asked if point in REASONS]:
        if _may_answer(point, text, base):
            try:
                item = 0 if point is OpenPoint.NEXT_STEP_DAY and note.commitments else None
                return written(note, _FIELDS[point], Wording(text, said, base), item)
            except Unreadable:
                continue
    return note


def _may_answer(point: OpenPoint, said: str, base: date) -> bool:
    """True where the words are of the kind that the point asks for; a free wording answers only a free question."""
    person = bool(people_in(said)) or bool(re.fullmatch(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)+", said))
    amount, day = bool(amounts_in(said)), first_day(said, base) is not None
    match point:
        case OpenPoint.ACCOUNT:
            return bool(organisations_in(said)) or (len(said) <= 20 and not (person or amount or day))
        case OpenPoint.AUTHORITY:
            return (person or bool(_POST.search(said))) and not amount
        case OpenPoint.CONTACT | OpenPoint.CHAMPION:
            return person and not amount
        case OpenPoint.BUDGET | OpenPoint.AMOUNT:
            return amount
        case OpenPoint.TIMELINE | OpenPoint.NEXT_STEP_DAY:
            return day and not person
        case OpenPoint.NEXT_STEP:
            return len(said) >= 4 and not amount and not _MENDING.search(said) and (day or says("act", said))
        case OpenPoint.COMPETITOR:
            return len(said) <= 20 and not (person or amount or day)
        case _:
            words = len(re.findall("[\u4e00-\u9fff]", said)) + 2 * len(re.findall("[A-Za-z]+", said))
            is_plain = point in REASONS or not (amount or day or _MENDING.search(said))
            return words >= _FREE and is_plain and said not in set(Stage)
