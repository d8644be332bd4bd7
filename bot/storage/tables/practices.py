"""Practices of reps."""

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from bot.storage.tables.columns import Moment, id_column, metadata, optional_json

practice = Table(
    "practice",
    metadata,
    id_column(),
    Column("rep_id", ForeignKey("rep.id"), nullable=False, index=True),
    Column("scenario", String(64), nullable=False),
    Column("state", JSON, nullable=False),
    Column("scorecard", optional_json),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
)
