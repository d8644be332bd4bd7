"""What answers did for a team, for those who teach the bot."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.documents import TEACHERS
from bot.domain.rep import Viewer
from bot.domain.usage import OpenQuestion, Use, UseReport
from bot.storage.answers import OPEN
from bot.storage.database import Database
from bot.storage.tables import given_answer, open_question

_MOST = 5


class DatabaseUsage:
    """Reads the use of the viewer's own team; nothing for reps."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database = database
        self._viewer = viewer

    async def open_questions(self) -> Sequence[OpenQuestion]:
        """Questions of the team that nothing answered, most frequent first, without who asked."""
        return await self._database.run(self._questions)

    async def report(self, since: datetime) -> UseReport:
        """What happened in the team since a moment."""
        return await self._database.run(lambda connection: self._report(connection, since))

    def _questions(self, connection: Connection) -> list[OpenQuestion]:
        if self._viewer.role not in TEACHERS:
            return []
        mine = (open_question.c.team_id == self._viewer.team) & (open_question.c.state == OPEN)
        often = (open_question.c.times.desc(), open_question.c.asked_at.desc(), open_question.c.id)
        rows = connection.execute(select(open_question).where(mine).order_by(*often))
        return [OpenQuestion(row.id, row.text, row.times, row.asked_at) for row in rows]

    def _report(self, connection: Connection, since: datetime) -> UseReport:
        if self._viewer.role not in TEACHERS:
            return UseReport((), (), (), ())
        mine = (given_answer.c.team_id == self._viewer.team) & (given_answer.c.given_at >= since)
        rows = connection.execute(select(given_answer).where(mine)).all()
        rated: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for row in rows:
            if row.helped is not None:
                rated[row.helped].update(title for _, title in row.passages)
        methods = Counter(method for row in rows for method in row.methods)
        questions = tuple(one for one in self._questions(connection) if one.asked_at >= since)
        return UseReport(questions, _most(rated[False]), _most(rated[True]), _most(methods))


def _most(counts: Counter[str]) -> tuple[Use, ...]:
    return tuple(Use(title, times) for title, times in counts.most_common(_MOST))
