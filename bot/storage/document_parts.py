"""What of a document answers may use: its articles, those that only repeat others, and its versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.storage.database import upsert
from bot.storage.tables import article, document, index_generation, passage
from knowledge.approval import Span
from knowledge.cleaning.repeats import Repeats
from knowledge.cleaning.report import DropReason
from knowledge.ingestion import tells_approved
from knowledge.passages import Article, Document, Passage
from knowledge.splitting.passages import passages_of_article, text_key

LIVE = document.c.withdrawn.is_(False)
REPEATED = DropReason.REPEATED.value
_parts = select(article, document.c.team_id, document.c.name, document.c.content_hash).join(
    document, document.c.id == article.c.document_id
)


def withdraw(connection: Connection, document_id: str) -> None:
    """Take a document out of every answer; what only repeated it elsewhere stands in for it."""
    connection.execute(update(document).where(document.c.id == document_id).values(withdrawn=True))
    _stand_in(connection, [document_id])
    grow(connection)


def restore(connection: Connection, document_id: str) -> None:
    """Put a version back in place of whichever is live; what stood in for its articles repeats them again."""
    connection.execute(update(document).where(document.c.id == document_id).values(withdrawn=False))
    mine = select(article.c.id).where(article.c.document_id == document_id)
    stood_in = _parts.where(LIVE, article.c.told_by.in_(mine), article.c.left_out.is_(None))
    for row in connection.execute(stood_in).all():
        leave_out(connection, row.id, REPEATED)
    withdraw_others(connection, document_id)
    grow(connection)


def withdraw_others(connection: Connection, document_id: str) -> None:
    """Withdraw the other versions of a document."""
    kept = connection.execute(select(document).where(document.c.id == document_id)).one()
    same_team = document.c.team_id.is_not_distinct_from(kept.team_id)
    others = select(document.c.id).where(document.c.name == kept.name, same_team, document.c.id != kept.id, LIVE)
    gone = list(connection.scalars(others))
    if gone:
        connection.execute(update(document).where(document.c.id.in_(gone)).values(withdrawn=True))
        _stand_in(connection, gone, instead=document_id)


def share(connection: Connection, document_id: str, team: str | None) -> None:
    """Give a document to a team alone, or (None) to all of them."""
    connection.execute(update(document).where(document.c.id == document_id).values(team_id=team))
    if team is None:
        _take_in_what_only_a_team_is_told(connection, document_id)
    withdraw_others(connection, document_id)
    _stand_in(connection, [document_id], instead=document_id)
    grow(connection)


def take_in(connection: Connection, row: Row[Any]) -> None:
    """Let answers use an article; `row` is an `article_row`."""
    connection.execute(update(article).where(article.c.id == row.id).values(left_out=None))
    connection.execute(delete(passage).where(passage.c.article_id == row.id))
    put_passages(connection, passages_of_article(article_from(row), _document_of(row)))


def leave_out(connection: Connection, article_id: str, reason: str) -> None:
    """Keep an article out of answers."""
    connection.execute(update(article).where(article.c.id == article_id).values(left_out=reason))
    connection.execute(delete(passage).where(passage.c.article_id == article_id))


def article_row(connection: Connection, article_id: str) -> Row[Any] | None:
    """An article with the columns of its document."""
    return connection.execute(_parts.where(article.c.id == article_id)).first()


def put_articles(connection: Connection, articles: Sequence[Article]) -> None:
    """New articles."""
    rows = [
        {
            "id": one.id,
            "document_id": one.document_id,
            "title": one.title,
            "text": one.text,
            "position": one.position,
            "on_topic": one.on_topic,
            "left_out": one.left_out or None,
            "told_by": one.told_by or None,
            "approved": one.approved or None,
        }
        for one in articles
    ]
    if rows:
        connection.execute(insert(article), rows)


def put_passages(connection: Connection, passages: Sequence[Passage]) -> None:
    """New passages of articles."""
    rows = [
        {
            "id": one.id,
            "article_id": one.owner,
            "title": one.title,
            "text": one.text,
            "language": one.language,
            "position": one.position,
            "approved": one.approved or None,
            "text_key": text_key(one.text),
        }
        for one in passages
    ]
    if rows:
        connection.execute(insert(passage), rows)


def article_from(row: Row[Any]) -> Article:
    """The article in a row."""
    left_out, told_by, approved = row.left_out or "", row.told_by or "", spans_from(row.approved)
    return Article(
        row.id, row.document_id, row.title, row.text, row.position, row.on_topic, left_out, told_by, approved
    )


def spans_from(stored: Sequence[Sequence[int]] | None) -> tuple[Span, ...]:
    """The spans of approved lines as they were stored."""
    return tuple((start, end) for start, end in stored or ())


def grow(connection: Connection) -> None:
    """Tell every index that it is behind."""
    put = upsert(connection, index_generation).values(id=1, number=1)
    grown = {"number": index_generation.c.number + 1}
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=grown))


def _take_in_what_only_a_team_is_told(connection: Connection, document_id: str) -> None:
    of_teams = select(article.c.id).join(document, document.c.id == article.c.document_id)
    told = article.c.told_by.in_(of_teams.where(document.c.team_id.is_not(None)))
    mine = _parts.where(document.c.id == document_id, article.c.left_out == REPEATED, told)
    for row in connection.execute(mine).all():
        take_in(connection, row)


@dataclass(slots=True)
class _Tellers:
    """Articles that answers may use, by what they tell."""

    repeats: Repeats = field(default_factory=Repeats)
    rows: dict[str, Row[Any]] = field(default_factory=dict)

    def add(self, row: Row[Any]) -> None:
        self.repeats.add(row.id, row.text)
        self.rows[row.id] = row

    def of(self, row: Row[Any]) -> str | None:
        """Who tells this article, its approved lines too, to everybody who could see it."""
        found = self.repeats.like(row.text)
        teller = self.rows[found[0]] if found else None
        if teller is None or teller.team_id not in (None, row.team_id):
            return None
        return str(teller.id) if tells_approved(article_from(teller), article_from(row).approved_lines) else None


def _stand_in(connection: Connection, gone: Sequence[str], *, instead: str = "") -> None:
    """What repeated articles of documents gone repeats another now, or is taken in itself, the longest first."""
    tell_again(connection, repeating(connection, gone), instead=instead)


def repeating(connection: Connection, documents: Sequence[str]) -> Sequence[Row[Any]]:
    """The articles, as article rows, that no answer uses because these documents tell them."""
    told = select(article.c.id).where(article.c.document_id.in_(documents))
    return connection.execute(_parts.where(LIVE, article.c.told_by.in_(told), article.c.left_out == REPEATED)).all()


def tell_again(connection: Connection, left: Sequence[Row[Any]], *, instead: str) -> None:
    """What repeated articles repeat another of the document `instead` now, or is taken in itself."""
    tellers = _tellers(connection.execute(_parts.where(document.c.id == instead, article.c.left_out.is_(None))).all())
    for row in sorted(left, key=lambda one: (one.team_id is not None, -len(one.text), one.id)):
        if teller := tellers.of(row):
            connection.execute(update(article).where(article.c.id == row.id).values(told_by=teller))
        else:
            take_in(connection, row)
            tellers.add(row)


def _tellers(rows: Iterable[Row[Any]]) -> _Tellers:
    tellers = _Tellers()
    for row in rows:
        tellers.add(row)
    return tellers


def _document_of(row: Row[Any]) -> Document:
    return Document(row.document_id, row.name, row.content_hash, row.team_id)
