"""Practices in SQL."""

from sqlalchemy import Connection

from bot.domain.writes import KeepPractice
from bot.storage.database import upsert
from bot.storage.occasion import Occasion
from bot.storage.tables import practice


def keep_practice(connection: Connection, write: KeepPractice, occasion: Occasion) -> None:
    """Keep a practice of the viewer's own as it stands."""
    viewer, now = occasion.viewer, occasion.now
    card = dict(write.scorecard) if write.scorecard else None
    values = {"state": dict(write.state), "scorecard": card, "finished_at": now if card else None}
    put = upsert(connection, practice).values(
        id=write.id, rep_id=viewer.rep, scenario=write.scenario, started_at=now, **values
    )
    mine = practice.c.rep_id == viewer.rep
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=values, where=mine))
