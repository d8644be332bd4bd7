# ruff: noqa: E501 - patterns are read whole, one to a line
"""What a rep says while a card is open: it corrects the draft (「是周总不是邹总」, "make the budget 1.5m") or adds to it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.extraction import note_about
from bot.debriefing.money import amounts_in
from bot.debriefing.people import people_in
from bot.debriefing.sums import status_of
from bot.debriefing.titles import role_by_title
from bot.domain.visit import (
    LIST_FIELDS,
    Budget,
    BudgetStatus,
    Contact,
    Timeline,
    VisitCommitment,
    VisitNote,
    with_values,
)

_WRONG_FIRST = re.compile(
    r"(?:不是|不叫|没说)\s?(?P<wrong>[^，,。是叫而]{1,14}?)[，,、\s]*(?:而?是|应该是|叫|改成)\s?(?P<right>[^，,。；;]{1,16})"
)
_RIGHT_FIRST = re.compile(
    r"(?:是|应该是|叫|应该叫)\s?(?P<right>[^，,。是叫]{1,16}?)[，,、\s]*(?:不是|不叫|而不是)\s?(?P<wrong>[^，,。；;]{1,14})"
)
_CHANGE = re.compile(
    r"(?:把)?(?P<wrong>[^，,。]{1,16}?)(?:要|应该)?(?:改成|改为|换成|更正为)\s?(?P<right>[^，,。；;]{1,24})"
)
_ENGLISH = (
    re.compile(
        r"(?:it'?s|it is|should be|that'?s|name is)\s(?P<right>[^,.;]{2,30}?),?\s(?:and )?not\s(?P<wrong>[^,.;]{2,30})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bnot\s(?P<wrong>[^,.;]{2,30}?),?\s(?:but|it'?s|it is|should be)\s(?P<right>[^,.;]{2,30})", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:change|correct|set|make)\s(?:the\s)?(?P<wrong>[^,.;]{2,30}?)\s(?:to|into)\s(?P<right>[^,.;]{2,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bmake (?:the )?(?P<wrong>budget|deadline|date|timeline|account)\s(?P<right>[^,;]{2,40})", re.IGNORECASE
    ),
    re.compile(r"(?P<right>[A-Z][\w. ]{1,24}?),? not (?P<wrong>[A-Z][\w. ]{1,24})"),
)
_DROP = re.compile(
    r"^(?:把)?(?:去掉|删掉|删除|删了|不要|没有|没提|没说)(?:了)?(?P<what>[^，,。；;]{1,24}?)(?:去掉|删掉|这一?条|这个)?[。.!！]?$|^(?:把)(?P<what2>[^，,。；;]{1,24}?)(?:去掉|删掉|删了)|\b(?:remove|delete|drop|no)\s(?:the\s)?(?P<what3>[^,.;]{2,40})",
    re.IGNORECASE,
)
_BUDGET_WORD = re.compile(r"预算|金额|\bbudget|\bamount", re.IGNORECASE)
_DAY_WORD = re.compile(r"日期|时间|截止|到期|\bdate|\bdeadline|\btimeline|\bdue", re.IGNORECASE)
_FIELD_WORDS = {
    "budget": r"预算|\bbudget", "timeline": r"时间|timeline", "authority": r"拍板|authority", "champion": r"支持者|champion",
    "competitors": r"对手|竞品|竞争|competitors?", "objections": r"顾虑|异议|objections?", "needs": r"需求|needs?", "pains": r"痛点|pains?",
    "commitments": r"待办|下一步|commitments?|next steps?", "contacts": r"联系人|contacts?", "decision_process": r"流程|process",
    "decision_criteria": r"标准|criteria",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corrected:
    """The new draft and what was done to it; `understood` is False where the words changed nothing."""

    note: VisitNote
    understood: bool


def corrected(note: VisitNote, said: str, *, reference: date) -> Corrected:
    """The draft as it reads after these words: wrong values replaced, struck ones gone, new ones added.

    Replaced and new values rest on `said`, so evidence may quote the message or the correction.
    """
    for right, wrong in _pairs(said):
        changed = _replaced(note, wrong, right, said, reference)
        if changed != note:
            return Corrected(changed, True)
    pointed = _pointed_at(note, said)
    if pointed != note:
        return Corrected(pointed, True)
    dropped = _without(note, said)
    if dropped != note:
        return Corrected(dropped, True)
    added = _added(note, said, reference)
    return Corrected(added, added != note)


_ONLY_RIGHT = re.compile(
    r"^(?:不对|错了|说错了|不是)?[，,\s]*(?:应该是|应该叫|是|叫|姓)(?P<right>[^，,。；;]{1,16})[。.!！]?$|^(?:no,? )?(?:it'?s|should be|the name is|his name is|her name is)\s(?P<right2>[^,.;]{2,30})[.!]?$",
    re.IGNORECASE,
)
_ACCOUNT_IS = re.compile(
    r"(?:公司|客户|单位|厂)(?:名字?|名称)?(?:改成|应该是|是|叫|改为)(?P<name>[^，,。；;]{2,20})|\b(?:account|company|customer)(?: name)? (?:is|to|should be)\s(?P<name2>[^,.;]{2,30})",
    re.IGNORECASE,
)
_TITLE_IS = re.compile(r"^(?P<name>[^，,。是]{1,6})是(?:他们)?(?:的)?(?P<title>[^，,。；;]{2,12})$")


def _pointed_at(note: VisitNote, said: str) -> VisitNote:
    """The note where the words name only what is right: the account, a person's title, the one person who fits."""
    account = _ACCOUNT_IS.search(said)
    if account:
        name = (account["name"] or account["name2"]).strip()
        return replace(note, account=name, evidence={**note.evidence, "/account": said})
    titled = _TITLE_IS.match(said.strip(" 。."))
    for index, one in enumerate(note.contacts):
        if titled and one.name == titled["name"]:
            contact = replace(one, title=titled["title"], role=role_by_title(titled["title"]))
            people = (*note.contacts[:index], contact, *note.contacts[index + 1 :])
            return replace(note, contacts=people, evidence={**note.evidence, f"/contacts/{index}": said})
    only = _ONLY_RIGHT.match(said.strip())
    right = ((only["right"] or only["right2"]) if only else "") or ""
    if only and people_in(right) and len(note.contacts) == 1:
        return _renamed(note, note.contacts[0].name, _bare(right), said)
    return note


def _pairs(said: str) -> list[tuple[str, str]]:
    patterns = (_WRONG_FIRST, _RIGHT_FIRST, _CHANGE, *_ENGLISH)
    return [
        (match["right"].strip(), match["wrong"].strip()) for pattern in patterns for match in pattern.finditer(said)
    ]


def _replaced(note: VisitNote, wrong: str, right: str, said: str, base: date) -> VisitNote:
    if _BUDGET_WORD.search(wrong) or (amounts_in(right) and (amounts_in(wrong) or note.budget)):
        return _with_budget(note, right, said)
    days = dates_in(right, base, Leaning.FUTURE)
    if days and (_DAY_WORD.search(wrong) or dates_in(wrong, base, Leaning.FUTURE)):
        return _with_day(note, wrong, days[0].day, right, base)
    return _renamed(note, _bare(wrong), _bare(right), said)


def _with_budget(note: VisitNote, right: str, said: str) -> VisitNote:
    amounts = amounts_in(right)
    if not amounts:
        return note
    status = status_of(right)
    kept = note.budget.status if note.budget and status is BudgetStatus.UNKNOWN else status
    budget = Budget(right, amounts[0].yuan, kept)
    return replace(note, budget=budget, evidence={**note.evidence, "/budget": said})


def _with_day(note: VisitNote, wrong: str, day: date | None, right: str, base: date) -> VisitNote:
    old = next((found.day for found in dates_in(wrong, base, Leaning.FUTURE)), None)
    moved = tuple(replace(one, due=day) if old is None or one.due == old else one for one in note.commitments)
    if moved != note.commitments and (old is not None or len(note.commitments) == 1):
        return replace(note, commitments=moved)
    if note.timeline and (old is None or note.timeline.date == old):
        return replace(note, timeline=Timeline(right, day))
    return replace(note, visit_date=day) if note.visit_date and note.visit_date == old else note


def _bare(words: str) -> str:
    return re.sub(r"^(?:姓|叫|客户|公司|the |name )|(?:吧|啊|哦|呢|的)$", "", words.strip(" 「」“”\"'"))


def _renamed(note: VisitNote, wrong: str, right: str, said: str) -> VisitNote:
    """The note with a name or wording put right wherever it stands."""
    if not wrong or not right:
        return note

    def mended(text: str) -> str:
        return text.replace(wrong, right)

    def mended_or_none(text: str | None) -> str | None:
        return mended(text) if text else text

    changed = replace(
        note,
        account=mended_or_none(note.account),
        contacts=tuple(_contact_mended(one, wrong, right, mended) for one in note.contacts),
        needs=tuple(map(mended, note.needs)),
        pains=tuple(map(mended, note.pains)),
        metrics=tuple(map(mended, note.metrics)),
        objections=tuple(replace(one, text=mended(one.text)) for one in note.objections),
        competitors=tuple(map(mended, note.competitors)),
        authority=mended_or_none(note.authority),
        champion=mended_or_none(note.champion),
        decision_process=mended_or_none(note.decision_process),
        decision_criteria=tuple(map(mended, note.decision_criteria)),
        commitments=tuple(_action_mended(one, mended) for one in note.commitments),
    )
    return replace(changed, evidence=_evidence_of_change(note, changed, said)) if changed != note else note


def _contact_mended(contact: Contact, wrong: str, right: str, mended: Callable[[str], str]) -> Contact:
    name = right if contact.name == wrong else mended(contact.name)
    return replace(contact, name=name, title=mended(contact.title) if contact.title else None)


def _action_mended(one: VisitCommitment, mended: Callable[[str], str]) -> VisitCommitment:
    return replace(one, action=mended(one.action))


def _evidence_of_change(before: VisitNote, after: VisitNote, said: str) -> dict[str, str]:
    evidence = dict(before.evidence)
    for name in ("account", "authority", "champion", "decision_process"):
        if getattr(before, name) != getattr(after, name):
            evidence[f"/{name}"] = said
    for name in LIST_FIELDS:
        for index, (old, new) in enumerate(zip(getattr(before, name), getattr(after, name), strict=True)):
            if old != new:
                evidence[f"/{name}/{index}"] = said
    return evidence


def _without(note: VisitNote, said: str) -> VisitNote:
    """The note without the value or field that the words strike out."""
    match = _DROP.search(said.strip())
    what = (match["what"] or match["what2"] or match["what3"] or "").strip() if match else ""
    if not what:
        return note
    for name in LIST_FIELDS:
        values: Sequence[object] = getattr(note, name)
        kept = [index for index, value in enumerate(values) if what.lower() not in _words_of(value).lower()]
        if len(kept) < len(values):
            return _with_list(note, name, kept)
    for name, pattern in _FIELD_WORDS.items():
        if re.fullmatch(rf"(?:{pattern})(?:信息|这项|这一项)?", what, re.IGNORECASE) and getattr(note, name):
            if name in LIST_FIELDS:
                return _with_list(note, name, [])
            evidence = {key: quote for key, quote in note.evidence.items() if key != f"/{name}"}
            return with_values(note, {name: None}, evidence)
    return note


def _words_of(value: object) -> str:
    return str(getattr(value, "text", None) or getattr(value, "action", None) or getattr(value, "name", None) or value)


def _with_list(note: VisitNote, name: str, kept: Sequence[int]) -> VisitNote:
    values = getattr(note, name)
    evidence = {key: quote for key, quote in note.evidence.items() if not key.startswith(f"/{name}/")}
    for place, index in enumerate(kept):
        if quote := note.evidence.get(f"/{name}/{index}"):
            evidence[f"/{name}/{place}"] = quote
    return with_values(note, {name: tuple(values[index] for index in kept)}, evidence)


def _added(note: VisitNote, said: str, base: date) -> VisitNote:
    """The note with what these words say beside it; single fields are overwritten, lists grow."""
    return _merged(note, note_about(note.account, said, reference=base), said)


def _merged(note: VisitNote, fresh: VisitNote, said: str) -> VisitNote:
    values: dict[str, object] = {}
    evidence = dict(note.evidence)
    for name in ("budget", "authority", "timeline", "decision_process", "champion", "visit_date"):
        new = getattr(fresh, name)
        if new is not None and (name != "visit_date" or note.visit_date is None):
            values[name] = new
            evidence[f"/{name}"] = fresh.evidence.get(f"/{name}", said)
    for name in LIST_FIELDS:
        old = tuple(getattr(note, name))
        seen = {_words_of(value) for value in old}
        for index, value in enumerate(getattr(fresh, name)):
            if _words_of(value) not in seen:
                evidence[f"/{name}/{len(old)}"] = fresh.evidence.get(f"/{name}/{index}", said)
                old = (*old, value)
        values[name] = old
    return with_values(note, values, evidence) if values else note
