"""The meaning of each row of the catalogue: one vector for the passage, some for its windows and its questions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from knowledge.splitting.windows import windows_of
from knowledge.vector_cache import ShortVectors, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from knowledge.passages import Passage
    from knowledge.vector_cache import VectorCache


@dataclass(slots=True)
class PassageVectors:
    """Vectors in eight bits by row; only the rows asked for are ever widened."""

    cache: VectorCache
    _passages: ShortVectors = field(init=False)
    _windows: ShortVectors = field(init=False)
    _ends: NDArray[np.intp] = field(default_factory=lambda: np.zeros(1, np.intp))
    _questions: dict[int, ShortVectors] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nothing = shortened(np.zeros((0, self.cache.embedder.dimensions), np.float32))
        self._passages = self._windows = nothing

    def add(self, passages: Sequence[Passage]) -> None:
        """Appends a row per passage; documents get windows, entries have their asks instead."""
        if not passages:
            return
        windows = [windows_of(passage.text) if passage.owner_is_document else [] for passage in passages]
        self._passages = self._passages.and_more(self.cache.vectors([passage.text for passage in passages]))
        self._windows = self._windows.and_more(self.cache.vectors([one for some in windows for one in some]))
        ends = np.cumsum([len(some) for some in windows], dtype=np.intp) + self._ends[-1]
        self._ends = np.concatenate([self._ends, ends])

    def add_questions(self, row: int, questions: Sequence[str]) -> None:
        """Keeps what may be asked to find a row."""
        self._questions[row] = self.cache.vectors(questions)

    def full(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The passages' vectors in full width."""
        at = np.asarray(rows, np.intp)
        return ShortVectors(self._passages.values[at], self._passages.scales[at]).long()

    def meaning(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The likeness of each of these rows to a vector."""
        return self._passages.likeness(vector, rows)

    def best_window(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The likeness of the best window of each row; of the passage where it has none."""
        best = self.meaning(vector, rows)
        spans = [np.arange(self._ends[row], self._ends[row + 1]) for row in rows]
        flat = np.concatenate(spans) if spans else np.zeros(0, np.intp)
        owner = np.repeat(np.arange(len(rows)), [len(span) for span in spans])
        np.maximum.at(best, owner, self._windows.likeness(vector, flat))
        return best

    def best_question(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The likeness of the best question of each row; 0 where it has none."""
        found = defaultdict(float)
        for row in set(rows.tolist()) & self._questions.keys():
            found[row] = float(self._questions[row].likeness(vector).max(initial=0.0))
        return np.array([found[row] for row in rows.tolist()], np.float32)
