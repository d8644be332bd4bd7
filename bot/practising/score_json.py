"""The `score` contract: a talk as one JSON object in, its labels and scores as one JSON object out."""

from collections.abc import Mapping
from typing import Any

from bot.domain.practice import Check, Scorecard, Speaker, TalkTurn, TurnLabels
from bot.practising.errors import UnreadableTalk
from bot.practising.scorecard import score


def score_as_json(transcript: Mapping[str, Any]) -> dict[str, Any]:
    """The card of `{"id", "lang", "turns": [{"role", "text"}]}`. Raises UnreadableTalk when it is not that."""
    return {"id": transcript.get("id"), **card_as_json(score(talk_from(transcript)))}


def talk_from(transcript: Mapping[str, Any]) -> tuple[TalkTurn, ...]:
    """The turns of a transcript. Raises UnreadableTalk naming the turn that is wrong."""
    turns = transcript.get("turns")
    if not isinstance(turns, list):
        raise UnreadableTalk("turns: a list of turns is needed")
    return tuple(_turn(number, turn) for number, turn in enumerate(turns))


def card_as_json(card: Scorecard) -> dict[str, Any]:
    """A card as the contract writes it."""
    return {
        "overall": card.overall,
        "dimensions": {dimension.value: points for dimension, points in card.dimensions.items()},
        "penalty": card.penalty,
        "turns": [_labels(labels) for labels in card.turns],
        "checks": [_check(check) for check in card.checks],
    }


def _turn(number: int, turn: object) -> TalkTurn:
    if not isinstance(turn, Mapping) or not isinstance(turn.get("text"), str):
        raise UnreadableTalk(f"turns[{number}]: role and text are needed")
    if turn.get("role") not in list(Speaker):
        raise UnreadableTalk(f"turns[{number}].role: rep or customer, not {turn.get('role')!r}")
    return TalkTurn(Speaker(turn["role"]), turn["text"])


def _labels(labels: TurnLabels) -> dict[str, Any]:
    return {
        "index": labels.index,
        "questions": [
            {"text": question.text, "spin": question.spin.value, "form": question.form.value}
            for question in labels.questions
        ],
        "violations": [violation.value for violation in labels.violations],
        "objection_quality": labels.objection_quality,
        "trust_building": labels.trust_building,
        "bant_obtained": [letter.value for letter in labels.bant_obtained],
        "closing_commitment": labels.closing_commitment,
    }


def _check(check: Check) -> dict[str, Any]:
    return {"id": check.id, "passed": check.passed, "turn": check.turn, "quote": check.quote}
