# ruff: noqa: E501 - patterns are read whole, one to a line
"""A model's proposals held against the rules: what repeats or breaks the meaning of its field is dropped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.evidence import place_of
from bot.debriefing.lexicon import is_free_name
from bot.debriefing.names import may_be_organisation
from bot.debriefing.promises import party_of
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.reading_sense import NOTHING_SENSED, Senses
from bot.debriefing.statements import is_own_statement, kind_of_objection
from bot.debriefing.sums import status_of
from bot.debriefing.wordings import as_noted, says

_TEXTS = frozenset({Field.NEED, Field.PAIN, Field.OBJECTION, Field.CRITERION, Field.METRIC})
_SINGLES = frozenset({Field.AUTHORITY, Field.PROCESS, Field.CHAMPION, Field.TIMELINE, Field.BUDGET})
_EMPTY = re.compile(
    r"没(?:有)?(?:说|提|谈|聊|透露)|不(?:知道|清楚)|\b(?:none|n/a|unknown|not (?:mentioned|discussed))\b", re.IGNORECASE
)


def screened(
    claims: Sequence[Proposal],
    ruled: Sequence[Proposal],
    message: str,
    base: date,
    senses: Senses = NOTHING_SENSED,
) -> Iterator[Proposal]:
    """The claims that may stand beside the rules' proposals, with what code can compute put in.

    A claim about a clause that is sensed must be likely with the weight that single words have.
    """
    used = [place for one in ruled if one.field is not Field.STAGE and (place := place_of(one.quote, message))]
    filled = {one.field for one in ruled}
    for claim in claims:
        place = place_of(claim.quote, message)
        if place is None or _EMPTY.search(claim.quote) or (claim.field in _SINGLES and claim.field in filled):
            continue
        repeats = any(first < place[1] and place[0] < last for first, last in used)
        unlikely = claim.field in _TEXTS and not _is_likely(claim.field, place[0], senses)
        kept = None if (repeats and claim.field is not Field.COMPETITOR) or unlikely else _checked(claim, base)
        if kept is not None:
            used.append(place)
            filled.add(kept.field)
            yield kept


def _is_likely(field: Field, at: int, senses: Senses) -> bool:
    sensed = senses.get(max((start for start in senses if start <= at), default=-1))
    return sensed is None or sensed.field(field) is field


def _checked(claim: Proposal, base: date) -> Proposal | None:
    """The claim with its details, None where its own words speak against its field."""
    words, value = claim.quote, _value(claim)
    if claim.field in _TEXTS:
        if len(words) < 4 or is_own_statement(words) or not says(_FAINT[claim.field], words):
            return None
        details = {"kind": kind_of_objection(words).value} if claim.field is Field.OBJECTION else {}
        return replace(claim, value=value, details=details)
    if claim.field is Field.COMPETITOR:
        named = next((name for name in _NAMES.findall(words) if _is_firm(name)), None)
        return replace(claim, value=named, quote=named) if named else None
    if claim.field is Field.COMMITMENT:
        day = next((found.words for found in dates_in(words, base, Leaning.FUTURE)), "")
        finished = says("done_already", words) or not (says("act", words) and (day or says("agreed", words)))
        return None if finished else replace(claim, value=value, details={"who": party_of(words).value, "due": day})
    if claim.field is Field.TIMELINE:
        return replace(claim, value=value) if dates_in(words, base, Leaning.FUTURE) else None
    if claim.field is Field.BUDGET:
        return replace(claim, value=value, details={"status": status_of(words).value})
    return replace(claim, value=value) if says(_IDEAS.get(claim.field, ""), words) else None


_NAMES = re.compile(
    r"[A-Z][\w&-]+(?: [A-Z][\w&-]+)*|(?<=[^\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}(?=[^\u4e00-\u9fff])|(?<=[跟和与是用找选家])[\u4e00-\u9fff]{2,4}?(?=的|那|家|也|在|，|$)"
)
_FAINT = {
    Field.NEED: "weak_need",
    Field.PAIN: "weak_pain",
    Field.METRIC: "weak_pain",
    Field.OBJECTION: "weak_objection",
    Field.CRITERION: "weak_criteria",
}
_IDEAS = {Field.AUTHORITY: "authority", Field.PROCESS: "process", Field.CHAMPION: "champion"}


def _value(claim: Proposal) -> str:
    squeezed = re.sub(r"\s+", "", claim.quote)
    return claim.value if re.sub(r"\s+", "", claim.value) in squeezed else as_noted(claim.quote)


def _is_firm(name: str) -> bool:
    return may_be_organisation(name) and (
        name[0].isupper() if name.isascii() else len(name) <= 8 and is_free_name(name)
    )
