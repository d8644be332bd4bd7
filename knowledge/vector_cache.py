"""Vectors of texts, each computed once: kept on disk in eight bits, found again by the hash of the text.

The cache can be deleted at any time; it is filled again from the texts.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from knowledge.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from knowledge.passages import Embedder

_LOG = logging.getLogger(__name__)
_STEPS = 127
_CHUNK = 256
_SAMPLED, _TOLERANCE, _NOTHING = 500, 0.05, 1e-6


@dataclass(frozen=True, slots=True)
class ShortVectors:
    """Unit vectors in eight bits and what to multiply them by."""

    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scales)

    def likeness(self, vector: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """The cosine of each of these rows with a unit vector."""
        found: NDArray[np.float32] = (self.values[rows].astype(np.float32) @ vector) * self.scales[rows]
        return found

    def are_unit(self) -> bool:
        """Whether `shortened` can have made these of unit vectors or zeros: all scales, and the length of a sample."""
        largest = (1 + _TOLERANCE) / _STEPS
        if not ((self.scales > 0) & (self.scales <= largest)).all():  # false for what is no number, too
            return False
        sample = slice(None, None, max(1, len(self) // _SAMPLED))
        lengths = np.linalg.norm(ShortVectors(self.values[sample], self.scales[sample]).long(), axis=1)
        return bool(((np.abs(lengths - 1) < _TOLERANCE) | (lengths < _NOTHING)).all())

    def long(self) -> NDArray[np.float32]:
        """The vectors in full width."""
        return self.values.astype(np.float32) * self.scales[:, None]


def shortened(vectors: NDArray[np.float32]) -> ShortVectors:
    """Unit vectors in eight bits; their cosines stay within half a percent."""
    scales = np.abs(vectors).max(axis=1, initial=1e-9) / _STEPS
    return ShortVectors(np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32))


@dataclass(slots=True)
class VectorCache:
    """Gives the vectors of texts; without a folder it forgets them with the process."""

    embedder: Embedder
    folder: Path | None = None
    _rows: dict[bytes, int] | None = None
    _kept: ShortVectors = field(init=False)

    def __post_init__(self) -> None:
        self._kept = shortened(np.zeros((0, self.embedder.dimensions), np.float32))

    def vectors(self, texts: Sequence[str]) -> ShortVectors:
        """One row per text. Raises VectorsUnavailableError when missing ones cannot be computed."""
        rows = self.rows(texts)
        return ShortVectors(self._kept.values[rows], self._kept.scales[rows])

    def rows(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Where the vector of each text is kept, for `likeness`; computes the missing ones."""
        known = self._loaded()
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            self._add(list(new), list(new.values()))
        return np.array([known[key] for key in keys], dtype=np.int32)

    def count(self) -> int:
        """How many vectors are kept."""
        self._loaded()
        return len(self._kept)

    def likeness(self, vector: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """The cosine of each of these rows with a unit vector."""
        return self._kept.likeness(vector, rows)

    def long(self, rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """These rows in full width."""
        return ShortVectors(self._kept.values[rows], self._kept.scales[rows]).long()

    def _add(self, keys: list[bytes], texts: list[str]) -> None:
        """Computes and keeps; what is computed before something fails is kept as well."""
        known = self._loaded()
        computed: list[ShortVectors] = []
        try:
            for at in range(0, len(keys), _CHUNK):
                batch = keys[at : at + _CHUNK]
                computed.append(shortened(self.embedder.embed([folded(text) for text in texts[at : at + _CHUNK]])))
                self._write(batch, computed[-1])
                known.update((key, len(known)) for key in batch)
        finally:
            self._kept = self._mapped(len(known)) if self.folder else _joined([self._kept, *computed])

    def _write(self, keys: list[bytes], vectors: ShortVectors) -> None:
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            parts = (vectors.values.tobytes(), vectors.scales.tobytes(), b"".join(keys))
            for path, data in zip(self._paths(), parts, strict=True):
                with path.open("ab") as file:
                    file.write(data)

    def _paths(self) -> Mapping[Path, int]:
        """Where values, scales and keys are kept, and how many bytes each vector takes there."""
        assert self.folder is not None
        sizes = {"values": self.embedder.dimensions, "scales": 4, "keys": _KEY_LENGTH}
        return {self.folder / f"{stored_name(self.embedder)}.{name}": size for name, size in sizes.items()}

    def _mapped(self, count: int) -> ShortVectors:
        """The vectors as they lie in the files: only those asked for are read into memory, and no copy is made."""
        values, scales, _ = self._paths()
        shape = (count, self.embedder.dimensions)
        return ShortVectors(
            np.asarray(np.memmap(values, np.int8, "r", shape=shape)) if count else self._kept.values,
            np.asarray(np.memmap(scales, np.float32, "r", shape=(count,))) if count else self._kept.scales,
        )

    def _loaded(self) -> dict[bytes, int]:
        if self._rows is None:
            self._rows = {}
            if self.folder and any(path.exists() for path in self._paths()):
                self._load()
        return self._rows

    def _load(self) -> None:
        """What a torn write left behind is cut off, files of anything else are begun anew: it can all be computed."""
        paths = self._paths()
        lengths = {path: path.stat().st_size if path.exists() else 0 for path in paths}
        count = min(lengths[path] // size for path, size in paths.items())
        found = self._mapped(count)
        if not found.are_unit():
            count, found = 0, self._kept
        if any(lengths[path] != count * size for path, size in paths.items()):
            _LOG.warning("vector cache damaged, keeping what is whole", extra={"folder": str(self.folder)})
            for path, size in paths.items():
                path.touch()
                os.truncate(path, count * size)
        *_, names = paths
        keys = names.read_bytes()
        self._kept = found
        self._rows = {keys[at * _KEY_LENGTH : (at + 1) * _KEY_LENGTH]: at for at in range(count)}


def _joined(parts: Sequence[ShortVectors]) -> ShortVectors:
    return ShortVectors(
        np.concatenate([part.values for part in parts]), np.concatenate([part.scales for part in parts])
    )


def stored_name(embedder: Embedder) -> str:
    """What an embedder's vectors are kept under: every file system and Chroma take it, and no two names share one."""
    plain = re.sub(r"[^a-zA-Z0-9]+", "-", embedder.name)
    return plain if plain == embedder.name else f"{plain}-{hashlib.sha256(embedder.name.encode()).hexdigest()[:8]}"


_KEY_LENGTH = 16


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_KEY_LENGTH).digest()
