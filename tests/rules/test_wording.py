"""The bot's words: the same keys and slots in every language; what the code says is there, what is there is said."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.rich_text import rendered, slots_of
from bot.wording.phrasebook import LANGUAGES, Phrasebook, keys_of
from tests.support.telegram_text import utf16_length

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "bot").rglob("*.py"))
OTHERS = LANGUAGES[1:]
_SAID = {"say", "plain", "list_of", "says", "WordsForRep", "moment"}
_KEY = re.compile(r"[a-z_]+\.[a-z_0-9]+")
SENTENCES = {"trouble.old_button"}
"""Keys that name a button and are none."""
MANIFEST = keys_of(LANGUAGES[0])


def texts_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def called_keys() -> Iterator[tuple[str, str]]:
    """Every wording key that stands as a plain string in a call that says something, with where."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in _SAID:
                for text in _whole_strings(node.args[0]):
                    if _KEY.fullmatch(text):
                        yield text, f"{path.relative_to(ROOT)}:{node.lineno}"


def _whole_strings(node: ast.AST) -> Iterator[str]:
    """The plain strings in an expression; the pieces of f-strings are none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not isinstance(node, ast.JoinedStr):
        for part in ast.iter_child_nodes(node):
            yield from _whole_strings(part)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert sorted(keys_of(language)) == sorted(MANIFEST)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_slots_and_kinds(language: str) -> None:
    theirs = keys_of(language)
    for key, text in MANIFEST.items():
        assert isinstance(theirs[key], tuple) == isinstance(text, tuple), key
        if isinstance(text, str):
            assert slots_of(str(theirs[key])) == slots_of(text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_broken_markup(language: str) -> None:
    for key, value in keys_of(language).items():
        for text in texts_of(value):
            assert text.strip(), key
            if isinstance(value, str):
                shown = rendered(text, dict.fromkeys(slots_of(text), "x")).text
                assert "**" not in shown, key
                assert "`" not in shown, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_written_in_itself(language: str) -> None:
    """No Chinese sentence among the English ones; names of languages and library titles aside."""
    if language == "zh":
        return
    foreign = [key for key, value in keys_of(language).items() if any(_han(text) > 2 for text in texts_of(value))]
    assert foreign == []


def _han(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" for character in text)


def test_every_key_in_the_code_exists() -> None:
    unknown = [f"{where} {key}" for key, where in called_keys() if key not in MANIFEST]
    assert unknown == []


def test_every_key_is_used() -> None:
    """Named in the code, or made there from a skill's name, a kind of message, or a part."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    made = [re.escape(p).replace("PART", r"[a-z_0-9]+") for p in _made_keys(code)]
    unused = [key for key in MANIFEST if f'"{key}"' not in code and not any(re.fullmatch(m, key) for m in made)]
    assert unused == []


def _made_keys(code: str) -> set[str]:
    """Patterns of the keys that f-strings make."""
    found = re.findall(r'f"([a-z_{][^"\s]*\.[^"\s]*)"', code)
    return {re.sub(r"\{[^{}]*\}", "PART", pattern) for pattern in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_words_do_not_hide_commands_or_questions(language: str) -> None:
    words = Phrasebook(language).list_of("cancel.words")
    assert words
    assert all(word == word.strip().lower() and len(word) <= 12 for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_under_buttons_fit_a_phone(language: str) -> None:
    label = re.compile(r".*\.(button|\w+_button|button_\w+)")
    labels = {key: value for key, value in keys_of(language).items() if label.fullmatch(key) and key not in SENTENCES}
    assert [key for key, label in labels.items() if utf16_length(str(label)) > 32 or "\n" in str(label)] == []
