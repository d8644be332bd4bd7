"""The library and the documents of the team."""

from typing import Protocol

from bot.domain.rep import Viewer
from knowledge.library_entries import Library
from knowledge.passages import Scope, SearchResults, Source


class Knowledge(Protocol):
    """The library and the team's documents."""

    async def search(
        self, question: str, *, viewer: Viewer, k: int = 6, scope: Scope = Scope.ALL, context: str | None = None
    ) -> SearchResults:
        """The best passages this viewer may see; `context` is the question before in the same talk."""
        ...

    async def source(self, passage_id: str, *, viewer: Viewer) -> Source:
        """A passage with its neighbours. Raises knowledge's UnknownPassageError."""
        ...

    async def library(self) -> Library:
        """The entries of the library."""
        ...
