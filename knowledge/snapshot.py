"""Arrays that took long to compute, kept on disk with a digest of what they were computed from.

A snapshot that is damaged or of other texts counts as none: everything in it can be computed again.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

_LOG = logging.getLogger(__name__)
_FORMAT = b"4"
"""Count on when terms, windows or arrays change, so that no older snapshot is taken for a fitting one."""
_MANY, _SHARE = 1000, 0.02


def digest_of(texts: Iterable[str]) -> str:
    """Tells whether these are the same texts in the same order."""
    digest = hashlib.blake2b(_FORMAT, digest_size=16)
    for text in texts:
        digest.update(text.encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()


def worth_keeping(rows: int, kept: int) -> bool:
    """Whether so many rows are enough more than those kept; a few are computed anew in no time."""
    return rows - kept >= max(_MANY, _SHARE * kept)


def keep(path: Path, arrays: Arrays, texts: Sequence[str]) -> None:
    """Writes a snapshot of arrays computed from these texts; a half-written one never shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{uuid4().hex}.npz")
    everything: dict[str, Any] = {**arrays, "rows": np.array(len(texts)), "digest": np.array(digest_of(texts))}
    try:
        np.savez(unfinished, **everything)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def kept(path: Path, texts: Sequence[str]) -> tuple[int, Arrays] | None:
    """The arrays of a snapshot and how many of the texts, from the first, they stand for."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            rows = int(found["rows"])
            if rows > len(texts) or str(found["digest"]) != digest_of(texts[:rows]):
                return None
            return rows, {name: found[name] for name in found.files if name not in ("rows", "digest")}
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        _LOG.warning("snapshot damaged, computing anew", extra={"reason": str(error)[:200]})
        return None
