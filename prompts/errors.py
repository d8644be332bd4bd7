"""Everything that can go wrong with prompts, each error naming the file or the call to correct.

PromptError
├── UnknownPromptError   no file of this name in this language
├── BrokenPromptError    a file breaks the form of prompts
└── WrongInputsError     a call does not give exactly the inputs that the prompt declares
"""

from collections.abc import Iterable


class PromptError(Exception):
    """A prompt cannot be rendered; the message says what to correct. It never holds a value."""


class UnknownPromptError(PromptError):
    """There is no such prompt; add `prompts/<language>/<name>.md` or correct the name."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__(f"prompts/{language}/{name}.md: there is no such prompt")


class BrokenPromptError(PromptError):
    """A prompt file breaks the form; correct the file."""

    def __init__(self, name: str, language: str, mistake: str) -> None:
        super().__init__(f"prompts/{language}/{name}.md: {mistake}")


class WrongInputsError(PromptError):
    """The inputs of a call and those the prompt declares differ; correct the caller."""

    def __init__(self, name: str, *, missing: Iterable[str], extra: Iterable[str]) -> None:
        self.missing = tuple(sorted(missing))
        self.extra = tuple(sorted(extra))
        said = [
            f"{what}: {', '.join(names)}" for what, names in (("missing", self.missing), ("extra", self.extra)) if names
        ]
        super().__init__(f"prompt {name}: {'; '.join(said)}")
