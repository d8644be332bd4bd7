"""What one viewer may see, and nothing else."""

from collections.abc import Sequence

from sqlalchemy import Connection, Select, select

from bot.domain.rep import Rep, Role, Viewer
from bot.storage.database import Database
from bot.storage.people import rep_from_row
from bot.storage.tables import rep


class DatabaseRepository:
    """Reads on behalf of one viewer; every query is bounded by the viewer's team and role."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database = database
        self._viewer = viewer

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it reads."""
        return self._viewer

    async def rep(self, rep_id: str) -> Rep | None:
        """A member the viewer may see, None for anybody else."""
        found = await self._reps(self._visible_reps().where(rep.c.id == rep_id))
        return found[0] if found else None

    async def members(self) -> Sequence[Rep]:
        """The team for managers and admins, himself for a rep; by name."""
        return await self._reps(self._visible_reps().order_by(rep.c.name, rep.c.id))

    def _visible_reps(self) -> Select[tuple[object, ...]]:
        mine = select(rep).where(rep.c.team_id == self._viewer.team)
        return mine.where(rep.c.id == self._viewer.rep) if self._viewer.role is Role.REP else mine

    async def _reps(self, query: Select[tuple[object, ...]]) -> list[Rep]:
        def work(connection: Connection) -> list[Rep]:
            return [rep_from_row(row._asdict()) for row in connection.execute(query)]

        return await self._database.run(work)
