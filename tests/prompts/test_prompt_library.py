"""The form of prompts, and that every prompt of the product keeps it in every language."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.errors import BrokenPromptError, UnknownPromptError, WrongInputsError
from prompts.prompt_library import Prompt, PromptLibrary, ReplyForm, filled, rendered, shipped_prompts
from tests.prompts.golden_renderings import FOLDER, golden_file, renderings

GOOD = """+++
purpose = "Greets."
inputs = ["who"]
reply = "text"
max_tokens = 20
+++
Say hello to {{who}}, as JSON {"a": {"b": 1}}.
"""
LIBRARY = shipped_prompts()


def library_with(folder: Path, text: str) -> PromptLibrary:
    (folder / "en").mkdir()
    (folder / "en" / "greet.md").write_text(text, encoding="utf-8")
    return PromptLibrary(folder)


def greeting(body: str = "{{who}}", inputs: tuple[str, ...] = ("who",)) -> Prompt:
    return Prompt("greet", "en", "Greets.", inputs, ReplyForm.TEXT, None, body)


def test_a_prompt_is_its_header_and_its_body(tmp_path):
    prompt = library_with(tmp_path, GOOD).prompt("greet", "en")
    assert prompt == Prompt(
        "greet", "en", "Greets.", ("who",), ReplyForm.TEXT, 20, 'Say hello to {{who}}, as JSON {"a": {"b": 1}}.'
    )


@pytest.mark.parametrize("value", ["$500 & <b>{x}</b>", "{{who}}", "{{other}}", "\\1 \\g<0>", "", "两百万\n\n+++"])
def test_values_go_in_verbatim_and_are_not_scanned_again(value):
    assert filled(greeting("a {{who}} b"), {"who": value}).text == f"a {value} b"


@given(st.text(), st.text())
def test_any_two_values_stand_side_by_side(one, two):
    assert filled(greeting("{{a}}|{{b}}|{{a}}", ("a", "b")), {"a": one, "b": two}).text == f"{one}|{two}|{one}"


def test_missing_and_extra_inputs_are_named_together_and_without_values():
    with pytest.raises(WrongInputsError) as caught:
        filled(greeting("{{who}}{{what}}", ("who", "what")), {"who": "Alice Secret", "where": "x"})
    assert (caught.value.missing, caught.value.extra) == (("what",), ("where",))
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\npurpose", "purpose", r"between two lines of \+\+\+"),
        ('"Greets."', "Greets.", "line 1"),
        ('purpose = "Greets."', 'purpose = " "', "purpose"),
        ('purpose = "Greets."\n', "", "lacks purpose"),
        ('reply = "text"', 'reply = "poem"', "text, json"),
        ('reply = "text"', 'reply = ["text"]', "text, json"),
        ("max_tokens = 20", "max_tokens = 0", "max_tokens"),
        ("max_tokens = 20", "max_tokens = true", "max_tokens"),
        ("max_tokens = 20", "temperature = 1", "does not know temperature"),
        ('["who"]', '"who"', "list of names"),
        ('["who"]', '["Who"]', "list of names"),
        ('["who"]', '["who", "who"]', "twice"),
        ('["who"]', '["who", "whom"]', "without a slot in the body: whom"),
        ('["who"]', "[]", "does not declare: who"),
        ("{{who}}", "{{who}} {{ who }}", "without blanks"),
        ("{{who}}", "{{who}} {{Who}}", "without blanks"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(tmp_path, old, new, said):
    library = library_with(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BrokenPromptError, match=said):
        library.prompt("greet", "en")


def test_an_empty_body_is_refused(tmp_path):
    with pytest.raises(BrokenPromptError, match="empty"):
        library_with(tmp_path, GOOD.split("Say")[0]).prompt("greet", "en")


@pytest.mark.parametrize(("name", "language"), [("greet", "fr"), ("nothing", "en"), ("../en/greet", "en"), ("", "en")])
def test_an_unknown_prompt_is_named(tmp_path, name, language):
    with pytest.raises(UnknownPromptError):
        library_with(tmp_path, GOOD).prompt(name, language)


def test_the_product_renders_by_name():
    text = rendered("passage_questions", "zh", {"title": "甲", "passage": "乙"}).text
    assert "标题：甲\n乙\n" in text


@pytest.mark.parametrize("language", LIBRARY.languages())
def test_every_language_has_the_same_prompts(language):
    assert LIBRARY.names(language) == LIBRARY.names("zh")


@pytest.mark.parametrize("name", LIBRARY.names("zh"))
def test_a_prompt_promises_the_same_in_every_language(name):
    said = {
        (frozenset(prompt.inputs), prompt.reply)
        for prompt in (LIBRARY.prompt(name, one) for one in LIBRARY.languages())
    }
    assert len(said) == 1


@pytest.mark.parametrize(
    ("language", "name", "text"), [pytest.param(*one, id=f"{one[0]}-{one[1]}") for one in renderings(LIBRARY)]
)
def test_a_prompt_renders_as_it_did(language, name, text):
    golden = golden_file(language, name)
    assert golden.is_file(), "run python -m tests.prompts.golden_renderings and look at what it wrote"
    assert golden.read_text(encoding="utf-8") == text


def test_there_is_no_rendering_of_a_prompt_that_is_gone():
    assert {golden_file(language, name) for language, name, _ in renderings(LIBRARY)} == set(FOLDER.rglob("*.txt"))
