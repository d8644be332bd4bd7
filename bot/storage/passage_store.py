"""Documents and passages in SQL: what knowledge's index is rebuilt from. Called from knowledge's own thread."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select

from bot.domain.rep import Viewer
from bot.errors import LeaseLost
from bot.ports import DueWork
from bot.storage import document_parts, scheduled_work
from bot.storage.database import Database, upsert
from bot.storage.document_parts import LIVE, REPEATED, grow
from bot.storage.tables import article, document, dropped_piece, index_generation, passage, ruling, written_questions
from knowledge.passages import Article, Document, Listed, Passage, PassageKind, Piece
from knowledge.splitting.passages import short_hash

_LONGEST_PIECE = 20_000
_where_it_stands = passage.join(article, article.c.id == passage.c.article_id).join(
    document, document.c.id == article.c.document_id
)
_passages = (
    select(passage, document.c.team_id, document.c.name)
    .select_from(_where_it_stands)
    .where(LIVE)
    .order_by(document.c.id, article.c.position, passage.c.position)
)
_listed = _passages.with_only_columns(passage.c.id, passage.c.language, passage.c.article_id, document.c.team_id)


def _line(passage_id: str, language: str, owner: str, team: str | None) -> Listed:
    return Listed(passage_id, PassageKind.DOCUMENT, language, owner, team)


class SqlPassageStore:
    """Fulfils knowledge's PassageStore; every call blocks and is one transaction."""

    def __init__(
        self,
        database: Database,
        *,
        taken_in_by: Viewer | None = None,
        clock: Callable[[], datetime] | None = None,
        within: DueWork | None = None,
    ) -> None:
        self._within = within
        self._database = database
        self._viewer = taken_in_by
        self._now = clock

    def generation(self) -> int:
        """A number that grows with every change."""
        return self._database.run_now(lambda c: c.scalar(select(index_generation.c.number)) or 0, durable=False)

    def document_like(self, content_hash: str, *, team: str | None) -> Document | None:
        """The live document with this content that the team sees."""
        query = select(document).where(LIVE, document.c.content_hash == content_hash, _seen_by(team))
        row = self._database.run_now(lambda c: c.execute(query).first(), durable=False)
        return _document(row) if row else None

    def listed_articles(self, *, team: str | None) -> Iterable[tuple[str, str]]:
        """The id and document of every live article the team sees but those that repeat another, off-topic ones too."""
        told_here = article.c.left_out.is_(None) | (article.c.left_out != REPEATED)
        live = select(article.c.id, document.c.id).join(document, document.c.id == article.c.document_id)
        query = live.where(LIVE, told_here, _seen_by(team)).order_by(article.c.id)
        return self._database.run_now(lambda c: [(one, of) for one, of in c.execute(query)], durable=False)

    def read_articles(self, ids: Sequence[str]) -> Sequence[Article]:
        """The articles of these ids that are there."""
        query = select(article).where(article.c.id.in_(ids))
        rows = self._database.run_now(lambda c: c.execute(query).all(), durable=False)
        return [document_parts.article_from(row) for row in rows]

    def versions(self, name: str, *, team: str | None) -> Sequence[Document]:
        """The versions kept of this very team's document, withdrawn ones too, oldest first."""
        query = select(document).where(document.c.name == name, _of(team)).order_by(document.c.version)
        rows = self._database.run_now(lambda c: c.execute(query).all(), durable=False)
        return [_document(row) for row in rows]

    def rulings(self, *, team: str | None) -> Mapping[str, bool]:
        """What people of the team decided about texts; for shared documents what was decided about those."""
        query = select(ruling.c.text, ruling.c.taken_in).where(ruling.c.team_id == (team or ""))
        rows = self._database.run_now(lambda c: c.execute(query).all(), durable=False)
        return {row.text: row.taken_in for row in rows}

    def passages(self) -> Iterable[Passage]:
        """Every live passage of all teams, in a stable order."""
        return self._found(_passages)

    def listed(self) -> Sequence[Listed]:
        """The same without their texts."""
        return self._database.run_now(lambda c: [_line(*row) for row in c.execute(_listed)], durable=False)

    def read(self, ids: Sequence[str]) -> Sequence[Passage]:
        """The live ones of these passages, of whichever team."""
        return self._found(_passages.where(passage.c.id.in_(ids)))

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article in reading order."""
        return self._found(_passages.where(article.c.id == article_id))

    def save(
        self,
        document: Document,
        articles: Sequence[Article],
        passages: Sequence[Passage],
        dropped: Sequence[Piece] = (),
    ) -> None:
        """Keep a document with its parts, all or nothing, and withdraw its other versions; the same id is replaced.

        Raises LeaseLost when the work `within` which this is done was stopped or taken over meanwhile.
        """
        viewer, at = self._viewer, self._now() if self._now else None
        whose = {"owner_team_id": viewer.team, "taken_in_by": viewer.rep} if viewer else {}

        def work(connection: Connection) -> None:
            if self._within and not scheduled_work.is_open(connection, self._within):
                raise LeaseLost(f"work {self._within.row}")
            repeating = document_parts.repeating(connection, [document.id])
            _put(connection, document, {**whose, "taken_in_at": at})
            document_parts.put_articles(connection, articles)
            document_parts.put_passages(connection, passages)
            _put_pieces(connection, document.id, dropped)
            document_parts.withdraw_others(connection, document.id)
            document_parts.tell_again(connection, repeating, instead=document.id)
            grow(connection)

        self._database.run_now(work)

    def withdraw(self, document_id: str) -> None:
        """Take a document with its parts out of every answer."""
        self._database.run_now(lambda c: document_parts.withdraw(c, document_id))

    def questions(self) -> Mapping[str, Sequence[str]]:
        """Generated questions by passage id, of live passages."""
        query = (
            select(passage.c.id, written_questions.c.questions)
            .join(passage, passage.c.text_key == written_questions.c.text_key)
            .join(article, article.c.id == passage.c.article_id)
            .join(document, document.c.id == article.c.document_id)
            .where(LIVE)
        )
        rows = self._database.run_now(lambda c: c.execute(query).all(), durable=False)
        return {row.id: tuple(row.questions) for row in rows}

    def keep_questions(self, questions: Mapping[str, Sequence[str]]) -> None:
        """Keep questions for the texts of these passages."""
        self._database.run_now(lambda c: _keep_questions(c, questions))

    def _found(self, query: Select[Any]) -> list[Passage]:
        return self._database.run_now(lambda c: [_passage(row) for row in c.execute(query)], durable=False)


def _seen_by(team: str | None) -> Any:  # noqa: ANN401  a condition of SQLAlchemy's own kind
    return (
        document.c.team_id.is_(None) if team is None else or_(document.c.team_id.is_(None), document.c.team_id == team)
    )


def _of(team: str | None) -> Any:  # noqa: ANN401  a condition of SQLAlchemy's own kind
    return document.c.team_id.is_(None) if team is None else document.c.team_id == team


def _document(row: Row[Any]) -> Document:
    return Document(row.id, row.name, row.content_hash, row.team_id, row.version, row.approved_hash or "")


def _passage(row: Row[Any]) -> Passage:
    return Passage(
        id=row.id,
        kind=PassageKind.DOCUMENT,
        title=row.title,
        text=row.text,
        language=row.language,
        source=row.name,
        owner=row.article_id,
        position=row.position,
        team=row.team_id,
        approved=document_parts.spans_from(row.approved),
    )


def _put(connection: Connection, saved: Document, more: Mapping[str, object]) -> None:
    _forget(connection, saved.id)
    connection.execute(
        insert(document).values(
            id=saved.id,
            team_id=saved.team,
            name=saved.name,
            content_hash=saved.content_hash,
            version=saved.version,
            withdrawn=False,
            approved_hash=saved.approved_hash or None,
            **more,
        )
    )


def _put_pieces(connection: Connection, document_id: str, dropped: Sequence[Piece]) -> None:
    rows = [
        {
            "id": short_hash(document_id, str(position), piece.text),
            "document_id": document_id,
            "position": position,
            "reason": piece.reason,
            "text": piece.text[:_LONGEST_PIECE],
        }
        for position, piece in enumerate(dropped)
    ]
    if rows:
        connection.execute(insert(dropped_piece), rows)


def _forget(connection: Connection, document_id: str) -> None:
    mine = select(article.c.id).where(article.c.document_id == document_id)
    connection.execute(delete(passage).where(passage.c.article_id.in_(mine)))
    connection.execute(delete(article).where(article.c.document_id == document_id))
    connection.execute(delete(dropped_piece).where(dropped_piece.c.document_id == document_id))
    connection.execute(delete(document).where(document.c.id == document_id))


def _keep_questions(connection: Connection, questions: Mapping[str, Sequence[str]]) -> None:
    asked = select(passage.c.id, passage.c.text_key).where(passage.c.id.in_(questions))
    for passage_id, key in connection.execute(asked).all():
        found = list(questions[passage_id])
        put = upsert(connection, written_questions).values(text_key=key, questions=found)
        connection.execute(put.on_conflict_do_update(index_elements=["text_key"], set_={"questions": found}))
    grow(connection)
