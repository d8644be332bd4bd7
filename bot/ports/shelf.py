"""The documents one viewer may see."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.documents import ShelfArticle, ShelfDocument, ShelfPiece
from bot.domain.teaching import Lesson


class Shelf(Protocol):
    """Documents of the viewer's team and those shared with all teams; whole texts of others' are never given."""

    async def documents(self) -> Sequence[ShelfDocument]:
        """The newest live version of each document, withdrawn documents last; by name."""
        ...

    async def document(self, document_id: str) -> ShelfDocument | None:
        """One version."""
        ...

    async def versions(self, document_id: str) -> Sequence[ShelfDocument]:
        """All versions of the document this is one of, newest first."""
        ...

    async def articles(self, document_id: str) -> Sequence[ShelfArticle]:
        """The articles of a version, those left out too, in reading order."""
        ...

    async def article(self, article_id: str) -> ShelfArticle | None:
        """One article."""
        ...

    async def being_read(self) -> Sequence[Lesson]:
        """What the viewer sent and no answer uses yet because it is still being read."""
        ...

    async def pieces(self, document_id: str) -> Sequence[ShelfPiece]:
        """What cleaning took out of a version; for those who may take documents in, nothing for others."""
        ...
