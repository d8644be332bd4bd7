"""The checks that only one scenario makes, such as the length of a phone call."""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.domain.practice import Check, Speaker, TalkTurn
from bot.practising.characters import OwnCheck, Scenario

_CHARACTERS_A_MINUTE = 240
_WORDS_A_MINUTE = 150


def own_checks_of(scenario: Scenario, turns: Sequence[TalkTurn]) -> tuple[Check, ...]:
    """The scenario's own checks on this talk. Kinds: minutes, said, not_said, turn_length."""
    return tuple(_KINDS[check.kind](check, turns) for check in scenario.own_checks)


def minutes_of(turns: Sequence[TalkTurn]) -> float:
    """About how long the talk would take when spoken."""
    text = " ".join(turn.text for turn in turns)
    return len(re.findall(r"[\u4e00-\u9fff]", text)) / _CHARACTERS_A_MINUTE + (
        len(re.findall(r"[A-Za-z']+", text)) / _WORDS_A_MINUTE
    )


def _minutes(check: OwnCheck, turns: Sequence[TalkTurn]) -> Check:
    return Check(check.id, minutes_of(turns) <= check.limit)


def _said(check: OwnCheck, turns: Sequence[TalkTurn]) -> Check:
    found = _first(check, turns)
    return Check(check.id, True, *found) if found else Check(check.id, False)


def _not_said(check: OwnCheck, turns: Sequence[TalkTurn]) -> Check:
    found = _first(check, turns)
    return Check(check.id, False, *found) if found else Check(check.id, True)


def _turn_length(check: OwnCheck, turns: Sequence[TalkTurn]) -> Check:
    for index, turn in enumerate(turns):
        if turn.speaker is Speaker.REP and len(turn.text) > check.limit:
            return Check(check.id, False, index, turn.text[:40])
    return Check(check.id, True)


def _first(check: OwnCheck, turns: Sequence[TalkTurn]) -> tuple[int, str] | None:
    pattern = re.compile("|".join(check.words), re.IGNORECASE)
    for index, turn in enumerate(turns):
        if turn.speaker is Speaker.REP and (found := pattern.search(turn.text)):
            return index, found.group(0)
    return None


_KINDS: Mapping[str, Callable[[OwnCheck, Sequence[TalkTurn]], Check]] = {
    "minutes": _minutes,
    "said": _said,
    "not_said": _not_said,
    "turn_length": _turn_length,
}
