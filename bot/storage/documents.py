"""What those who look after documents change: versions, who sees them, and what cleaning decided."""

from sqlalchemy import Connection, delete, select, update

from bot.domain.documents import ShelfDocument
from bot.domain.rep import Role, Viewer
from bot.domain.writes import RestoreDocument, RuleOnArticle, ShareDocument, TakeInPiece, WithdrawDocument
from bot.errors import WriteConflict
from bot.storage import document_parts
from bot.storage.database import upsert
from bot.storage.occasion import Occasion
from bot.storage.shelf import document_from_row
from bot.storage.tables import article, document, dropped_piece, ruling
from knowledge.cleaning.report import DropReason
from knowledge.ingestion import article_of_piece
from knowledge.passages import Article
from knowledge.splitting.passages import short_hash, text_key


def withdraw(connection: Connection, write: WithdrawDocument, occasion: Occasion) -> None:
    """No answer uses it any more. Raises WriteConflict, as all of these, when it is gone or not the viewer's."""
    _changeable(connection, write.document, occasion.viewer)
    document_parts.withdraw(connection, write.document)


def restore(connection: Connection, write: RestoreDocument, occasion: Occasion) -> None:
    """Answers use this version again."""
    _changeable(connection, write.document, occasion.viewer)
    document_parts.restore(connection, write.document)


def share(connection: Connection, write: ShareDocument, occasion: Occasion) -> None:
    """For all teams, or for one again."""
    viewer = occasion.viewer
    known = _changeable(connection, write.document, viewer)
    if viewer.role is not Role.ADMIN:
        raise WriteConflict("only admins share documents")
    if known.owner is None:
        mine = document.c.id == known.id
        connection.execute(update(document).where(mine).values(owner_team_id=viewer.team))
    elif write.with_all:
        connection.execute(update(document).where(document.c.id == known.id).values(owner_team_id=known.owner))
    document_parts.share(connection, known.id, None if write.with_all else known.owner or viewer.team)


def rule_on_article(connection: Connection, write: RuleOnArticle, occasion: Occasion) -> None:
    """Overrule what cleaning decided on an article."""
    row = document_parts.article_row(connection, write.article)
    if row is None:
        raise WriteConflict("the article is gone")
    known = _changeable(connection, row.document_id, occasion.viewer)
    _remember(connection, row.text, known, occasion, taken_in=write.taken_in)
    if write.taken_in:
        document_parts.take_in(connection, row)
        connection.execute(update(article).where(article.c.id == row.id).values(told_by=None))
    else:
        document_parts.leave_out(connection, row.id, DropReason.THROWN_OUT.value)
    document_parts.grow(connection)


def take_in_piece(connection: Connection, write: TakeInPiece, occasion: Occasion) -> None:
    """A dropped piece becomes an article; one that is gone or cannot be read changes nothing."""
    piece = connection.execute(select(dropped_piece).where(dropped_piece.c.id == write.piece)).first()
    if piece is None or piece.reason == DropReason.UNREADABLE:
        return
    known = _changeable(connection, piece.document_id, occasion.viewer)
    _remember(connection, piece.text, known, occasion, taken_in=True)
    text = article_of_piece(piece.text)
    article_id = short_hash(known.id, text.title, text.text)
    if document_parts.article_row(connection, article_id) is None:
        made = Article(article_id, known.id, text.title, text.text, _next_position(connection, known.id))
        document_parts.put_articles(connection, [made])
    row = document_parts.article_row(connection, article_id)
    assert row is not None
    document_parts.take_in(connection, row)
    connection.execute(delete(dropped_piece).where(dropped_piece.c.id == write.piece))
    document_parts.grow(connection)


def _next_position(connection: Connection, document_id: str) -> int:
    positions = connection.scalars(select(article.c.position).where(article.c.document_id == document_id))
    return 1 + max(positions, default=-1)


def _remember(connection: Connection, text: str, known: ShelfDocument, occasion: Occasion, *, taken_in: bool) -> None:
    """What is decided about a text holds for every file of the same team, or of all teams."""
    viewer = occasion.viewer
    team = "" if known.is_shared else viewer.team
    decided = {"text": text, "taken_in": taken_in, "rep_id": viewer.rep, "at": occasion.now}
    put = upsert(connection, ruling).values(team_id=team, text_key=text_key(text), **decided)
    connection.execute(put.on_conflict_do_update(index_elements=["team_id", "text_key"], set_=decided))


def _changeable(connection: Connection, document_id: str, viewer: Viewer) -> ShelfDocument:
    row = connection.execute(select(document).where(document.c.id == document_id)).first()
    if row is None:
        raise WriteConflict("the document is gone")
    known = document_from_row(row)
    if not known.may_be_changed_by(viewer):
        raise WriteConflict("the document is not theirs to change")
    return known
