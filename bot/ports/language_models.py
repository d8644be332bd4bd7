"""Who speaks, proposes and writes down what was said."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class LanguageModel(Protocol):
    """Speaks and proposes; prompt texts live in `prompts`, called by name. Never trusted for what code can check."""

    @property
    def is_offline(self) -> bool:
        """True when it only speaks from the library's own phrases and proposes nothing."""
        ...

    def speak(self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str) -> AsyncIterator[str]:
        """Text as it comes, on behalf of a rep (whose budget it is). Raises ModelUnavailable."""
        ...

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """A JSON object that fits the schema; {} from a model that proposes nothing. Raises ModelUnavailable."""
        ...


class Transcriber(Protocol):
    """Writes down what was said."""

    async def transcribe(self, audio: bytes, media_type: str, *, names: Sequence[str], language: str) -> str:
        """The words, "" when nobody speaks; `names` are likely to be heard. Raises ModelUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said in one stretch of a recording, and up to which second of it."""

    words: str
    until: int


class Listener(Protocol):
    """Hears recordings of any length and format."""

    @property
    def sends_to(self) -> str:
        """The host outside our network that hears along, "" for none."""
        ...

    def listen(self, recording: bytes, *, names: Sequence[str], language: str, after: int = 0) -> AsyncGenerator[Heard]:
        """Stretch by stretch what is said, without the first `after`; nothing where nobody speaks.

        The same recording has the same stretches every time. Raises UnreadableRecording, ModelUnavailable.
        """
        ...
