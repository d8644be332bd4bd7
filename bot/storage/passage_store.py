"""Documents and passages in SQL: what knowledge's index is rebuilt from. Called from knowledge's own thread."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from bot.storage.database import Database, upsert
from bot.storage.tables import article, document, index_generation, passage, passage_questions
from knowledge.passages import Article, Document, Passage, PassageKind

_ARTICLE_COLUMNS = ("id", "document_id", "title", "text", "position", "on_topic")
_LIVE = document.c.withdrawn.is_(False)
_passages = (
    select(passage, document.c.team_id, document.c.name)
    .join(article, article.c.id == passage.c.article_id)
    .join(document, document.c.id == article.c.document_id)
    .where(_LIVE)
    .order_by(document.c.id, article.c.position, passage.c.position)
)


class SqlPassageStore:
    """Fulfils knowledge's PassageStore; every call blocks and is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def generation(self) -> int:
        """A number that grows with every change."""
        return self._database.run_now(lambda c: c.scalar(select(index_generation.c.number)) or 0, durable=False)

    def document_like(self, content_hash: str, *, team: str | None) -> Document | None:
        """The live document with this content that the team sees."""
        query = select(document).where(_LIVE, document.c.content_hash == content_hash, _seen_by(team))
        row = self._database.run_now(lambda c: c.execute(query).first(), durable=False)
        return Document(row.id, row.name, row.content_hash, row.team_id, row.version) if row else None

    def articles(self, *, team: str | None) -> Iterable[Article]:
        """Every live article the team sees, off-topic ones too."""
        query = select(article).join(document, document.c.id == article.c.document_id).where(_LIVE, _seen_by(team))
        rows = self._database.run_now(lambda c: c.execute(query.order_by(article.c.id)).all(), durable=False)
        return [Article(r.id, r.document_id, r.title, r.text, r.position, r.on_topic) for r in rows]

    def passages(self) -> Iterable[Passage]:
        """Every live passage of all teams, in a stable order."""
        return self._found(_passages)

    def passage(self, passage_id: str) -> Passage | None:
        """One live passage, of whichever team."""
        return next(iter(self._found(_passages.where(passage.c.id == passage_id))), None)

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article in reading order."""
        return self._found(_passages.where(article.c.id == article_id))

    def save(self, document: Document, articles: Sequence[Article], passages: Sequence[Passage]) -> None:
        """Keep a document with its parts, all or nothing; one of the same id is replaced."""
        self._database.run_now(lambda c: _save(c, document, articles, passages))

    def withdraw(self, document_id: str) -> None:
        """Take a document with its parts out of every answer."""
        self._database.run_now(lambda c: _withdraw(c, document_id))

    def questions(self) -> Mapping[str, Sequence[str]]:
        """Generated questions by passage id, of live passages."""
        query = (
            select(passage_questions)
            .join(passage, passage.c.id == passage_questions.c.passage_id)
            .join(article, article.c.id == passage.c.article_id)
            .join(document, document.c.id == article.c.document_id)
            .where(_LIVE)
        )
        rows = self._database.run_now(lambda c: c.execute(query).all(), durable=False)
        return {row.passage_id: tuple(row.questions) for row in rows}

    def keep_questions(self, passage: Passage, questions: Sequence[str]) -> None:
        """Keep the questions written for a passage."""
        self._database.run_now(lambda c: _keep_questions(c, passage.id, list(questions)))

    def _found(self, query: Select[Any]) -> list[Passage]:
        return self._database.run_now(lambda c: [_passage(row) for row in c.execute(query)], durable=False)


def _seen_by(team: str | None) -> Any:  # noqa: ANN401  a condition of SQLAlchemy's own kind
    return (
        document.c.team_id.is_(None) if team is None else or_(document.c.team_id.is_(None), document.c.team_id == team)
    )


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
    )


def _save(connection: Connection, saved: Document, articles: Sequence[Article], passages: Sequence[Passage]) -> None:
    _forget(connection, saved.id)
    connection.execute(
        insert(document).values(
            id=saved.id,
            team_id=saved.team,
            name=saved.name,
            content_hash=saved.content_hash,
            version=saved.version,
            withdrawn=False,
        )
    )
    if articles:
        rows = [{c: getattr(a, c) for c in _ARTICLE_COLUMNS} for a in articles]
        connection.execute(insert(article), rows)
    if passages:
        connection.execute(insert(passage), [_row_of(one) for one in passages])
    _grow(connection)


def _row_of(one: Passage) -> dict[str, object]:
    return {
        "id": one.id,
        "article_id": one.owner,
        "title": one.title,
        "text": one.text,
        "language": one.language,
        "position": one.position,
    }


def _forget(connection: Connection, document_id: str) -> None:
    mine = select(article.c.id).where(article.c.document_id == document_id)
    connection.execute(delete(passage).where(passage.c.article_id.in_(mine)))
    connection.execute(delete(article).where(article.c.document_id == document_id))
    connection.execute(delete(document).where(document.c.id == document_id))


def _withdraw(connection: Connection, document_id: str) -> None:
    connection.execute(update(document).where(document.c.id == document_id).values(withdrawn=True))
    _grow(connection)


def _keep_questions(connection: Connection, passage_id: str, questions: list[str]) -> None:
    put = upsert(connection, passage_questions).values(passage_id=passage_id, questions=questions)
    connection.execute(put.on_conflict_do_update(index_elements=["passage_id"], set_={"questions": questions}))
    _grow(connection)


def _grow(connection: Connection) -> None:
    put = upsert(connection, index_generation).values(id=1, number=1)
    grown = {"number": index_generation.c.number + 1}
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=grown))
