"""The library and the documents for the conversation: loaded on first use, searched in a thread of their own."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from bot.coaching.understanding import BY_WORDS, Understanding, understanding_by
from bot.domain.rep import Viewer
from bot.process_memory import give_back
from knowledge.cleaning.topics import Topics
from knowledge.library_entries import Library
from knowledge.passages import Embedder, KnowledgeBase, PassageStore, Scope, SearchResults, Source

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.hybrid_knowledge_base import HybridKnowledgeBase
    from knowledge.keyword_knowledge_base import KeywordKnowledgeBase

log = logging.getLogger(__name__)

Result = TypeVar("Result")
_LOAD_SECONDS = 60.0
_RETRY_SECONDS = 30.0


class KnowledgeDesk:
    """Answers by words and meaning, and by words alone until the vectors are ready."""

    def __init__(
        self,
        store: PassageStore,
        embedder: Callable[[], Embedder],
        folder: "Path | None",
        *,
        chroma_url: str | None = None,
        retry_seconds: float = _RETRY_SECONDS,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._folder = folder
        self._chroma_url = chroma_url
        self._retry_seconds = retry_seconds
        self._try_again_at = 0.0
        self._reads = ThreadPoolExecutor(1, thread_name_prefix="knowledge")
        self._library: Library | None = None
        self._by_words: KeywordKnowledgeBase | None = None
        self._hybrid: HybridKnowledgeBase | None = None
        self._preparing: threading.Thread | None = None
        self._understanding = BY_WORDS
        self._topics = Topics()
        self._knows_topics = threading.Event()

    async def search(
        self, question: str, *, viewer: Viewer, k: int = 6, scope: Scope = Scope.ALL, context: str | None = None
    ) -> SearchResults:
        """The best passages this viewer may see."""
        return await self._run(lambda: self.search_now(question, team=viewer.team, k=k, scope=scope, context=context))

    async def source(self, passage_id: str, *, viewer: Viewer) -> Source:
        """A passage with its neighbours. Raises UnknownPassageError."""
        return await self._run(lambda: self.base().source(passage_id, team=viewer.team))

    async def library(self) -> Library:
        """The entries of the library."""
        return await self._run(self.library_now)

    def search_now(
        self, question: str, *, team: str | None, k: int, scope: Scope = Scope.ALL, context: str | None = None
    ) -> SearchResults:
        """The same on this thread."""
        results = self.base().search(question, team=team, scope=scope, k=k, context=context)
        if self._preparing and self._hybrid and not self._hybrid.is_prepared:
            self._prepare_beside()
        return results

    def understanding(self) -> Understanding:
        """How questions are understood just now: by meaning as well once its model is loaded."""
        return self._understanding

    def library_now(self) -> Library:
        """The same on this thread."""
        if self._library is None:
            from knowledge.library_entries import load_library

            self._library = load_library()
        return self._library

    def topics(self) -> Topics:
        """Tells sales knowledge from the rest, by meaning as soon as its model is loaded; waits for that."""
        self.warm_up()
        self._knows_topics.wait(_LOAD_SECONDS)
        return self._topics

    def warm_up(self) -> threading.Thread:
        """Load and compute in the background whatever the first question would wait for; who must wait joins it.

        What failed because the embedder was away is tried again, but not at every question.
        """
        failed = self._preparing is not None and self._hybrid is None and not self._preparing.is_alive()
        if self._preparing is None or (failed and time.monotonic() >= self._try_again_at):
            return self._prepare_beside()
        return self._preparing

    def prepare(self) -> None:
        """Make the search by meaning ready; blocks for as long as that takes."""
        from knowledge.errors import KnowledgeError
        from knowledge.hybrid_knowledge_base import HybridKnowledgeBase

        if self._hybrid is not None:
            return
        try:
            embedder = self._embedder()
            self._topics = Topics(embedder)
            self._knows_topics.set()
            hybrid = HybridKnowledgeBase(
                self.library_now(), self._store, embedder, folder=self._folder, chroma_url=self._chroma_url
            )
            hybrid.catch_up()
        except KnowledgeError as error:
            self._knows_topics.set()
            self._try_again_at = time.monotonic() + self._retry_seconds
            log.warning("search goes by words alone", extra={"action": "no_vectors", "reason": type(error).__name__})
            return
        self._hybrid, self._by_words = hybrid, None
        self._understanding = understanding_by(embedder)

    def base(self) -> KnowledgeBase:
        """What to search in just now."""
        if self._hybrid is not None:
            return self._hybrid
        self.warm_up()
        return self.by_words()

    def by_words(self) -> KnowledgeBase:
        """Search by words alone, which is ready at once."""
        from knowledge.keyword_knowledge_base import KeywordKnowledgeBase

        base = self._by_words or KeywordKnowledgeBase(self.library_now(), self._store, self._folder)
        base.refresh()
        if self._hybrid is None:
            self._by_words = base
        return base

    def _prepare_beside(self) -> threading.Thread:
        if self._preparing is None or not self._preparing.is_alive():
            self._preparing = threading.Thread(target=self._prepare_all, name="prepare-knowledge", daemon=True)
            self._preparing.start()
        return self._preparing

    def _prepare_all(self) -> None:
        """First what the first question waits for, then what makes the later ones quicker."""
        from knowledge.errors import KnowledgeError

        self.prepare()
        try:
            if self._hybrid:
                self._hybrid.prepare()
        except KnowledgeError as error:
            log.warning("search goes without index", extra={"action": "no_index", "reason": type(error).__name__})
        give_back()

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._reads, work)
