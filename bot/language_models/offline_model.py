"""The offline driver: a model like any other that proposes nothing and says what it is given to say."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

FALLBACK = "fallback"
"""The input that holds what to say when no model answers; no prompt sees it."""


@dataclass(frozen=True, slots=True)
class OfflineModel:
    """Fulfils LanguageModel without any model."""

    is_offline: bool = True

    async def speak(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str
    ) -> AsyncGenerator[str, None]:
        """The caller's own fallback, whole; nothing when there is none."""
        if said := inputs.get(FALLBACK, ""):
            yield said

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Nothing; rules propose."""
        return {}


def without_fallback(inputs: Mapping[str, str]) -> dict[str, str]:
    """The inputs that a prompt may see."""
    return {name: value for name, value in inputs.items() if name != FALLBACK}
