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
from knowledge.snapshot import digest_of

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
_HOLDS = "holds"
"""Under this name a collection says, by a digest of their ids, which passages it holds."""
HNSW: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 4000}
"""Measured against brute force on near-copies of real vectors, of which there may be many more than are looked at:
among 100,000 the defaults miss a third of the true neighbours, 1000 a tenth, 4000 less than a hundredth.
"""


@dataclass(slots=True)
class ChromaIndex:
    """Passage ids by vector, each team's in a collection of its own: no filter to forget, and none to wait for.

    It is in `folder`, or on the server at `url`. `name` must change with the embedder, so that its vectors never mix.
    """

    name: str
    folder: Path
    url: str | None = None
    _client: ClientAPI | None = None
    _collections: dict[str | None, Collection] = field(default_factory=dict)
    _ids: dict[str | None, set[str]] = field(default_factory=dict)

    def keep(self, teams: Mapping[str, str | None], vectors: Callable[[Sequence[str]], NDArray[np.float32]]) -> None:
        """Makes the index hold exactly these passages, ready to be asked; `vectors` is asked for those it lacks."""
        wanted: dict[str | None, list[str]] = {None: [], **{team: [] for team in self._ids}}
        for passage_id, team in teams.items():
            wanted.setdefault(team, []).append(passage_id)
        for team, ids in wanted.items():
            if not self._holds(team, ids):
                self._keep_team(team, ids, vectors)
            if ids:
                self._try(team, partial(_query, vectors(ids[:1])[0], 1))

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
        if self.url is None:
            self._client = None
            _forget_open_folders()
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            for collection in self._collections.values():
                self._try(None, partial(_drop, self._connected(), collection.name))
        self._collections.clear()
        self._ids.clear()

    def _holds(self, team: str | None, ids: Sequence[str]) -> bool:
        """Whether a team's collection says that it holds these passages, so that nobody has to list them."""

        def holds(collection: Collection) -> bool:
            said = (collection.metadata or {}).get(_HOLDS)
            return bool(said == digest_of(sorted(ids)) and collection.count() == len(ids))

        if team in self._ids or not self._try(team, holds):
            return False
        self._ids[team] = set(ids)
        return True

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
        self._try(team, partial(_say, digest_of(sorted(ids))))
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
            self._collections[team] = self._connected().get_or_create_collection(
                f"{self.name}-{_short(team)}", embedding_function=None, configuration={"hnsw": HNSW}
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
            else:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._client = chromadb.PersistentClient(str(self.folder), settings=settings)
        return self._client


def _query(vector: NDArray[np.float32], k: int, collection: Collection) -> Any:  # noqa: ANN401
    return collection.query(query_embeddings=vector[None], n_results=k, include=["distances"])


def _delete(ids: list[str], collection: Collection) -> None:
    collection.delete(ids=ids)


def _add(ids: list[str], vectors: NDArray[np.float32], collection: Collection) -> None:
    collection.upsert(ids=ids, embeddings=vectors)


def _say(digest: str, collection: Collection) -> None:
    if (collection.metadata or {}).get(_HOLDS) != digest:
        collection.modify(metadata={_HOLDS: digest})


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
