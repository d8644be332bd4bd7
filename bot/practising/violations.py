"""What a rep turn should not have said, with the sentence that shows it."""

import re
from collections.abc import Mapping

from bot.domain.practice import Spin, TurnLabels, Violation
from bot.practising.cues import clauses, cue, has, heard, is_chinese, sentences
from bot.practising.questions import is_question, questions_in

_LONG_LIST = 4
_NEEDED = (Spin.SITUATION, Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF)


def wording_faults(turn: str, before: str = "") -> Mapping[Violation, str]:
    """The violations that stand in the turn's own words, each with its sentence; `before` is the customer's turn."""
    found = {
        Violation.BAD_MOUTH_COMPETITOR: _disparages(turn, before),
        Violation.SELF_CENTRED_WORDING: heard("violation.self_centred", turn),
        Violation.INTERRUPTS_OR_ARGUES: _argues(turn),
        Violation.OVER_PROMISE: _over_promises(turn),
        Violation.FEATURE_DUMP_WITHOUT_BENEFIT: _dumps_features(turn),
    }
    return {violation: sentence for violation, sentence in found.items() if sentence}


def early_price(turn: str, earlier: tuple[TurnLabels, ...], needs_told: bool) -> str | None:
    """The sentence that names a price or discount before any need was explored."""
    if needs_told or any(labels.asked(*_NEEDED) for labels in earlier):
        return None
    said = next((s for s in sentences(turn) if has("violation.price_said", s) and not is_question(s)), None)
    if said is None:
        return None
    asks = any(question.spin in _NEEDED for question in questions_in(turn))
    qualified = has("violation.price_range", turn) and has("violation.price_condition", turn)
    return None if asks and qualified else said


def _disparages(turn: str, before: str) -> str | None:
    parts = sentences(turn)
    for position, sentence in enumerate(parts):
        near = sentence if position == 0 else f"{parts[position - 1]} {sentence}"
        rival = has("violation.rival", near) or _names_rival(sentence, before)
        slurs = has("violation.derogatory", sentence) and not has("violation.fair", sentence)
        about_us = has("violation.ours", sentence) or has("customer_link.said", sentence)
        if rival and slurs and not about_us and (has("violation.taunt", sentence) or not is_question(sentence)):
            return sentence
    return None


def _names_rival(sentence: str, before: str) -> bool:
    """Whether the sentence speaks of the supplier that the customer has just named."""
    if not has("objection.competitor", before):
        return False
    named = set(re.findall(r"[A-Z][A-Za-z]{2,}|[\u4e00-\u9fff]{3}", before))
    return any(name in sentence for name in named)


def _argues(turn: str) -> str | None:
    return heard("violation.argues", turn)


def _over_promises(turn: str) -> str | None:
    for sentence in sentences(turn):
        if (
            has("violation.promise", sentence)
            and not has("violation.promise_bound", sentence)
            and not is_question(sentence)
        ):
            return sentence
    return None


def _dumps_features(turn: str) -> str | None:
    """Three features or more in a breath, and nothing that links them to this customer."""
    told = [sentence for sentence in sentences(turn) if not is_question(sentence)]
    if not told or has("customer_link.back", turn) or has("trust.limit", turn):
        return None
    richest = max(told, key=lambda sentence: len(_listed(sentence)))
    items = [item for sentence in told for item in _items(sentence) if has("violation.features", item)]
    features = {word.lower() for sentence in told for word in _features(sentence)}
    lists = len(_listed(richest)) >= _LONG_LIST and has("violation.presents", turn)
    return richest if (len(features) >= 3 and len(items) >= 3) or lists else None


def _listed(sentence: str) -> list[str]:
    """The short items of an enumeration."""
    items = re.split(r"[、，,]|\s(?:and|plus)\s|和|以及|还有", sentence)
    return [item for item in items if 0 < len(item.strip()) <= (8 if is_chinese(sentence) else 42)]


def _features(sentence: str) -> list[str]:
    return [found.group(0) for found in cue("violation.features").finditer(sentence)]


def _items(sentence: str) -> list[str]:
    return [item for clause in clauses(sentence) for item in re.split(r"\s(?:and|plus|with)\s|和|以及|还有|跟", clause)]
