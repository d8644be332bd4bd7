"""The documents one viewer may see, for listing, reading and changing them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from bot.domain.documents import TEACHERS, ShelfArticle, ShelfDocument, ShelfPiece
from bot.domain.rep import Viewer
from bot.domain.teaching import Lesson
from bot.storage import reading
from bot.storage.database import Database
from bot.storage.document_parts import REPEATED, spans_from
from bot.storage.tables import article, document, dropped_piece

Result = TypeVar("Result")

_teller = article.alias("teller")
_articles = select(article, _teller.c.title.label("teller")).outerjoin(_teller, _teller.c.id == article.c.told_by)


def _count_of(*conditions: ColumnElement[bool]) -> Any:  # noqa: ANN401  a column of SQLAlchemy's own kind
    counted = select(func.count()).select_from(article).where(article.c.document_id == document.c.id, *conditions)
    return counted.correlate(document).scalar_subquery()


_documents = select(
    document,
    _count_of(article.c.left_out.is_(None)).label("kept"),
    _count_of(article.c.left_out == REPEATED).label("merged"),
    _count_of(article.c.left_out.is_not(None), article.c.left_out != REPEATED).label("left_out"),
    select(func.count())
    .select_from(dropped_piece)
    .where(dropped_piece.c.document_id == document.c.id)
    .correlate(document)
    .scalar_subquery()
    .label("dropped"),
)


class DatabaseShelf:
    """Reads documents on behalf of one viewer: his team's and those shared with all."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database = database
        self._viewer = viewer

    async def documents(self) -> Sequence[ShelfDocument]:
        """The live version of each document, else the newest; withdrawn documents last, by name."""
        found = await self._all(_documents.where(self._seen()).order_by(document.c.version), _document)
        newest: dict[tuple[str, bool], ShelfDocument] = {}
        for one in sorted(found, key=lambda one: (one.is_live, one.version)):
            newest[one.name, one.is_shared] = one
        return sorted(newest.values(), key=lambda one: (not one.is_live, one.name, one.is_shared))

    async def document(self, document_id: str) -> ShelfDocument | None:
        """One version."""
        found = await self._all(_documents.where(self._seen(), document.c.id == document_id), _document)
        return found[0] if found else None

    async def versions(self, document_id: str) -> Sequence[ShelfDocument]:
        """All versions of the document this is one of, newest first."""
        known = await self.document(document_id)
        if known is None:
            return []
        same = _documents.where(self._seen(), document.c.name == known.name)
        found = await self._all(same.order_by(document.c.version.desc()), _document)
        return [one for one in found if one.is_shared == known.is_shared]

    async def articles(self, document_id: str) -> Sequence[ShelfArticle]:
        """The articles of a version, those left out too, in reading order."""
        mine = self._readable(article.c.document_id == document_id)
        return await self._all(mine.order_by(article.c.position, article.c.id), _article)

    async def article(self, article_id: str) -> ShelfArticle | None:
        """One article."""
        found = await self._all(self._readable(article.c.id == article_id), _article)
        return found[0] if found else None

    async def pieces(self, document_id: str) -> Sequence[ShelfPiece]:
        """What cleaning took out of a version, for those who may take documents in."""
        if self._viewer.role not in TEACHERS:
            return []
        seen = select(document.c.id).where(self._seen())
        mine = (dropped_piece.c.document_id == document_id) & dropped_piece.c.document_id.in_(seen)
        return await self._all(select(dropped_piece).where(mine).order_by(dropped_piece.c.position), _piece)

    async def being_read(self) -> Sequence[Lesson]:
        """What the viewer sent and is still being read."""
        return await self._database.run(lambda connection: reading.being_read(connection, self._viewer))

    def _readable(self, condition: ColumnElement[bool]) -> Select[Any]:
        """Articles of visible documents; reps read what answers may use."""
        found = _articles.where(condition, article.c.document_id.in_(select(document.c.id).where(self._seen())))
        return found if self._viewer.role in TEACHERS else found.where(article.c.left_out.is_(None))

    def _seen(self) -> ColumnElement[bool]:
        shared_or_own = or_(document.c.team_id.is_(None), document.c.team_id == self._viewer.team)
        return shared_or_own if self._viewer.role in TEACHERS else shared_or_own & document.c.withdrawn.is_(False)

    async def _all(self, query: Select[Any], read: Callable[[Row[Any]], Result]) -> list[Result]:
        return await self._database.run(lambda connection: [read(row) for row in connection.execute(query)])


def document_from_row(row: Row[Any]) -> ShelfDocument:
    """A version without its counts."""
    return ShelfDocument(
        id=row.id,
        name=row.name,
        version=row.version,
        owner=row.owner_team_id or row.team_id,
        is_shared=row.team_id is None,
        is_live=not row.withdrawn,
        taken_in_at=row.taken_in_at,
    )


def _document(row: Row[Any]) -> ShelfDocument:
    counted = document_from_row(row)
    return replace(counted, kept=row.kept, merged=row.merged, left_out=row.left_out, dropped=row.dropped)


def _article(row: Row[Any]) -> ShelfArticle:
    left_out, teller, approved = row.left_out or "", row.teller or "", spans_from(row.approved)
    return ShelfArticle(row.id, row.document_id, row.title, row.text, left_out, teller, approved)


def _piece(row: Row[Any]) -> ShelfPiece:
    return ShelfPiece(row.id, row.document_id, row.text, row.reason)
