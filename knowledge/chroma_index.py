"""Nearest passages by meaning, in Chroma: a folder of this process or a server. The only importer of chromadb.

The index is never the only copy: a damaged one is deleted and filled again.
"""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from knowledge.errors import VectorsUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

_LOG = logging.getLogger(__name__)
_BATCH = 2000
_SHARED = ""
HNSW: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 300}
"""Measured against brute force on near-copies of real vectors; the defaults miss a tenth and more of them."""


@dataclass(slots=True)
class ChromaIndex:
    """Passage ids by vector; `name` must change with the embedder, so that its vectors are never mixed."""

    name: str
    folder: Path | None = None
    url: str | None = None
    _client: ClientAPI | None = None
    _collection: Collection | None = None
    _ids: set[str] | None = field(default=None)

    def keep(self, teams: Mapping[str, str | None], vectors: Callable[[Sequence[str]], NDArray[np.float32]]) -> None:
        """Makes the index hold exactly these passages; `vectors` is asked for those it lacks."""
        ids = self._known_ids()
        if gone := sorted(ids - teams.keys()):
            for at in range(0, len(gone), _BATCH):
                self._try(partial(_delete, gone[at : at + _BATCH]))
        new = [passage_id for passage_id in teams if passage_id not in ids]
        for at in range(0, len(new), _BATCH):
            batch = new[at : at + _BATCH]
            self._try(partial(_add, batch, vectors(batch), [teams[passage_id] or _SHARED for passage_id in batch]))
        self._ids = set(teams)

    def nearest(self, vector: NDArray[np.float32], *, team: str | None, k: int) -> list[str]:
        """The ids of the `k` passages nearest in meaning among those shared and the team's own."""
        if not self._known_ids():
            return []
        where: Any = {"team": {"$in": [_SHARED, team]}} if team else {"team": _SHARED}
        found = self._try(lambda c: c.query(query_embeddings=vector[None], n_results=k, where=where, include=[]))
        return list(found["ids"][0])

    def start_anew(self) -> None:
        """Throws the index away; the next `keep` fills it again."""
        if self.url is None and self.folder:
            self._collection = self._ids = self._client = None
            _forget_open_folders()
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            self._try(lambda collection: self._connected().delete_collection(collection.name))
            self._collection = self._ids = None

    def _known_ids(self) -> set[str]:
        if self._ids is None:
            self._ids = set(self._try(lambda collection: collection.get(include=[]))["ids"])
        return self._ids

    def _try(self, step: Callable[[Collection], Any]) -> Any:  # noqa: ANN401
        """Runs a step against the collection; whatever Chroma raises means that vectors are unavailable."""
        try:
            return step(self._opened())
        except _failures() as error:
            self._collection = self._ids = None
            raise VectorsUnavailableError(str(error)) from error

    def _opened(self) -> Collection:
        if self._collection is None:
            name = self.name if self.url or self.folder else f"{self.name}-{id(self)}"
            self._collection = self._connected().get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": HNSW}
            )
        return self._collection

    def _connected(self) -> ClientAPI:
        if self._client is None:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            if self.url:
                address = urlsplit(self.url)
                secure = address.scheme == "https"
                port = address.port or (443 if secure else 80)
                self._client = chromadb.HttpClient(address.hostname or "", port, ssl=secure, settings=settings)
            elif self.folder:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._client = chromadb.PersistentClient(str(self.folder), settings=settings)
            else:
                self._client = chromadb.EphemeralClient(settings=settings)
        return self._client


def _delete(ids: list[str], collection: Collection) -> None:
    collection.delete(ids=ids)


def _add(ids: list[str], vectors: NDArray[np.float32], teams: list[str], collection: Collection) -> None:
    collection.upsert(ids=ids, embeddings=vectors, metadatas=[{"team": team} for team in teams])


def _failures() -> tuple[type[Exception], ...]:
    """What Chroma raises when its folder is damaged or its server away."""
    import httpx
    from chromadb.errors import ChromaError

    return ChromaError, httpx.HTTPError, ValueError, RuntimeError, OSError


def _forget_open_folders() -> None:
    """Chroma keeps one system per folder for the whole process and would go on using deleted files."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
