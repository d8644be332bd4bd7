"""What a rep turn should not have said, with the sentence that shows it."""

import re
from collections.abc import Mapping

from bot.domain.practice import Spin, TurnLabels, Violation
from bot.practising.cues import clauses, cue, has, heard, sentences
from bot.practising.questions import is_question, questions_in

_NEEDED = (Spin.SITUATION, Spin.PROBLEM, Spin.IMPLICATION, Spin.NEED_PAYOFF)


def wording_faults(turn: str) -> Mapping[Violation, str]:
    """The violations that stand in the turn's own words, each with its sentence."""
    found = {
        Violation.BAD_MOUTH_COMPETITOR: _disparages(turn),
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


def _disparages(turn: str) -> str | None:
    parts = sentences(turn)
    for position, sentence in enumerate(parts):
        rival = has("violation.rival", sentence) or (position > 0 and has("violation.rival", parts[position - 1]))
        of_rival = rival and not re.match(r"我们|我|we\b|our\b|i\b", sentence, re.IGNORECASE)
        slurs = has("violation.derogatory", sentence) and not has("violation.fair", sentence)
        if of_rival and slurs and (has("violation.taunt", sentence) or not is_question(sentence)):
            return sentence
    return None


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
    features = {word.lower() for sentence in told for word in _features(sentence)}
    items = sum(has("violation.features", clause) for sentence in told for clause in _items(sentence))
    linked = has("customer_link.back", turn)
    if len(features) < 3 or items < 3 or linked:
        return None
    return max(told, key=lambda sentence: len(_features(sentence)))


def _features(sentence: str) -> list[str]:
    return [found.group(0) for found in cue("violation.features").finditer(sentence)]


def _items(sentence: str) -> list[str]:
    return [item for clause in clauses(sentence) for item in re.split(r"\s(?:and|plus|with)\s|和|以及|还有|跟", clause)]
