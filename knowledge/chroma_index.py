"""Nearest passages by meaning, in Chroma: a folder of this process or a server. The only importer of chromadb.

The index is never the only copy: a damaged one is deleted and filled again.
"""

from __future__ import annotations

import hashlib
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
HNSW: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 1500}
"""Measured against brute force on near-copies of real vectors; the defaults miss a tenth and more of them."""


@dataclass(slots=True)
class ChromaIndex:
    """Passage ids by vector, each team's in a collection of its own: no filter to forget, and none to wait for.

    `name` must change with the embedder, so that its vectors are never mixed.
    """

    name: str
    folder: Path | None = None
    url: str | None = None
    _client: ClientAPI | None = None
    _collections: dict[str | None, Collection] = field(default_factory=dict)
    _ids: dict[str | None, set[str]] = field(default_factory=dict)

    def keep(self, teams: Mapping[str, str | None], vectors: Callable[[Sequence[str]], NDArray[np.float32]]) -> None:
        """Makes the index hold exactly these passages; `vectors` is asked for those it lacks."""
        wanted: dict[str | None, list[str]] = {None: [], **{team: [] for team in self._ids}}
        for passage_id, team in teams.items():
            wanted.setdefault(team, []).append(passage_id)
        for team, ids in wanted.items():
            self._keep_team(team, ids, vectors)

    def nearest(self, vector: NDArray[np.float32], *, team: str | None, k: int) -> list[str]:
        """The ids of the `k` passages nearest in meaning among those shared and the team's own, nearest first."""
        found: list[tuple[float, str]] = []
        for owner in {None, team}:
            if self._ids.get(owner):
                result = self._try(owner, partial(_query, vector, min(k, len(self._ids[owner]))))
                found += zip(result["distances"][0], result["ids"][0], strict=True)
        return [passage_id for _, passage_id in sorted(found)[:k]]

    def start_anew(self) -> None:
        """Throws the index away; the next `keep` fills it again."""
        if self.url is None and self.folder:
            self._client = None
            _forget_open_folders()
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            for collection in self._collections.values():
                self._try(None, partial(_drop, self._connected(), collection.name))
        self._collections.clear()
        self._ids.clear()

    def _keep_team(
        self, team: str | None, ids: Sequence[str], vectors: Callable[[Sequence[str]], NDArray[np.float32]]
    ) -> None:
        if team not in self._ids:
            self._ids[team] = set(self._try(team, lambda collection: collection.get(include=[]))["ids"])
        known = self._ids[team]
        for batch in _batches(sorted(known.difference(ids))):
            self._try(team, partial(_delete, batch))
        for batch in _batches([passage_id for passage_id in ids if passage_id not in known]):
            self._try(team, partial(_add, batch, vectors(batch)))
        self._ids[team] = set(ids)

    def _try(self, team: str | None, step: Callable[[Collection], Any]) -> Any:  # noqa: ANN401
        """Runs a step against a team's collection; whatever Chroma raises means that vectors are unavailable."""
        try:
            return step(self._opened(team))
        except _failures() as error:
            self._collections.clear()
            self._ids.clear()
            raise VectorsUnavailableError(str(error)) from error

    def _opened(self, team: str | None) -> Collection:
        if team not in self._collections:
            name = f"{self.name}-{_short(team)}"
            if self.url is None and self.folder is None:
                name = f"{name}-{id(self)}"
            self._collections[team] = self._connected().get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": HNSW}
            )
        return self._collections[team]

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


def _query(vector: NDArray[np.float32], k: int, collection: Collection) -> Any:  # noqa: ANN401
    return collection.query(query_embeddings=vector[None], n_results=k, include=["distances"])


def _delete(ids: list[str], collection: Collection) -> None:
    collection.delete(ids=ids)


def _add(ids: list[str], vectors: NDArray[np.float32], collection: Collection) -> None:
    collection.upsert(ids=ids, embeddings=vectors)


def _drop(client: ClientAPI, name: str, _: Collection) -> None:
    client.delete_collection(name)


def _batches(ids: list[str]) -> list[list[str]]:
    return [ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH)]


def _short(team: str | None) -> str:
    """A name Chroma accepts, whatever the team is called."""
    return "shared" if team is None else f"team-{hashlib.sha256(team.encode()).hexdigest()[:16]}"


def _failures() -> tuple[type[Exception], ...]:
    """What Chroma raises when its folder is damaged or its server away."""
    import httpx
    from chromadb.errors import ChromaError

    return ChromaError, httpx.HTTPError, ValueError, RuntimeError, OSError


def _forget_open_folders() -> None:
    """Chroma keeps one system per folder for the whole process and would go on using deleted files."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
