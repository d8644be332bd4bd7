"""Embeddings from any OpenAI-compatible endpoint, as knowledge wants them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from bot.language_models.circuit_breaker import CircuitBreaker
from bot.language_models.connection import Address
from bot.language_models.masking import mask_for
from bot.language_models.trouble import ModelTrouble
from bot.language_models.vendor_errors import UNREADABLE, cause_of
from knowledge.errors import VectorsUnavailableError
from knowledge.passages import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from openai import OpenAI

_BATCH = 64
_LONGEST = 2000


@dataclass(slots=True)
class EndpointEmbedder:
    """Fulfils Embedder; blocks, and may be called from any thread.

    How long its vectors are is learnt from the endpoint with the first text, or by asking when nobody has. While it is
    away nobody waits for it: it is asked again after half a minute.
    """

    model: str
    address: Address
    timeout: float = 30.0
    breaker: CircuitBreaker = field(default_factory=lambda: CircuitBreaker(failures_allowed=2))
    _openai: "OpenAI | None" = None
    _dimensions: int = 0
    _lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        """The model as the setting names it."""
        return f"openai:{self.model}"

    @property
    def dimensions(self) -> int:
        """How long each vector is. Raises VectorsUnavailableError when nobody could tell yet."""
        if not self._dimensions:
            self._vectors([self.model])
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One unit row per text. Raises VectorsUnavailableError."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        prepared = [text[:_LONGEST].strip() or "-" for text in texts]
        rows = [self._vectors(prepared[at : at + _BATCH]) for at in range(0, len(prepared), _BATCH)]
        vectors = np.concatenate(rows)
        unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit

    def close(self) -> None:
        """Close the connections."""
        if self._openai is not None:
            self._openai.close()

    def _vectors(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        import openai

        client = self._client()
        try:
            self.breaker.admit()
            answer = client.embeddings.create(model=self.model, input=list(texts), encoding_format="float")
            ordered = sorted(answer.data, key=lambda one: one.index)
            vectors = np.array([one.embedding for one in ordered], np.float32)
        except ModelTrouble as trouble:
            raise VectorsUnavailableError(str(trouble)) from None
        except (openai.OpenAIError, *UNREADABLE) as error:
            self.breaker.failed()
            raise VectorsUnavailableError(str(cause_of(error))) from None
        self.breaker.worked()
        length = vectors.shape[1] if vectors.ndim == 2 else 0
        if len(vectors) != len(texts) or not length or length != (self._dimensions or length):
            raise VectorsUnavailableError("vectors of another number or length than before")
        self._dimensions = length
        return vectors

    def _client(self) -> "OpenAI":
        from openai import OpenAI

        with self._lock:
            if self._openai is None:
                self._openai = OpenAI(
                    base_url=self.address.base_url,
                    api_key=self.address.key_to_send,
                    http_client=self.address.blocking_http(),
                    timeout=self.timeout,
                    max_retries=2,
                )
            return self._openai


@dataclass(frozen=True, slots=True)
class MaskedEmbedder:
    """Fulfils Embedder over an outside one, which sees no name, number or amount of the texts."""

    embedder: Embedder

    @property
    def name(self) -> str:
        """Another than the inner one's, since the vectors are others."""
        return f"{self.embedder.name}+masked"

    @property
    def dimensions(self) -> int:
        """How long each vector is."""
        return self.embedder.dimensions

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One unit row per text. Raises VectorsUnavailableError."""
        return self.embedder.embed([mask_for([text], ()).blank(text) for text in texts])
