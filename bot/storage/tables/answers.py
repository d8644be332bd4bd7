"""What answers rested on and whether they helped, and the questions nothing answered."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from bot.storage.tables.columns import Moment, id_column, metadata

given_answer = Table(
    "given_answer",
    metadata,
    id_column(),
    Column("team_id", String(32), nullable=False),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("passages", JSON, nullable=False),
    Column("methods", JSON, nullable=False),
    Column("helped", Boolean),
    Column("given_at", Moment, nullable=False),
    Index("ix_given_answer_team_id_given_at", "team_id", "given_at"),
    comment="what an answer rested on, passages with their titles, and what its rep said of it; no words of his",
)

open_question = Table(
    "open_question",
    metadata,
    id_column(),
    Column("team_id", String(32), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    comment="questions nothing answered, without who asked; state open, done or dismissed",
)
