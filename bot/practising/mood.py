"""How a rep turn moves the customer's trust, interest and patience."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.practice import Sign, Spin, TurnLabels, Violation
from bot.practising.characters import Mood, Persona

# event -> (trust, interest, patience)
_MOVES: Mapping[str, tuple[int, int, int]] = {
    "recognition": (1, 0, 0),
    "permission": (0, 0, 1),
    "apology": (1, 0, 1),
    "honest_limit": (1, 0, 0),
    "proof": (1, 1, 0),
    "benefit_tied": (0, 1, 0),
    "trust_building": (1, 0, 0),
    "situation": (0, 0, 0),
    "problem": (0, 1, 0),
    "implication": (0, 1, 0),
    "need_payoff": (0, 1, 0),
    "handled": (1, 1, 1),
    "acknowledged": (0, 0, 0),
    "bad_mouth_competitor": (-2, 0, -1),
    "price_too_early": (0, -1, -1),
    "self_centred_wording": (-1, 0, -1),
    "interrupts_or_argues": (-2, -1, -2),
    "over_promise": (-2, 0, 0),
    "feature_dump_without_benefit": (0, -1, -1),
    "ignores_objection": (-1, 0, -2),
    "interrogation": (0, 0, -1),
    "long_speech": (0, 0, -1),
    "repetition": (0, 0, -2),
    "nothing_new": (0, 0, -1),
}
_LONG = 320
_MANY_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """A rep turn in its place: its labels, its text, how well it dealt with an open objection, what came before."""

    labels: TurnLabels
    text: str
    objection_quality: int | None
    earlier: tuple[str, ...]


def mood_after(mood: Mood, persona: Persona, moment: Moment) -> Mood:
    """The mood once the customer has heard this turn; likes add trust, dislikes cost patience."""
    for event in events_of(moment):
        trust, interest, patience = _MOVES[event]
        mood = mood.moved(trust + persona.likes.get(event, 0), interest, patience - persona.dislikes.get(event, 0))
    return mood


def events_of(moment: Moment) -> tuple[str, ...]:
    """What happened in a rep turn, in the words of the table above."""
    labels = moment.labels
    signs = [sign.value for sign in Sign if sign in labels.signs and sign.value in _MOVES]
    asked = {question.spin.value for question in labels.questions if question.spin is not Spin.NONE}
    faults = [violation.value for violation in labels.violations if violation is not Violation.NO_NEXT_STEP]
    trusted = ["trust_building"] if labels.trust_building and not signs else []
    found = [*signs, *sorted(asked), *faults, *trusted, *_handling(moment), *_manner(moment)]
    moved = bool(signs or asked or trusted or Sign.STEP_ASKED in labels.signs or moment.objection_quality)
    return tuple(found if moved or faults or Sign.RESPECT in labels.signs else [*found, "nothing_new"])


def _handling(moment: Moment) -> list[str]:
    if moment.objection_quality is None:
        return []
    return ["handled"] if moment.objection_quality >= 2 else ["acknowledged"] if moment.objection_quality else []


def _manner(moment: Moment) -> list[str]:
    asked = sum(question.spin is not Spin.NONE for question in moment.labels.questions)
    length = (
        len(moment.text) if any("\u4e00" <= letter <= "\u9fff" for letter in moment.text) else len(moment.text) // 3
    )
    manner = ["interrogation"] if asked >= _MANY_QUESTIONS else []
    manner += ["long_speech"] if length > _LONG else []
    return [*manner, "repetition"] if moment.text.strip() in moment.earlier else manner
