"""What a practice is judged by, shown first; and, at the end, what to do better: a line, a method, a drill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.practice import Check, Dimension, Fix, Scorecard
from bot.practising.errors import UnfitEntry

_FOR_BEGINNERS = 1
_FOR_EXPERIENCED = 3


@dataclass(frozen=True, slots=True)
class CheckWords:
    """A check in words: its name, lines to say instead, the method behind it, the drill that trains it."""

    name: str
    better: tuple[str, ...]
    method: str
    drill: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A short exercise."""

    id: str
    name: str
    task: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """A rubric in one language; `shows` are the checks named before the talk, most important first."""

    id: str
    name: str
    intro: str
    shows: tuple[str, ...]
    checks: Mapping[str, CheckWords]
    drills: Mapping[str, Drill]

    def shown(self) -> tuple[str, ...]:
        """The names of the checks to show before the talk."""
        return tuple(self.checks[check].name for check in self.shows)


def rubric_from(entry: Mapping[str, Any], language: str, base: Rubric | None = None) -> Rubric:
    """The rubric of a library entry, standing on `base` where it is silent. Raises UnfitEntry."""
    text = entry.get(language, {})
    methods, drills = entry.get("methods_of", {}), entry.get("drills_of", {})
    try:
        own = {
            check: CheckWords(words["name"], tuple(words["better"]), methods[check], drills[check])
            for check, words in text.get("checks", {}).items()
        }
        own_drills = {key: Drill(key, drill["name"], drill["task"]) for key, drill in text.get("drills", {}).items()}
        rubric = Rubric(
            id=entry["id"],
            name=text["name"],
            intro=text["intro"],
            shows=tuple(entry["shows"]),
            checks={**(base.checks if base else {}), **own},
            drills={**(base.drills if base else {}), **own_drills},
        )
    except KeyError as missing:
        raise UnfitEntry(f"{entry.get('id')}: {language} lacks {missing}") from missing
    if unknown := [check for check in rubric.shows if check not in rubric.checks]:
        raise UnfitEntry(f"{entry.get('id')}: {language} has no words for {', '.join(unknown)}")
    return rubric


def fixes_for(card: Scorecard, rubric: Rubric, *, experienced: bool = False) -> tuple[Fix, ...]:
    """What to do better next time, the most worthwhile first: one thing for beginners, up to three otherwise."""
    unasked = _OF_NEEDS if card.dimensions.get(Dimension.NEEDS_SPIN) is None else frozenset()
    known = rubric.checks.keys() - unasked
    failed = {check.id: check for check in card.checks if not check.passed and check.id in known}
    hurt = [check_id for check_id in _HURTFUL if check_id in failed]
    rest = [check_id for check_id in (*rubric.shows, *_WORTH) if check_id in failed and check_id not in hurt]
    most = _FOR_EXPERIENCED if experienced else _FOR_BEGINNERS
    return tuple(_fix(failed[check_id], rubric) for check_id in list(dict.fromkeys([*hurt, *rest]))[:most])


def _fix(check: Check, rubric: Rubric) -> Fix:
    words = rubric.checks[check.id]
    return Fix(
        check=check.id,
        turn=check.turn,
        quote=check.quote,
        better=words.better[(check.turn or 0) % len(words.better)],
        method=words.method,
        drill=words.drill,
    )


_OF_NEEDS = frozenset(
    {"asked_situation", "asked_problem", "asked_implication", "asked_need_payoff", "asked_open_questions"}
    | {"need_before_offer"}
)
_HURTFUL = ("no_argument", "no_bad_mouthing", "no_over_promise", "no_self_centred_wording")
_WORTH = (
    "handled_every_objection",
    "asked_problem",
    "need_before_offer",
    "asked_implication",
    "next_step_dated_and_accepted",
    "benefit_tied_to_pain",
    "asked_need_payoff",
    "gave_proof",
    "asked_for_next_step",
    "got_authority",
    "got_timeline",
    "got_budget",
    "learned_process_or_criteria",
    "asked_open_questions",
    "asked_situation",
    "opened_with_respect",
    "asked_permission",
    "got_need",
)
