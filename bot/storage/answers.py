"""What a turn writes about its answer: what it rested on, whether it helped, that there was none."""

from datetime import datetime

from sqlalchemy import Connection, case, delete, insert, update

from bot.domain.documents import TEACHERS
from bot.domain.writes import CloseQuestion, NoteAnswer, NoteUnanswered, RateAnswer
from bot.storage.database import upsert
from bot.storage.occasion import Occasion
from bot.storage.tables import given_answer, open_question
from knowledge.splitting.passages import short_hash, text_key

OPEN, DONE, DISMISSED = "open", "done", "dismissed"


def note_answer(connection: Connection, write: NoteAnswer, occasion: Occasion) -> None:
    """What an answer to this rep rested on."""
    passages = [list(passage) for passage in write.passages]
    values = {"id": write.id, "passages": passages, "methods": list(write.methods), "given_at": occasion.now}
    viewer = occasion.viewer
    connection.execute(insert(given_answer).values(team_id=viewer.team, rep_id=viewer.rep, **values))


def rate_answer(connection: Connection, write: RateAnswer, occasion: Occasion) -> None:
    """Whether it helped; of an answer that is gone or another's nothing is changed."""
    mine = (given_answer.c.id == write.answer) & (given_answer.c.rep_id == occasion.viewer.rep)
    connection.execute(update(given_answer).where(mine).values(helped=write.helped))


def note_unanswered(connection: Connection, write: NoteUnanswered, occasion: Occasion) -> None:
    """One row for a question however often it is asked; what was done but is asked again is open again."""
    question, viewer, now = write.question, occasion.viewer, occasion.now
    row = {"id": short_hash(viewer.team, text_key(question)), "team_id": viewer.team}
    put = upsert(connection, open_question).values(**row, text=question, times=1, asked_at=now, state=OPEN)
    known = open_question.c.state
    again = {
        "text": question,
        "times": open_question.c.times + 1,
        "asked_at": now,
        "state": case((known == DISMISSED, DISMISSED), else_=OPEN),
    }
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=again))


def close_question(connection: Connection, write: CloseQuestion, occasion: Occasion) -> None:
    """A question of the team is dealt with or dismissed, by those who teach; of others nothing is changed."""
    viewer = occasion.viewer
    if viewer.role not in TEACHERS:
        return
    mine = (open_question.c.id == write.question) & (open_question.c.team_id == viewer.team)
    connection.execute(update(open_question).where(mine).values(state=DONE if write.is_done else DISMISSED))


def erase_old(connection: Connection, before: datetime) -> None:
    """Questions and answers are kept as long as a rep's words are."""
    connection.execute(delete(open_question).where(open_question.c.asked_at < before))
    connection.execute(delete(given_answer).where(given_answer.c.given_at < before))
