"""The personas, scenarios and rubrics of the library, as the practice engine reads them."""

import itertools
from random import Random

import pytest

from bot.domain.practice import Form, Question, Spin
from bot.practising.bant import reveals
from bot.practising.characters import Entry, Persona, Reaction, Scenario, as_entry, persona_from, scenario_from
from bot.practising.next_step import accepts
from bot.practising.objections import objection_in
from bot.practising.own_checks import own_checks_of
from bot.practising.rubric import rubric_from
from bot.practising.simulation import open_practice, reply_to
from knowledge.library_entries import Library, load_library

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def entries(library: Library, kind: str) -> dict[str, Entry]:
    return {
        entry.id: as_entry(entry.header, {language: text.values for language, text in entry.texts.items()})
        for entry in library.of_kind(kind)
    }


def personas(library: Library, language: str) -> dict[str, Persona]:
    return {key: persona_from(entry, language) for key, entry in entries(library, "persona").items()}


def scenarios(library: Library, language: str) -> list[Scenario]:
    return [scenario_from(entry, language) for entry in entries(library, "scenario").values()]


def test_every_scenario_names_personas_and_rubrics_that_exist(library: Library) -> None:
    known, rubrics = entries(library, "persona"), entries(library, "rubric")
    for scenario in scenarios(library, "zh"):
        assert set(scenario.personas) <= set(known), scenario.id
        assert scenario.rubric in rubrics, scenario.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_customers_objections_are_heard_as_objections(library: Library, language: str) -> None:
    unheard = [
        (scenario.id, objection.id, line)
        for scenario in scenarios(library, language)
        for objection in scenario.objections
        for line in (*objection.lines, *objection.insists)
        if objection_in(line) is None
    ]
    assert not unheard


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_settled_customer_no_longer_objects(library: Library, language: str) -> None:
    lines = [line for scenario in scenarios(library, language) for one in scenario.objections for line in one.settled]
    assert [line for line in lines if objection_in(line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_accepting_lines_are_heard_as_acceptance_and_refusing_ones_are_not(library: Library, language: str) -> None:
    for persona in personas(library, language).values():
        assert all(map(accepts, persona.lines[Reaction.ACCEPT])), persona.id
        refusing = [line for line in (*persona.lines[Reaction.REFUSE], *persona.lines[Reaction.VAGUE]) if accepts(line)]
        assert not refusing, persona.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_told_facts_and_small_talk_are_no_objections_against_the_rep(library: Library, language: str) -> None:
    quiet = (Reaction.PLAIN, Reaction.NEUTRAL, Reaction.SATISFIED, Reaction.OPEN_UP, Reaction.WARM)
    for persona in personas(library, language).values():
        lines = [line for reaction in quiet for line in persona.lines[reaction]]
        assert [line for line in lines if objection_in(line)] == [], persona.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rubric_has_words_for_what_it_shows_and_methods_that_exist(library: Library, language: str) -> None:
    found = entries(library, "rubric")
    base = rubric_from(found["standard-visit"], language)
    methods = {entry.id for entry in library.of_kind("method")}
    for entry in found.values():
        rubric = rubric_from(entry, language, base)
        assert rubric.shown()
        for check in rubric.checks.values():
            assert check.method in methods
            assert check.drill in rubric.drills
            assert check.better


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scenario_can_be_played_with_each_of_its_personas(library: Library, language: str) -> None:
    known = personas(library, language)
    words = {
        "zh": ["您现在是怎么做的？", "哪一块最头疼？", "这有什么影响？"],
        "en": ["How do you do it today?", "What is the hardest part?", "What does it cost you?"],
    }
    for scenario in scenarios(library, language):
        for persona_id in scenario.personas:
            state = open_practice(scenario, known[persona_id], Random(1))
            for text in words[language]:
                if state.ending is None:
                    state, reply = reply_to(state, text, Random(2))
                    assert reply.text
            assert own_checks_of(scenario, state.turns) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_can_be_earned_by_a_question_and_no_two_share_an_id(library: Library, language: str) -> None:
    for scenario in scenarios(library, language):
        assert scenario.facts
        assert len({fact.id for fact in scenario.facts}) == len(scenario.facts)
        assert all(fact.earned_by and Spin.NONE not in fact.earned_by for fact in scenario.facts)


def test_both_languages_hold_the_same_facts_objections_and_checks(library: Library) -> None:
    for chinese, english in zip(scenarios(library, "zh"), scenarios(library, "en"), strict=True):
        assert [fact.id for fact in chinese.facts] == [fact.id for fact in english.facts]
        assert [one.id for one in chinese.objections] == [one.id for one in english.objections]
        assert [one.id for one in chinese.own_checks] == [one.id for one in english.own_checks]


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_personas_differ_in_what_they_say(library: Library, language: str) -> None:
    for one, other in itertools.combinations(personas(library, language).values(), 2):
        shared = {line for lines in one.lines.values() for line in lines} & {
            line for lines in other.lines.values() for line in lines
        }
        assert len(shared) <= 3, (one.id, other.id, shared)


@pytest.mark.parametrize("language", LANGUAGES)
def test_told_facts_are_heard_as_answers_and_never_as_objections(library: Library, language: str) -> None:
    for scenario in scenarios(library, language):
        told = [(fact, (Question("", fact.earned_by[0], Form.OPEN),)) for fact in scenario.facts]
        assert {letter for fact, asked in told for letter in reveals(fact.line, asked)}, scenario.id
        objecting = [fact.id for fact, asked in told if objection_in(fact.line, asked)]
        assert not objecting, scenario.id
