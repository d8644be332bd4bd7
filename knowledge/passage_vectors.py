"""The meaning of each row of the catalogue: one vector for the passage, one for it under its heading, some for
its windows and its questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.splitting.windows import windows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from knowledge.passages import Passage
    from knowledge.vector_cache import VectorCache

_AT_ONCE = 4096
"""Rows widened at a time; so many fit into a processor's cache."""


@dataclass(slots=True)
class PassageVectors:
    """Vectors in eight bits by row; only the rows asked for are ever widened."""

    cache: VectorCache
    _passages: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _headed: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _windows: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _ends: NDArray[np.intp] = field(default_factory=lambda: np.zeros(1, np.intp))
    _questions: dict[int, NDArray[np.int32]] = field(default_factory=dict)

    def add(self, passages: Sequence[Passage]) -> None:
        """Appends a row per passage; documents get windows and their heading, entries have their asks instead."""
        windows = [windows_of(passage.text) if passage.owner_is_document else [] for passage in passages]
        self._passages = np.append(self._passages, self.cache.rows([passage.text for passage in passages]))
        self._headed = np.append(self._headed, self.cache.rows([_headed(passage) for passage in passages]))
        self._windows = np.append(self._windows, self.cache.rows([one for some in windows for one in some]))
        ends = np.cumsum([len(some) for some in windows], dtype=np.intp) + self._ends[-1]
        self._ends = np.append(self._ends, ends)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Which kept vectors belong to which row, for `restore`; generated questions are not among them."""
        return {"passages": self._passages, "headed": self._headed, "windows": self._windows, "ends": self._ends}

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Takes rows back from `arrays`; False when the vectors they point to are gone."""
        rows = np.concatenate([arrays["passages"], arrays["headed"], arrays["windows"]])
        if rows.max(initial=-1) >= self.cache.count():
            return False
        self._passages, self._headed = arrays["passages"], arrays["headed"]
        self._windows, self._ends = arrays["windows"], arrays["ends"]
        return True

    def add_questions(self, row: int, questions: Sequence[str]) -> None:
        """Keeps what may be asked to find a row."""
        self._questions[row] = self.cache.rows(questions)

    def full(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The passages' vectors in full width."""
        return self.cache.long(self._passages[np.asarray(rows, np.intp)])

    def meaning(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The likeness of each of these rows to a vector."""
        return self.cache.likeness(vector, self._passages[rows])

    def nearest(self, vector: NDArray[np.float32], rows: NDArray[np.intp], k: int) -> list[int]:
        """The `k` of these rows likest to a vector; every one of them is compared, so it takes its time."""
        if len(rows) > k:
            likeness = [self.meaning(vector, rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE)]
            rows = rows[np.argpartition(-np.concatenate(likeness), k)[:k]]
        found: list[int] = rows.tolist()
        return found

    def heading(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """By how much each of these rows is liker to a vector when it is read under its heading, if it is."""
        gain: NDArray[np.float32] = self.cache.likeness(vector, self._headed[rows]) - self.meaning(vector, rows)
        return np.maximum(gain, 0)

    def best_window(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The likeness of the best window of each row; of the passage where it has none."""
        best = self.meaning(vector, rows)
        spans = [np.arange(self._ends[row], self._ends[row + 1]) for row in rows]
        if spans:
            owner = np.repeat(np.arange(len(rows)), [len(span) for span in spans])
            np.maximum.at(best, owner, self.cache.likeness(vector, self._windows[np.concatenate(spans)]))
        return best

    def questions_gain(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """By how much the best question of each row is liker to a vector than the row is; 0 where it has none."""
        found = np.full(len(rows), -np.inf, np.float32)
        for at in [at for at, row in enumerate(rows.tolist()) if row in self._questions]:
            found[at] = self.cache.likeness(vector, self._questions[rows[at]]).max(initial=-np.inf)
        gain: NDArray[np.float32] = np.maximum(found - self.meaning(vector, rows), 0)
        return gain


def _headed(passage: Passage) -> str:
    return f"{passage.title}\n{passage.text}" if passage.owner_is_document else passage.text
