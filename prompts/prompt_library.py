"""Prompts as files, found by name and rendered strictly.

`prompts/<language>/<name>.md` is a TOML header between `+++` lines (`purpose`, `inputs`, `reply`, `max_tokens` where
the answer is short, `repaired = false` where one call is all it is worth) and a body with slots `{{name}}`. There is no
logic; values go in verbatim and are not scanned again.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from prompts.errors import BrokenPromptError, UnknownPromptError, WrongInputsError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FRAME = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?\n(.*)\Z", re.DOTALL | re.MULTILINE)
_SLOT = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")
_OPTIONAL = {"max_tokens", "repaired"}
_KEYS = {"purpose", "inputs", "reply"} | _OPTIONAL


class ReplyForm(StrEnum):
    """What a prompt asks for: words, or one JSON object."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt in one language as its file has it; every input is a slot of the body and the reverse."""

    name: str
    language: str
    purpose: str
    inputs: tuple[str, ...]
    reply: ReplyForm
    max_tokens: int | None
    body: str
    is_repaired: bool = True


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """A prompt with its values in place, ready for a model. `max_tokens` None leaves the length to the model.

    `is_repaired`: a reply of no use is sent back to be written again.
    """

    name: str
    language: str
    text: str
    reply: ReplyForm
    max_tokens: int | None
    is_repaired: bool = True


@dataclass(frozen=True, slots=True)
class PromptLibrary:
    """The prompts of one folder that has a folder for each language."""

    folder: Traversable

    def languages(self) -> tuple[str, ...]:
        """The languages that have prompts, sorted."""
        return tuple(sorted(each.name for each in self.folder.iterdir() if each.is_dir() and _markdown_in(each)))

    def names(self, language: str) -> tuple[str, ...]:
        """The prompts of a language, sorted."""
        return tuple(sorted(_markdown_in(self.folder.joinpath(language))))

    def prompt(self, name: str, language: str) -> Prompt:
        """One prompt. Raises UnknownPromptError, BrokenPromptError."""
        file = self.folder.joinpath(language, f"{name}.md")
        if not _NAME.fullmatch(name) or not _NAME.fullmatch(language) or not file.is_file():
            raise UnknownPromptError(name, language)
        try:
            return _parsed(name, language, file.read_text(encoding="utf-8"))
        except (ValueError, tomllib.TOMLDecodeError) as error:
            raise BrokenPromptError(name, language, str(error)) from error


def shipped_prompts() -> PromptLibrary:
    """The prompts of the product."""
    return PromptLibrary(files("prompts"))


def rendered(name: str, language: str, inputs: Mapping[str, str]) -> RenderedPrompt:
    """A prompt of the product with these values. Raises UnknownPromptError, BrokenPromptError, WrongInputsError."""
    return filled(_shipped(name, language), inputs)


def filled(prompt: Prompt, inputs: Mapping[str, str]) -> RenderedPrompt:
    """The prompt with exactly its inputs, each put in verbatim. Raises WrongInputsError."""
    missing, extra = set(prompt.inputs) - set(inputs), set(inputs) - set(prompt.inputs)
    if missing or extra:
        raise WrongInputsError(prompt.name, missing=missing, extra=extra)
    text = _SLOT.sub(lambda slot: inputs[slot[1]], prompt.body)
    return RenderedPrompt(prompt.name, prompt.language, text, prompt.reply, prompt.max_tokens, prompt.is_repaired)


@cache
def _shipped(name: str, language: str) -> Prompt:
    return shipped_prompts().prompt(name, language)


def _markdown_in(folder: Traversable) -> list[str]:
    if not folder.is_dir():
        return []
    return [file.name.removesuffix(".md") for file in folder.iterdir() if file.name.endswith(".md")]


def _parsed(name: str, language: str, text: str) -> Prompt:
    framed = _FRAME.match(text)
    if framed is None:
        raise ValueError("must begin with a TOML header between two lines of +++")
    header, body = tomllib.loads(framed[1]), framed[2].strip()
    _check_header(header)
    _check_slots(header["inputs"], body)
    return Prompt(
        name=name,
        language=language,
        purpose=header["purpose"],
        inputs=tuple(header["inputs"]),
        reply=ReplyForm(header["reply"]),
        max_tokens=header.get("max_tokens"),
        body=body,
        is_repaired=header.get("repaired", True),
    )


def _check_header(header: Mapping[str, Any]) -> None:
    if unknown := set(header) - _KEYS:
        raise ValueError(f"the header does not know {', '.join(sorted(unknown))}")
    if absent := _KEYS - _OPTIONAL - set(header):
        raise ValueError(f"the header lacks {', '.join(sorted(absent))}")
    if not isinstance(header["purpose"], str) or not header["purpose"].strip():
        raise ValueError("purpose must say in a sentence what the prompt is for")
    inputs = header["inputs"]
    if not isinstance(inputs, list) or not all(isinstance(one, str) and _NAME.fullmatch(one) for one in inputs):
        raise ValueError("inputs must be a list of names in lower case")
    if len(set(inputs)) != len(inputs):
        raise ValueError("inputs names something twice")
    if header["reply"] not in list(ReplyForm):
        raise ValueError(f"reply must be one of {', '.join(ReplyForm)}")
    limit = header.get("max_tokens", 1)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ValueError("max_tokens must be a whole number from 1")
    if not isinstance(header.get("repaired", True), bool):
        raise ValueError("repaired must be true or false")


def _check_slots(inputs: list[str], body: str) -> None:
    if not body:
        raise ValueError("the body is empty")
    slots = set(_SLOT.findall(body))
    if undeclared := slots - set(inputs):
        raise ValueError(f"slots that inputs does not declare: {', '.join(sorted(undeclared))}")
    if unused := set(inputs) - slots:
        raise ValueError(f"inputs without a slot in the body: {', '.join(sorted(unused))}")
    if "{{" in _SLOT.sub("", body):
        raise ValueError("a slot is written {{name}}, in lower case and without blanks")
