"""Free words go to the skill they are for; where that is not clear the rep is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.conversation.classification import OFFERED, choice_for
from bot.conversation.route_evaluation import Case, Sent, cases_in, lines_of
from bot.domain.message import MessageKind
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.ports import Outcome, Turn
from bot.wording.phrasebook import LANGUAGES, Phrasebook, keys_of

MESSAGES = Path(__file__).resolve().parents[2] / "evals" / "routing" / "messages.jsonl"
SKILLS = ("ask", "debrief", "practice", "todo", "accounts", "prep", "settings", "help", "export", "forget_me")


@dataclass(frozen=True, slots=True)
class Claiming:
    """Claims everything with the same strength."""

    name: str
    strength: float
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = frozenset()
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """The strength it was given."""
        return self.strength

    def holds(self, wish: Wish) -> bool:
        """Nothing."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """Is not asked."""
        raise NotImplementedError


def like(skill: str, strength: float) -> "Likeness":
    return Likeness(frozenset(e for lang in LANGUAGES for e in Phrasebook(lang).list_of(f"{skill}.examples")), strength)


@dataclass(slots=True)
class Likeness:
    """Finds the examples of one skill alike, and counts how often it was asked."""

    lines: frozenset[str]
    strength: float
    asked: int = 0

    def __call__(self, question: str, lines: Sequence[str]) -> Sequence[float]:
        self.asked += 1
        return [self.strength if line in self.lines else 0.0 for line in lines]


def wish(text: str = "嗯") -> Wish:
    return Wish(text, date(2026, 11, 23))


def test_nobody_claims() -> None:
    assert choice_for(wish(), [Claiming("ask", 0.0)]).skills == ()


def test_a_sure_claim_far_ahead_asks_no_examples() -> None:
    examples = like("ask", 1.0)
    choice = choice_for(wish(), [Claiming("ask", 0.3), Claiming("todo", 0.9)], likeness=examples)
    assert (choice.skills[0].name, choice.is_sure, examples.asked) == ("todo", True, 0)


def test_examples_decide_between_near_claims() -> None:
    skills = [Claiming("ask", 0.65), Claiming("debrief", 0.9)]
    told, asked = choice_for(wish(), skills), choice_for(wish(), skills, likeness=like("ask", 0.6))
    assert (told.skills[0].name, told.is_sure) == ("debrief", True)
    assert (asked.skills[0].name, asked.is_sure) == ("ask", True)


def test_examples_find_a_skill_that_claims_nothing() -> None:
    choice = choice_for(wish(), [Claiming("ask", 0.3), Claiming("export", 0.0)], likeness=like("export", 0.7))
    assert (choice.skills[0].name, choice.is_sure) == ("export", True)


def test_in_doubt_the_best_few_are_offered() -> None:
    names = ("ask", "todo", "prep", "accounts")
    choice = choice_for(wish(), [Claiming(name, 0.5) for name in names], likeness=like("prep", 0.01))
    assert not choice.is_sure
    assert choice.skills[0].name == "prep"
    assert len(choice.skills) == OFFERED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("skill", SKILLS)
def test_every_skill_has_a_dozen_examples(skill: str, language: str) -> None:
    examples = keys_of(language)[f"{skill}.examples"]
    assert len(set(examples)) >= 12


def test_messages_are_many_and_a_third_is_held() -> None:
    cases = cases_in(MESSAGES)
    held = [case for case in cases if case.part == "held"]
    assert len(cases) >= 160
    assert len({case.id for case in cases}) == len({case.text for case in cases}) == len(cases)
    assert len(held) * 3 >= len(cases) - 3
    assert {name for case in held for name in case.skills} == set(SKILLS)


def test_figures_name_every_miss() -> None:
    right = Sent(Case("1", "待办", ("todo",), "tune"), ("todo",), is_sure=True)
    offered = Sent(Case("2", "嗯", ("ask",), "tune"), ("todo", "ask"), is_sure=False)
    lines = list(lines_of([right, offered]))
    assert lines[0] == "tune 2  accuracy 0.500  asked back 0.500  right or offered 1.000"
    assert lines[1:] == ["tune 2: 嗯 -> asked back: todo, ask (wanted ask)"]
