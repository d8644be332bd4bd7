"""Free words go to the skill they are for; where that is not clear the rep is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from bot.coaching.understanding import Understanding
from bot.conversation.classification import OFFERED, Choice, choice_for
from bot.conversation.route_evaluation import Case, Sent, cases_in, lines_of, misses_of, sent
from bot.conversation.route_sense import route_sense
from bot.domain.message import MessageKind
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.ports import Outcome, Skill, Turn
from bot.wording.phrasebook import LANGUAGES, keys_of
from knowledge.errors import VectorsUnavailableError

CASES = Path(__file__).resolve().parents[2] / "evals" / "routing"
MESSAGES = CASES / "messages.jsonl"
SKILLS = ("ask", "debrief", "practice", "todo", "accounts", "prep", "settings", "help", "export", "forget_me")


@dataclass(frozen=True, slots=True)
class Claiming:
    """Claims everything with the same strength."""

    name: str
    strength: float = 0.0
    commands: tuple[str, ...] = ("command",)
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


@dataclass(frozen=True, slots=True)
class Broken:
    """An embedder whose vectors cannot be had."""

    name: str = "use-multilingual-3"
    dimensions: int = 512

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        raise VectorsUnavailableError("gone")


QUIET: tuple[Skill, ...] = (*(Claiming(name) for name in SKILLS), Claiming("small_talk", commands=()))


def wish(text: str = "嗯") -> Wish:
    return Wish(text, date(2026, 11, 23))


def names(choice: Choice) -> list[str]:
    return [skill.name for skill in choice.skills]


def test_one_that_is_certain_needs_no_second_opinion() -> None:
    choice = choice_for(wish("客户说太贵怎么回"), [*QUIET[1:], Claiming("ask", 0.3), Claiming("new", 0.9)])
    assert (names(choice), choice.is_sure, choice.strength) == (["new"], True, 1.0)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("客户老嫌我们报价高，我该怎么跟他说", "ask"),
        ("how should I answer when the buyer wants a discount", "ask"),
        ("今天有哪些事情要办", "todo"),
        ("what do I have to do today", "todo"),
    ],
)
def test_by_words_alone_an_answer_is_there_at_once(text: str, skill: str) -> None:
    choice = choice_for(wish(text), QUIET)
    assert (choice.is_sure, names(choice)[0]) == (True, skill) or (not choice.is_sure and skill in names(choice))


def test_where_several_are_certain_what_the_words_are_like_decides() -> None:
    skills = [*(one for one in QUIET if one.name not in {"ask", "practice"}), Claiming("ask", 0.9)]
    choice = choice_for(wish("客户说我们贵，我该怎么回"), [*skills, Claiming("practice", 0.9)])
    assert names(choice)[0] == "ask"


def test_vectors_that_cannot_be_had_leave_the_words() -> None:
    text = wish("客户说我们贵，我该怎么回")
    broken = choice_for(text, QUIET, understanding=Understanding(embedder=Broken()))
    assert broken == choice_for(text, QUIET)


def test_a_skill_nothing_was_learned_about_counts_by_what_it_claims() -> None:
    choice = choice_for(wish("那个表"), [*QUIET, Claiming("new", 0.79)])
    assert (names(choice)[0], choice.is_sure) == ("new", True)
    asked = choice_for(wish("那个表"), [*QUIET, Claiming("new", 0.5), Claiming("newer", 0.5)])
    assert not asked.is_sure
    assert {"new", "newer"} <= set(names(asked))


def test_in_doubt_the_best_few_are_offered_and_only_what_has_a_command() -> None:
    choice = choice_for(wish("那个"), [Claiming(name, 0.79) for name in ("a", "b", "c", "d")] + list(QUIET))
    assert not choice.is_sure
    assert 2 <= len(choice.skills) <= OFFERED
    assert all(skill.commands for skill in choice.skills)


def test_what_is_learned_is_a_likelihood_for_each_skill() -> None:
    sense = route_sense()(wish("练一下压价"), {}, None)
    assert set(sense.likely) >= set(SKILLS)
    assert sum(sense.likely.values()) == pytest.approx(1.0, abs=1e-4)
    assert 0.3 <= sense.sure < 1


def test_no_message_it_learns_from_is_one_it_is_judged_by() -> None:
    folder = Path(str(files("bot.conversation").joinpath("route_messages")))
    learned = {line.strip() for file in folder.glob("*.txt") for line in file.read_text("utf-8").splitlines()}
    judged = {case.text for file in CASES.glob("*.jsonl") for case in cases_in(file) if case.part == "held"}
    assert len(learned & judged) == 0, "held-out messages stand among those it learns from"


def test_every_skill_has_messages_to_learn_from_and_none_is_for_two() -> None:
    folder = Path(str(files("bot.conversation").joinpath("route_messages")))
    lines = [line for file in folder.glob("*.txt") for line in file.read_text("utf-8").splitlines()]
    messages = [line for line in lines if line and not line.startswith("#")]
    assert {file.stem for file in folder.glob("*.txt")} == set(route_sense().skills)
    assert len(messages) == len(set(messages)) >= 400


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


def test_figures_are_told_without_a_message_and_misses_only_when_wanted() -> None:
    right = Sent(Case("1", "待办", ("todo",), "tune"), ("todo",), is_sure=True)
    offered = Sent(Case("2", "嗯", ("ask",), "tune"), ("todo", "ask"), is_sure=False)
    wrong = Sent(Case("3", "哦", ("ask",), "tune"), ("todo",), is_sure=True)
    lines = list(lines_of([right, offered, wrong]))
    assert lines == [
        "tune 3  right 0.333  asked with the right button 0.333  asked without 0.000  wrong 0.333",
        "  ask: 2  precision -  recall 0.000",
        "  todo: 1  precision 0.500  recall 1.000",
    ]
    assert list(misses_of([right, offered, wrong])) == [
        "tune 2: 嗯 -> asked: todo, ask (wanted ask)",
        "tune 3: 哦 -> todo (wanted ask)",
    ]


@pytest.mark.asyncio
async def test_the_model_is_asked_only_about_what_is_unsure() -> None:
    asked: list[str] = []

    async def decide(text: str, skills: Sequence[Skill]) -> Skill | None:
        asked.append(text)
        return skills[-1]

    cases = [Case("1", "那个", ("ask",), "tune"), Case("2", "待办", ("new",), "tune")]
    sure = [*QUIET, Claiming("new", 0.9)]
    assert [one.is_sure for one in await sent(cases[1:], sure, understanding=Understanding(), decide=decide)] == [True]
    assert asked == []
    unsure = [*QUIET, Claiming("a", 0.7), Claiming("b", 0.7)]
    found = await sent(cases[:1], unsure, understanding=Understanding(), decide=decide)
    assert (asked, found[0].is_sure, len(found[0].skills)) == (["那个"], True, 1)
