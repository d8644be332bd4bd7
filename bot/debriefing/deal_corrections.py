"""A rep puts right what is noted of a deal, its amount or its stage: he says what is wrong, or what to note."""

import re
from dataclasses import dataclass

from bot.debriefing.deal_changes import stage_meant
from bot.debriefing.money import Amount, amounts_in
from bot.domain.visit import Stage
from bot.domain.wish import Wish

_DENIED = re.compile(
    r"(?:不是|并非|不再是|写错成?了?|错写成?了?|别写成?|\bnot(?: the)?|\bisn't|\bwasn't|\brather than|\binstead of)\s*"
    r"(?:大概|大约|about|around|in|at)?\s*$",
    re.IGNORECASE,
)
_DENIED_NUMBER = re.compile(
    r"(?:不是|并非|\bnot|\bisn't|\brather than|\binstead of)\s*(?:大概|about |around )?\d[\d,.]*(?![%％个台次])",
    re.IGNORECASE,
)
_VISIT_BEGINS = re.compile(r"\s*(?:刚|今[天早]|昨[天晚]|上午|下午|中午|just\b|today\b|yesterday\b)", re.IGNORECASE)
_LONGEST = 130
"""Bytes of a correction: some forty Chinese signs, or a sentence in English."""
_PART = re.compile(r"[，。；,;]\s*|\s+-+\s+|(?<=.)(?=不是|\bnot\b)|\bbut\b|而是", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CorrectedAmount:
    """The sum that is right, and the one that was said to be wrong, where one was."""

    right: Amount
    wrong: Amount | None = None

    def in_yuan(self, noted: float | None) -> float | None:
        """The right sum in yuan; without a currency it is in that of the sum `noted`, None where there is none."""
        if self.right.yuan is not None:
            return float(self.right.yuan)
        return self.right.figure if self.right.currency is None and noted is not None else None


def amount_corrected(wish: Wish) -> CorrectedAmount | None:
    """The amount these words put right: 「远山那单不是180万，是150万」, "the Northgate deal is 1.2m, not 2.1m"."""
    text = wish.text
    if not _is_plain(wish):
        return None
    amounts = [one for one in amounts_in(text) if one.figure is not None]
    wrong = [one for one in amounts if _DENIED.search(text[: one.start])]
    right = [one for one in amounts if one not in wrong]
    if len(right) != 1 or len(wrong) > 1:
        return None
    is_about_a_deal = wish.says("deal.subject_cues")
    if (wrong or _DENIED_NUMBER.search(text)) and (is_about_a_deal or wish.account):
        return CorrectedAmount(right[0], wrong[0] if wrong else None)
    return CorrectedAmount(right[0]) if is_about_a_deal and wish.says("deal.amount_cues") else None


def stage_corrected(wish: Wish) -> Stage | None:
    """The stage these words put in place of another: 「远山那单不是方案交流，是报价」."""
    if not _is_plain(wish) or not (wish.account or wish.says("deal.subject_cues")):
        return None
    parts = [(part, stage) for part in _PART.split(wish.text) if (stage := stage_meant(part))]
    denied = {stage for part, stage in parts if re.search(r"不是|\bnot\b|\bisn't\b", part, re.IGNORECASE)}
    right = {stage for _, stage in parts} - denied
    return right.pop() if denied and len(right) == 1 else None


def corrects_deal(wish: Wish) -> bool:
    """True for words that put the amount or the stage of a deal right."""
    return amount_corrected(wish) is not None or stage_corrected(wish) is not None


def _is_plain(wish: Wish) -> bool:
    """False for whoever tells a visit, in the course of which he may correct himself."""
    is_short = len(wish.text.encode()) <= _LONGEST
    return is_short and not _VISIT_BEGINS.match(wish.text) and not wish.says("debrief.cues")
