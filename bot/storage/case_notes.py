"""Visits as cases in the team's search: kept, rebuilt and taken out with the visits they come from."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.debriefing.case_notes import case_note
from bot.domain.rep import Role
from bot.domain.team_cases import CaseSharing
from bot.domain.visit_json import note_from_json
from bot.domain.writes import ShareCases
from bot.errors import WriteConflict
from bot.storage.document_parts import grow, put_articles, put_passages, withdraw
from bot.storage.occasion import Occasion
from bot.storage.tables import account, article, contact, document, passage, team, visit
from knowledge.passages import Article, Document
from knowledge.splitting.passages import content_hash, passages_of_article

_PREFIX = "case-"


def sharing_of(connection: Connection, team_id: str) -> CaseSharing:
    """What the team allows."""
    row = connection.execute(select(team).where(team.c.id == team_id)).first()
    return CaseSharing(row.case_notes, row.case_people, row.case_amounts) if row else CaseSharing()


def share_cases(connection: Connection, write: ShareCases, occasion: Occasion) -> None:
    """Change what the team allows; the cases there are follow at once, visits saved before it allowed any stay out.

    Raises WriteConflict for reps.
    """
    viewer = occasion.viewer
    if viewer.role is Role.REP:
        raise WriteConflict("only managers and admins decide on the team's cases")
    allowed = write.sharing
    values = {
        "case_notes": allowed.is_on,
        "case_people": allowed.with_people,
        "case_amounts": allowed.with_amounts,
    }
    connection.execute(update(team).where(team.c.id == viewer.team).values(**values))
    mine = (document.c.team_id == viewer.team) & document.c.id.startswith(_PREFIX)
    _tell_again(connection, mine)


def accounts_changed(connection: Connection, accounts: Sequence[str]) -> None:
    """The cases there are of these accounts follow their names and their people."""
    of_accounts = select(visit.c.id).where(visit.c.account_id.in_(accounts))
    ids = [f"{_PREFIX}{one}" for one in connection.scalars(of_accounts)]
    _tell_again(connection, document.c.id.in_(ids))


def _tell_again(connection: Connection, cases: ColumnElement[bool]) -> None:
    """Cases as they are to be told now; one that was withdrawn stays so."""
    rows = connection.execute(select(document.c.id, document.c.withdrawn).where(cases)).all()
    drop_cases(connection, [row.id.removeprefix(_PREFIX) for row in rows])
    for row in rows:
        keep_case(connection, row.id.removeprefix(_PREFIX))
        if row.withdrawn:
            withdraw(connection, row.id)


def keep_case(connection: Connection, visit_id: str) -> None:
    """The case of a saved visit, where its team allows it, under the name its account has now."""
    query = select(visit, account.c.team_id, account.c.name).join(account, account.c.id == visit.c.account_id)
    row = connection.execute(query.where(visit.c.id == visit_id)).one()
    sharing = sharing_of(connection, row.team_id)
    known = connection.execute(select(contact.c.name, contact.c.aliases).where(contact.c.account_id == row.account_id))
    people = [name for one in known for name in (one.name, *(one.aliases or ()))]
    note = replace(note_from_json(row.note), account=row.name)
    case = case_note(note, row.met_on, sharing, people=people) if sharing.is_on else None
    if case is None:
        return
    kept = Document(f"{_PREFIX}{visit_id}", case.title, content_hash([case.text]), row.team_id)
    connection.execute(
        document.insert().values(
            id=kept.id,
            team_id=kept.team,
            name=kept.name,
            content_hash=kept.content_hash,
            version=1,
            withdrawn=False,
            owner_team_id=kept.team,
        )
    )
    told = Article(kept.id, kept.id, case.title, case.text, 0)
    put_articles(connection, [told])
    put_passages(connection, passages_of_article(told, kept))
    grow(connection)


def drop_cases(connection: Connection, visits: Sequence[str]) -> None:
    """Erase the cases of these visits from every answer and from the store."""
    ids = [f"{_PREFIX}{one}" for one in visits]
    connection.execute(delete(passage).where(passage.c.article_id.in_(ids)))
    connection.execute(delete(article).where(article.c.document_id.in_(ids)))
    if connection.execute(delete(document).where(document.c.id.in_(ids))).rowcount:
        grow(connection)
